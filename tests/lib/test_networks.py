"""Which addresses are of the public internet."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medinjob.lib.networks import is_public

PRIVATE = ["127.0.0.1", "10.0.0.8", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1"]
FORMS = {
    "compatible": lambda v4: v4,
    "mapped": lambda v4: 0xFFFF << 32 | v4,
    "translated": lambda v4: 0xFFFF << 48 | v4,
    "NAT64": lambda v4: 0x64FF9B << 96 | v4,
    "local NAT64": lambda v4: 0x64FF9B0001 << 80 | v4,
    "6to4": lambda v4: 0x2002 << 112 | v4 << 80 | 1,
    "Teredo": lambda v4: 0x20010000 << 96 | v4 << 64 | (v4 ^ 0xFFFFFFFF),
    "ISATAP": lambda v4: 0x2A00_1450_4007_0813 << 64 | 0x5EFE << 32 | v4,
    "ISATAP of a global one": lambda v4: 0x2A00_1450_4007_0813 << 64 | 0x0200_5EFE << 32 | v4,
}


def in_form(form, v4):
    return str(ipaddress.IPv6Address(FORMS[form](int(ipaddress.IPv4Address(v4)))))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("v4", PRIVATE)
def test_private_address_inside_another_is_private(form, v4):
    assert not is_public(in_form(form, v4))


@given(form=st.sampled_from(sorted(FORMS)), v4=st.ip_addresses(v=4))
def test_no_form_is_more_public_than_what_it_carries(form, v4):
    if is_public(in_form(form, v4)):
        assert is_public(str(v4))


@pytest.mark.parametrize(
    "text",
    [
        "::", "::1", "fe80::1", "fe80::1%eth0", "fd00::1", "fec0::1", "ff02::1", "2001:db8::1", "3fff::1", "2001::1",
        "5f00::1", "192.0.2.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    ],
)  # fmt: skip
def test_special_addresses_are_not_public(text):
    assert not is_public(text)


@pytest.mark.parametrize("text", ["8.8.8.8", "2a00:1450:4007:813::200e", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_addresses_are(text):
    assert is_public(text)

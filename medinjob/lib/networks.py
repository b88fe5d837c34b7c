"""Is an IP address one of the public internet? An address that carries another one inside is as private as it."""

import ipaddress
from collections.abc import Iterator

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Where the IPv4 address lies in an IPv6 one: how many of its bits come after it.
CARRIERS = (
    (ipaddress.ip_network("::/96"), 0),  # "IPv4-compatible", and ::1
    (ipaddress.ip_network("::ffff:0:0/96"), 0),  # mapped
    (ipaddress.ip_network("::ffff:0:0:0/96"), 0),  # translated (RFC 2765)
    (ipaddress.ip_network("64:ff9b::/96"), 0),  # NAT64
    (ipaddress.ip_network("2002::/16"), 80),  # 6to4
)
# Whatever they carry, no public site is there: local NAT64, Teredo, ORCHID, site-local, documentation, segment routing.
NEVER = tuple(
    map(
        ipaddress.ip_network,
        ("64:ff9b:1::/48", "2001::/23", "fec0::/10", "2001:db8::/32", "3fff::/20", "5f00::/16", "100::/8"),
    )
)
ISATAP = (0x0000_5EFE, 0x0200_5EFE)


def is_public(text: str) -> bool:
    """Raises ValueError for what is no address."""
    address = ipaddress.ip_address(text.split("%")[0])
    if isinstance(address, ipaddress.IPv4Address):
        return _is_global(address)
    inner = list(_carried(address))
    if any(address in network for network in NEVER) or not all(map(_is_global, inner)):
        return False
    # A mapped or NAT64 address of a public site is that site; Python's word on the outer form changes by version.
    return bool(inner) or _is_global(address)


def _carried(address: ipaddress.IPv6Address) -> Iterator[ipaddress.IPv4Address]:
    number = int(address)
    for network, after in CARRIERS:
        if address in network:
            yield ipaddress.IPv4Address(number >> after & 0xFFFF_FFFF)
    if number >> 32 & 0xFFFF_FFFF in ISATAP:
        yield ipaddress.IPv4Address(number & 0xFFFF_FFFF)


def _is_global(address: Address) -> bool:
    return address.is_global and not address.is_multicast and not address.is_reserved

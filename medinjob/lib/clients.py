"""Where a request comes from: one answer for our limits, allauth's and those of the API."""

from ipaddress import IPv6Address, IPv6Network, ip_address

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

HOME = 64
"""The bits of an IPv6 address that a provider gives to one subscriber, who has all the others."""


def network_of(request: HttpRequest) -> str:
    """An IPv4 address, or the /64 of an IPv6 one. As many proxies are believed as `ALLAUTH_TRUSTED_PROXY_COUNT` says.
    "" where nobody knows: those share one count."""
    try:
        address = ip_address(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return ""
    return str(IPv6Network((address, HOME), strict=False)) if isinstance(address, IPv6Address) else str(address)


def plain_address(address: str) -> str:
    """An IPv4 address that a socket for both kinds shows as `::ffff:192.0.2.7` is that address."""
    parsed = ip_address(address)
    return str((isinstance(parsed, IPv6Address) and parsed.ipv4_mapped) or parsed)

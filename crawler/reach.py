"""Which addresses are public. Whoever asks a host looks here, so that no page leads into a private network. Pure."""

from __future__ import annotations

import socket
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

Address = IPv4Address | IPv6Address

# All that is given out to hosts; what lies outside of it is reserved, private, a link's own or multicast.
UNICAST = IPv6Network("2000::/3")
# Documentation (RFC 9637), which Python does not know everywhere; Teredo, in which an IPv4 address is hidden.
NEVER = (IPv6Network("3fff::/20"), IPv6Network("2001::/32"))
# RFC 6052: a gateway makes the last four bytes an IPv4 address.
NAT64 = IPv6Network("64:ff9b::/96")


def is_public(address: Address) -> bool:
    """Whether an address is a host's on the internet. One that carries an IPv4 address is what that one is."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address in NAT64:
            return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
        if address.sixtofour is not None and not is_public(address.sixtofour):
            return False
        if address not in UNICAST or any(address in network for network in NEVER):
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


# A crawl has few hosts, and asks several times for each page.
@lru_cache(maxsize=256)
def literal(host: str) -> Address | None:
    """The address that a host is, without a look-up: `127.1`, `2130706433` and `0x7f.1` too. None for a name."""
    try:
        return ip_address(host)
    except ValueError:
        pass
    try:
        # As the system reads it when it connects; it would take anything behind white space.
        return None if not host or any(map(str.isspace, host)) else IPv4Address(socket.inet_aton(host))
    except (OSError, ValueError):
        return None


def is_local(url: str) -> bool:
    """Whether an address is plainly on this machine (a name is not looked up)."""
    host = _host(url)
    address = literal(host)
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return address.is_loopback if address else host == "localhost" or host.endswith(".localhost")


def is_private(url: str) -> bool:
    """Whether an address is plainly no public one (a name other than localhost is not looked up)."""
    address = literal(_host(url))
    return is_local(url) if address is None else not is_public(address)


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removesuffix(".")

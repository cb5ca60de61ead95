"""Which machines may be asked: those of the public internet, and those that the user named."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import SplitResult, urlsplit

from quotes.errors import ArticleError

_PORTS = {"http": 80, "https": 443}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Origin = tuple[str, str, int]
"""Scheme, host and port."""


def split(url: str) -> SplitResult:
    """Return the parts of an address; raises ArticleError unless it is one of the web."""
    try:
        parts = urlsplit(url)
        is_web = parts.scheme in _PORTS and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        is_web = False
    if not is_web:
        raise ArticleError(url[:200], "is not an address of the web (http or https): check it")
    return parts


def origin(url: str) -> Origin:
    """Return the scheme, host and port of an address."""
    parts = split(url)
    return parts.scheme, (parts.hostname or "").lower(), parts.port or _PORTS[parts.scheme]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, also behind those that stand for it."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def other_names(host: str) -> set[str]:
    """Return the other names of a host in a private network: its IP addresses, "localhost"."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return set()
    names = {str(place[0]) for *_, place in found if not is_public(str(place[0]))}
    return names | ({"localhost"} if any(map(is_loopback, names)) else set())


def check_public(url: str) -> None:
    """Raise ArticleError if the host of an address is unknown, or not on the public internet."""
    _, host, port = origin(url)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ArticleError(url, f"the host {host} is not known: check the address") from error
    if not all(is_public(str(place[0])) for *_, place in found):
        raise private(url)


def private(url: str) -> ArticleError:
    """Return the error for an address that leads into a private network."""
    return ArticleError(url, "leads to a private network: name the address itself to allow it")

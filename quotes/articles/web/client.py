"""Fetches pages politely and within bounds.

``robots.txt`` is honoured, one host is asked once a second at most, nothing larger or slower than
the bounds below is taken, and no redirect or link leads into a private network: only a host and
port that the user named may be private.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from email.message import Message
from typing import Any
from urllib.parse import urljoin

import urllib3
from protego import Protego
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.util import Timeout

from quotes import __version__
from quotes.articles.decode import MAX_BYTES
from quotes.articles.web.addresses import (
    Origin,
    check_public,
    is_loopback,
    is_public,
    origin,
    other_names,
    private,
    split,
)
from quotes.errors import ArticleError

AGENT = "quotes"
"""The name that robots.txt knows the program by."""

MOST_REDIRECTS = 5
MOST_SECONDS = 60.0
"""For one page, redirects included."""
LONGEST_WAIT = 30.0
"""Seconds that a site may ask to be waited for."""

_TIMEOUT = Timeout(connect=10, read=20)
_ROBOTS_BYTES = 500_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent: ``url`` is where the redirects ended, ``sort`` the type of content."""

    url: str
    body: bytes
    sort: str
    charset: str | None


class _RefusedError(HTTPError):
    """A connection that ends in a private network."""


class Client:
    """A client that keeps to the rules above. ``named`` are addresses that the user typed.

    ``delay`` is the least number of seconds between two requests to one host; a robots.txt may ask
    for more. This machine itself needs none.
    """

    def __init__(self, named: Iterable[str] = (), delay: float = 1.0) -> None:
        self._named: set[Origin] = set()
        self._delay = delay
        self._robots: dict[Origin, Protego] = {}
        self._last: dict[str, float] = {}
        self._pools = {trusted: _pools(trusted) for trusted in (True, False)}
        for url in named:
            self.trust(url)

    def trust(self, url: str) -> None:
        """Allow the host and port of an address that the user typed, even if they are private."""
        scheme, host, port = origin(url)
        self._named |= {(scheme, name, port) for name in (host, *other_names(host))}

    def fetch(self, url: str) -> Answer:
        """Return a page; raises ArticleError, naming address and reason, if it cannot be had."""
        deadline = time.monotonic() + MOST_SECONDS
        at = url
        for _ in range(MOST_REDIRECTS + 1):
            self._check(at, url)
            self._wait(at)
            response = self._ask(at, url)
            try:
                location = response.headers.get("Location")
                if response.status in (301, 302, 303, 307, 308) and location:
                    at = urljoin(at, location)
                    continue
                if response.status != 200:
                    what = "check the address" if response.status < 429 else "try it later"
                    raise ArticleError(url, f"the server answers {response.status}: {what}")
                return _answer(at, url, response, deadline)
            finally:
                response.close()
        raise ArticleError(url, f"is redirected more than {MOST_REDIRECTS} times: check it")

    def _check(self, at: str, url: str) -> None:
        """Raise ArticleError for an address that must not be asked."""
        try:
            split(at)
            if origin(at) not in self._named:
                check_public(at)
        except ArticleError as error:
            if at == url:
                raise
            raise ArticleError(
                url, f"is redirected to {at[:200]}, which {error.problem}"
            ) from error
        if not self._rules(at).can_fetch(at, AGENT):
            host = origin(at)[1]
            problem = f"robots.txt of {host} forbids programs this page: save it with a browser"
            raise ArticleError(url, problem)

    def _rules(self, url: str) -> Protego:
        """Return the rules of a site; there are none where it has no robots.txt."""
        place = origin(url)
        if place not in self._robots:
            self._robots[place] = Protego.parse(self._robots_text(url))
        return self._robots[place]

    def _robots_text(self, url: str) -> str:
        at = urljoin(url, "/robots.txt")
        for _ in range(MOST_REDIRECTS + 1):
            if origin(at) not in self._named:
                check_public(at)
            response = self._ask(at, url)
            try:
                location = response.headers.get("Location")
                if response.status in (301, 302, 303, 307, 308) and location:
                    at = urljoin(at, location)
                    continue
                if response.status >= 500:  # as RFC 9309 says: nothing is allowed
                    return "User-agent: *\nDisallow: /"
                if response.status != 200:
                    return ""
                return str(response.read(_ROBOTS_BYTES).decode("utf-8", "replace"))
            except HTTPError as error:
                raise _unreachable(url, error) from error
            finally:
                response.close()
        return ""

    def _wait(self, url: str) -> None:
        """Wait until the host may be asked again."""
        host = origin(url)[1]
        asked = float(self._rules(url).crawl_delay(AGENT) or 0.0)
        delay = max(min(asked, LONGEST_WAIT), 0.0 if is_loopback(host) else self._delay)
        pause = self._last.get(host, -delay) + delay - time.monotonic()
        if pause > 0:
            time.sleep(pause)
        self._last[host] = time.monotonic()

    def _ask(self, at: str, url: str) -> Any:
        pools = self._pools[origin(at) in self._named]
        headers = {
            "User-Agent": f"{AGENT}/{__version__}",
            "Accept": "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5",
            "Accept-Encoding": "gzip, deflate",
            "Accept-Language": "en, *;q=0.5",
        }
        try:
            return pools.request(
                "GET",
                at,
                headers=headers,
                redirect=False,
                preload_content=False,
                retries=False,
                timeout=_TIMEOUT,
            )
        except _RefusedError as error:
            raise private(url) from error
        except (HTTPError, ValueError, UnicodeError) as error:
            raise _unreachable(url, error) from error


def _answer(at: str, url: str, response: Any, deadline: float) -> Answer:
    """Read an answer to its end, but no further than the bounds."""
    body = bytearray()
    try:
        for chunk in response.stream(1 << 16, decode_content=True):
            body += chunk
            if len(body) > MAX_BYTES:
                limit = MAX_BYTES // 1_000_000
                raise ArticleError(url, f"is longer than {limit} MB: save the article itself")
            if time.monotonic() > deadline:
                raise ArticleError(url, f"takes longer than {MOST_SECONDS:.0f} seconds: try later")
    except HTTPError as error:
        raise _unreachable(url, error) from error
    header = Message()
    header["Content-Type"] = response.headers.get("Content-Type") or "application/octet-stream"
    return Answer(at, bytes(body), header.get_content_type(), header.get_content_charset())


def _unreachable(url: str, error: Exception) -> ArticleError:
    reason = getattr(error, "reason", None) or error
    text = " ".join(str(reason).split()).rpartition(": ")[2][:100]
    return ArticleError(url, f"cannot be reached ({text}): check the address and the network")


def _pools(trusted: bool) -> urllib3.PoolManager:
    """Return pools of connections; those that are not trusted end in the public internet only."""
    pools = urllib3.PoolManager(maxsize=1)
    if not trusted:
        pools.pool_classes_by_scheme = {"http": _PublicPool, "https": _PublicSecurePool}
    return pools


def _checked(sock: Any) -> Any:
    """Return a new socket; what a name meant before may have changed until it was connected."""
    if not is_public(str(sock.getpeername()[0])):
        sock.close()
        raise _RefusedError("private")
    return sock


class _PublicConnection(HTTPConnection):
    def _new_conn(self) -> Any:
        return _checked(super()._new_conn())


class _PublicSecureConnection(HTTPSConnection):
    def _new_conn(self) -> Any:
        return _checked(super()._new_conn())


class _PublicPool(urllib3.HTTPConnectionPool):
    ConnectionCls = _PublicConnection


class _PublicSecurePool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _PublicSecureConnection

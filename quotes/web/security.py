"""Who may ask, and from where: one gate that every request passes before any page is made.

Another site in the same browser is the danger of a program that answers on this machine. It cannot
ask under a name of its own (DNS rebinding), since the host is checked; it cannot send a form, since
the origin is; and it cannot read anything without the token, which is in the address printed at the
start and then in a cookie that no other site can send or read.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
import socket
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOCAL = ("127.0.0.1", "localhost", "::1")
OPEN = ("/static/", "/login")
"""What is answered without a token: it tells nothing."""
BY_PROGRAMS = ("/api/", "/reconcile")
"""What programs ask; they send the token with each request."""

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Password:
    """A password, of which only the hash is kept (scrypt, RFC 7914)."""

    def __init__(self, password: str) -> None:
        self._salt = secrets.token_bytes(16)
        self._hash = self._hashed(password)

    def matches(self, given: str) -> bool:
        """Whether ``given`` is the password; takes the same time whatever it is."""
        return hmac.compare_digest(self._hashed(given), self._hash)

    def _hashed(self, password: str) -> bytes:
        return hashlib.scrypt(password.encode(), salt=self._salt, n=2**14, r=8, p=1)


@dataclass(frozen=True)
class Access:
    """Who may ask: the token, the hosts that the server is known by, a password where it is shared.

    ``cookie`` is the name of the cookie; a browser sends cookies to every port of a host.
    """

    token: str
    cookie: str
    hosts: frozenset[str] = frozenset(LOCAL)
    password: Password | None = field(default=None, repr=False)

    def is_token(self, given: str | None) -> bool:
        """Whether ``given`` is the token."""
        return given is not None and hmac.compare_digest(given.encode(), self.token.encode())

    def is_known(self, host: str) -> bool:
        """Whether the server answers to a host: names are listed, an address cannot be rebound."""
        name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
        if name in self.hosts:
            return True
        try:
            return self.password is not None and bool(ipaddress.ip_address(name))
        except ValueError:
            return False

    def session_cookie(self) -> str:
        """Return the cookie by which a browser is known from now on."""
        return f"{self.cookie}={self.token}; HttpOnly; SameSite=Strict; Path=/"


def known_hosts(host: str, names: Iterable[str] = ()) -> frozenset[str]:
    """Return the names by which a server on ``host`` is known; ``names`` are further ones."""
    own = () if host in LOCAL else (host, socket.gethostname(), socket.getfqdn())
    return frozenset(name.lower().rstrip(".") for name in (*LOCAL, *own, *names))


class Gate:
    """The outermost layer of the server: refuses what must not be asked, and adds the headers."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "private, no-cache")
            await send(message)

        try:
            answer = self._refusal(scope)
        except ValueError:  # a host or an origin that is none
            answer = _refused(400, "this is not a request of a browser")
        return await (answer or self._app)(scope, receive, send_with_headers)

    def _refusal(self, scope: Scope) -> Response | None:
        """Return what is answered instead of a page; None where the request may pass."""
        headers, path = Headers(scope=scope), scope["path"]
        host = headers.get("host", "")
        if not self._access.is_known(host):
            return _refused(
                421, f"this server does not answer as '{host[:100]}': ask 127.0.0.1, or start it "
                "with --name"
            )  # fmt: skip
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return _refused(405, "only GET, HEAD and POST are answered")
        is_read_only = scope["method"] != "POST" or path.startswith("/reconcile")
        if not is_read_only and _is_foreign(headers, host):
            return _refused(403, "this form was sent from another site: nothing was done")
        if path.startswith(OPEN):
            return None
        if path.startswith("/reconcile/") and self._access.is_token(path.split("/")[2]):
            return None
        query = dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
        if self._access.is_token(query.get("token")):
            return None if _is_for_programs(path) else self._enter(scope)
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self._access.is_token(given.strip()):
            return None
        cookies = cookie_parser(headers.get("cookie", ""))
        if self._access.is_token(cookies.get(self._access.cookie)):
            return None if scope["method"] != "POST" or _is_own(headers, host) else _unproven()
        return self._ask_who(scope)

    def _enter(self, scope: Scope) -> Response:
        """Take the token out of the address, where it would be seen, into a cookie."""
        pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        rest = urlencode([(name, value) for name, value in pairs if name != "token"])
        path = "/" + scope["path"].lstrip("/")
        answer = RedirectResponse(path + (f"?{rest}" if rest else ""), status_code=303)
        answer.headers["Set-Cookie"] = self._access.session_cookie()
        return answer

    def _ask_who(self, scope: Scope) -> Response:
        if self._access.password is not None and not _is_for_programs(scope["path"]):
            query = scope["query_string"].decode("latin-1")
            there = scope["path"] + (f"?{query}" if query else "")
            return RedirectResponse(f"/login?{urlencode({'next': there})}", status_code=303)
        return _refused(
            403,
            "Open the address that `quotes serve` printed: it ends in ?token=… and lets this "
            "browser in. (Coming by a link from elsewhere? Reload this page.) Programs send the "
            "header Authorization: Bearer TOKEN.",
        )


def _is_for_programs(path: str) -> bool:
    return path.startswith(BY_PROGRAMS) or path.endswith((".json", ".csv", ".xlsx", ".jsonld"))


def _is_foreign(headers: Headers, host: str) -> bool:
    """Whether a request says that it comes from another site."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site not in ("same-origin", "none"):
        return True
    return origin is not None and urlsplit(origin).netloc.lower() != host.lower()


def _is_own(headers: Headers, host: str) -> bool:
    """Whether a request shows that it comes from a page of this server."""
    return headers.get("sec-fetch-site") == "same-origin" or (
        headers.get("origin") is not None and not _is_foreign(headers, host)
    )


def _unproven() -> Response:
    return _refused(403, "this form does not say where it comes from: nothing was done")


def _refused(status: int, why: str) -> Response:
    return PlainTextResponse(f"{why}\n", status_code=status)

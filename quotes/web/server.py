"""The server: a free port, the gate, the address to open."""

from __future__ import annotations

import errno
import re
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import uvicorn
from starlette.applications import Starlette

from quotes.database.session import open_readers
from quotes.errors import QuotesError, UsageError
from quotes.web.app import make_app
from quotes.web.security import LOCAL, Access, Password, known_hosts

SHORTEST_PASSWORD = 8
_TOKEN = re.compile(r"[\w-]{16,}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Serving:
    """How to serve: where, under which further names, to whom, and what is allowed."""

    database: str
    host: str = "127.0.0.1"
    port: int = 8765
    names: tuple[str, ...] = ()
    password: str | None = None
    token: str | None = None
    fetch: bool = False


class Server:
    """A server that listens already; ``address`` is what to open, with the token in it."""

    def __init__(self, app: Starlette, listening: socket.socket, address: str) -> None:
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,  # it would hold the token
            server_header=False,
            lifespan="off",
            timeout_graceful_shutdown=3,
        )
        self.address = address
        self._listening = listening
        self._server = uvicorn.Server(config)

    def run(self) -> None:
        """Answer until Ctrl-C, or until ``stop``."""
        with suppress(KeyboardInterrupt):  # Ctrl-C is how it ends
            self._server.run(sockets=[self._listening])

    def stop(self) -> None:
        """End ``run``, from another thread."""
        self._server.should_exit = True


@contextmanager
def prepared(serving: Serving) -> Iterator[Server]:
    """Yield a server that listens, and has opened its database.

    Raises UsageError for a host that others reach without a password, DatabaseError if the database
    cannot be opened, QuotesError if the port is taken.
    """
    if serving.host not in LOCAL and serving.password is None:
        raise UsageError(
            f"--host {serving.host}: others reach it, so it needs a password: set QUOTES_PASSWORD"
        )
    if serving.password is not None and len(serving.password) < SHORTEST_PASSWORD:
        raise UsageError(f"a password needs {SHORTEST_PASSWORD} characters or more")
    if serving.token is not None and not _TOKEN.fullmatch(serving.token):
        raise UsageError("QUOTES_TOKEN needs at least 16 letters, digits, - or _")
    with open_readers(serving.database) as readers, _listening(serving) as listening:
        port = listening.getsockname()[1]
        access = Access(
            token=serving.token or secrets.token_urlsafe(24),
            cookie=f"quotes-{port}",
            hosts=known_hosts(serving.host, serving.names),
            password=Password(serving.password) if serving.password is not None else None,
        )
        app = make_app(serving.database, readers, access, fetch=serving.fetch)
        yield Server(app, listening, _address(serving.host, port, access.token))


def _listening(serving: Serving) -> socket.socket:
    try:
        family, *_, address = socket.getaddrinfo(
            serving.host, serving.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        # The protocol is named, for asyncio sends small answers at once only where it sees it.
        listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            problem = "another program listens there: give another --port, or 0 for a free one"
        else:
            problem = f"{error.strerror or error}: check --host and --port"
        raise QuotesError(f"{serving.host}:{serving.port}: {problem}") from error
    listening.listen(128)
    return listening


def _address(host: str, port: int, token: str) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 # nosec B104 - only compared
    shown = f"[{shown}]" if ":" in shown else shown
    return f"http://{shown}:{port}/?token={token}"

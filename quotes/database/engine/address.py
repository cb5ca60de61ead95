"""Where a database is: addresses, and how messages name them without a password."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.errors import DatabaseError

if TYPE_CHECKING:
    from sqlalchemy import URL


def parse(url: str) -> URL:
    """Return ``url`` as an address that SQLAlchemy can open.

    A text without ``://`` is the path of a SQLite file; ``postgres://`` and ``postgresql://`` mean
    the psycopg driver. Raises DatabaseError, without ever printing the password.
    """
    from sqlalchemy import URL, exc, make_url  # takes longer than most answers

    if "://" not in url:
        return URL.create("sqlite", database=str(Path(url).expanduser()))
    scheme = url.partition("://")[0]
    try:
        address = make_url(url)
    except (exc.ArgumentError, ValueError):
        raise DatabaseError(
            f"{scheme}://…: this is not a database address; the form is "
            "postgresql://user:password@host:5432/name or the path of a SQLite file"
        ) from None
    if scheme in ("postgres", "postgresql", "postgresql+psycopg"):
        if "@" in f"{address.host}{address.database}":  # they hold the end of a password
            raise DatabaseError(f"{scheme}://…: an @ in a password has to be written as %40")
        return address.set(drivername="postgresql+psycopg")
    if scheme != "sqlite":
        raise DatabaseError(
            f"{scheme}://…: only SQLite files and postgresql:// addresses are supported"
        )
    if address.database in (None, "", ":memory:"):
        raise DatabaseError(f"{url}: name a file, as in sqlite:///quotes.db")
    return address


def plain_path(url: str) -> Path | None:
    """Return the file that ``url`` names as a path, None where it is an address."""
    return None if "://" in url else Path(url).expanduser()


def sqlite_path(address: URL) -> Path | None:
    """Return the file of a SQLite address, None for PostgreSQL."""
    if address.get_backend_name() != "sqlite":
        return None
    return Path(str(address.database))


def reading_uri(path: Path) -> str:
    """Return the address under which SQLite opens a file for reading alone.

    In a folder that cannot be written SQLite cannot make the files of the write-ahead log; without
    a log of changes still to be read the file may be taken as it is.
    """
    has_log = path.with_name(f"{path.name}-wal").exists()
    immutable = "" if has_log or os.access(path.parent, os.W_OK) else "&immutable=1"
    return f"{path.absolute().as_uri()}?mode=ro{immutable}"


def label(address: URL) -> str:
    """Return how messages name a database: the file, or the address without its password."""
    path = sqlite_path(address)
    if path:
        return str(path)
    return address.difference_update_query(_SECRETS).render_as_string(hide_password=True)


_SECRETS = ("password", "sslpassword")


def secrets(address: URL) -> Iterator[str]:
    """Yield the passwords in an address."""
    given = (address.password, *(address.query.get(name) for name in _SECRETS))
    yield from (str(secret) for secret in given if secret)

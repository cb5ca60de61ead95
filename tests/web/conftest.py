from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from quotes.web.server import Serving, prepared
from tests.conftest import _fresh


@contextmanager
def served(database: str, **how: object) -> Iterator[str]:
    """Serve a database on a free port; the address has the token in it."""
    with prepared(Serving(database, port=0, **how)) as server:  # type: ignore[arg-type]
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            yield server.address
        finally:
            server.stop()
            thread.join()


@contextmanager
def client(address: str) -> Iterator[httpx.Client]:
    """A client that the address let in, as it does a browser."""
    parts = urlsplit(address)
    base = f"http://{parts.netloc}"
    with httpx.Client(base_url=base, headers={"Origin": base}, timeout=60) as made:
        assert made.get(f"/?{parts.query}").status_code == 303
        yield made


@pytest.fixture(scope="session")
def town_sqlite(
    sqlite_template: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, httpx.Client]]:
    path = shutil.copy(sqlite_template("stocked"), tmp_path_factory.mktemp("town") / "town.db")
    with served(str(path)) as address, client(address) as made:
        yield str(path), made


@pytest.fixture(scope="session")
def town_postgresql(
    postgresql_server: str, postgresql_template: Callable[[str], str]
) -> Iterator[tuple[str, httpx.Client]]:
    copies = _fresh(postgresql_server, postgresql_template("stocked"))
    url = next(copies)
    with served(url) as address, client(address) as made:
        yield url, made
    next(copies, None)


@pytest.fixture
def town(backend: str, request: pytest.FixtureRequest) -> httpx.Client:
    """The four articles of an invented town, served to tests that only read."""
    made: httpx.Client = request.getfixturevalue(f"town_{backend}")[1]
    return made


@pytest.fixture
def town_url(backend: str, request: pytest.FixtureRequest) -> str:
    """The database that ``town`` serves."""
    return str(request.getfixturevalue(f"town_{backend}")[0])


@pytest.fixture
def fresh(stocked_url: str) -> Iterator[httpx.Client]:
    """The same, served from a copy that a test may write to."""
    with served(stocked_url) as address, client(address) as made:
        yield made

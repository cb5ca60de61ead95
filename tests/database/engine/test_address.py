from __future__ import annotations

from pathlib import Path

import pytest

from quotes.database.engine.address import label, parse, reading_uri, secrets, sqlite_path
from quotes.errors import DatabaseError


@pytest.mark.parametrize(
    ("url", "driver", "database"),
    [
        ("quotes.db", "sqlite", "quotes.db"),
        ("a folder/50% #1?.db", "sqlite", "a folder/50% #1?.db"),
        ("sqlite:///quotes.db", "sqlite", "quotes.db"),
        ("sqlite:////data/quotes.db", "sqlite", "/data/quotes.db"),
        ("postgres://ann@db.example/news", "postgresql+psycopg", "news"),
        ("postgresql://ann@db.example/news", "postgresql+psycopg", "news"),
        ("postgresql+psycopg://ann@db.example/news", "postgresql+psycopg", "news"),
    ],
)
def test_addresses(url: str, driver: str, database: str) -> None:
    address = parse(url)
    assert (address.drivername, address.database) == (driver, database)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("mysql://ann:secret@db.example/news", r"mysql://…: only SQLite files and postgresql://"),
        ("postgresql+asyncpg://ann:secret@db/news", "only SQLite files"),
        ("postgresql://ann:secret@db:port/news", "this is not a database address"),
        ("postgresql://ann:top@secret@db/news", r"\bpassword has to be written as %40"),
        ("postgresql://ann:to/p@secret@db/news", "written as %40"),
        ("postgresql://ann:to@secret/p@db/news", "written as %40"),
        ("://secret", "this is not a database address"),
        ("sqlite://", "name a file, as in sqlite:///quotes.db"),
        ("sqlite:///:memory:", "name a file"),
    ],
)
def test_wrong_addresses_are_explained_without_the_password(url: str, message: str) -> None:
    with pytest.raises(DatabaseError, match=message) as caught:
        parse(url)
    assert "secret" not in str(caught.value)


def test_messages_never_show_a_password() -> None:
    for url in ("postgresql://ann:secret@db/news", "postgresql://ann@db/news?password=secret"):
        assert "secret" not in label(parse(url))


def test_every_password_in_an_address_is_known() -> None:
    url = "postgresql://ann:one@db/news?password=two&sslpassword=three&sslmode=require"
    assert list(secrets(parse(url))) == ["one", "two", "three"]
    assert list(secrets(parse("quotes.db"))) == []


def test_only_sqlite_has_a_file() -> None:
    assert sqlite_path(parse("quotes.db")) == Path("quotes.db")
    assert sqlite_path(parse("postgresql://db/news")) is None


def test_a_path_below_the_home_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert sqlite_path(parse("~/quotes.db")) == tmp_path / "quotes.db"


def test_a_file_is_immutable_only_where_nobody_can_write(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "quotes.db"
    assert reading_uri(path).endswith("quotes.db?mode=ro")
    # The superuser may write everywhere: what the system answers is all that this looks at.
    monkeypatch.setattr("os.access", lambda *_: False)
    assert reading_uri(path).endswith("quotes.db?mode=ro&immutable=1")
    path.with_name("quotes.db-wal").touch()
    assert reading_uri(path).endswith("quotes.db?mode=ro")

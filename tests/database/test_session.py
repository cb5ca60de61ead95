from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from quotes.database.session import open_connection, open_reader, open_session
from quotes.errors import DatabaseError
from quotes.search.reading import ask


@pytest.mark.parametrize("opened", [open_session, open_reader])
def test_a_text_file_is_no_database(tmp_path: Path, opened: type) -> None:
    path = tmp_path / "article.txt"
    path.write_text("“Quotations are not databases,” she said. " * 100)
    with pytest.raises(DatabaseError, match=r"article\.txt: is not a SQLite database"):
        opened(str(path)).__enter__()
    assert path.read_text().startswith("“Quotations")


def test_a_reader_cannot_write(database_url: str) -> None:
    with pytest.raises(DatabaseError, match=r"read-?only|cannot be written"):  # noqa: SIM117
        with open_reader(database_url) as connection:
            ask(connection, "DELETE FROM quotes")
    with open_connection(database_url) as connection, pytest.raises(Exception, match=r"read-?only"):
        connection.execute(text("DELETE FROM quotes"))


def test_what_is_not_committed_is_rolled_back(database_url: str) -> None:
    insert = text(
        "INSERT INTO runs (program, model, started, articles, unchanged, failed,"
        " quotations) VALUES ('0', 'm', '2025-01-01 00:00:00', 0, 0, 0, 0)"
    )
    with open_session(database_url) as session:
        session.execute(insert)
    with open_session(database_url) as session:
        assert session.scalar(text("SELECT count(*) FROM runs")) == 0

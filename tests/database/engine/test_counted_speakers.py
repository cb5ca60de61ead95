"""The database counts the quotes and quotations of each speaker, whatever is written."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from alembic import command
from quotes.database.engine import migrate
from quotes.database.engine.connection import open_engine
from quotes.database.session import open_session, upgrade
from tests.factories import article, says
from tests.stored import add, fetch

SAID = "The old bridge stays open all winter, and nobody will sell the harbour."
DAY = date(2025, 3, 1)
KEPT = "SELECT slug, quotes, quotations FROM speakers WHERE quotations <> 0 OR quotes <> 0"
COUNTED = """SELECT * FROM (SELECT slug,
    (SELECT count(*) FROM quotes k WHERE k.speaker_id = s.id) AS quotes,
    (SELECT count(*) FROM attributions t WHERE t.speaker_id = s.id) AS quotations
  FROM speakers s) c WHERE quotations <> 0 OR quotes <> 0"""


def counts(session: Session) -> set[tuple[object, ...]]:
    """Return what is kept of speakers, which has to be what there is."""
    kept = {*fetch(session, KEPT)}
    assert kept == {*fetch(session, COUNTED)}
    return kept


def write(session: Session, *statements: str) -> None:
    with session.begin():
        for statement in statements:
            session.connection().exec_driver_sql(statement)


def test_what_is_written_is_counted(session: Session) -> None:
    said = [
        ("Ada Quill", SAID),
        ("Bo Reed", "No."),
        ("Ada Quill", "We sail at noon."),
        (None, "So."),
    ]
    found = [says(*one) for one in said]
    add(session, [article(*found, source="a", outlet="Herald", published=DAY)])
    assert counts(session) == {("ada-quill", 2, 2), ("bo-reed", 1, 1)}
    again = article(says("Ada Quill", SAID), source="b", outlet="Star", published=DAY)
    add(session, [again])
    assert counts(session) == {("ada-quill", 2, 3), ("bo-reed", 1, 1)}


def test_what_changes_or_goes_is_counted(session: Session) -> None:
    found = [says("Ada Quill", SAID), says("Ada Quill", "We sail at noon."), says("Bo Reed", "No.")]
    add(session, [article(*found, source="a", outlet="Herald", published=DAY)])
    bo = "(SELECT id FROM speakers WHERE slug = 'bo-reed')"
    write(
        session,
        f"UPDATE attributions SET speaker_id = {bo}",
        f"UPDATE quotes SET speaker_id = {bo}",
    )
    assert counts(session) == {("bo-reed", 3, 3)}
    write(session, "UPDATE attributions SET speaker_id = NULL WHERE id = 1")
    assert counts(session) == {("bo-reed", 3, 2)}
    write(session, "UPDATE attributions SET speaker_id = 1 WHERE id = 1")
    assert len(counts(session)) == 2
    write(session, "DELETE FROM attributions WHERE id < 3")
    assert counts(session) == {("bo-reed", 3, 1)}
    write(session, "DELETE FROM renderings", "DELETE FROM variants", "DELETE FROM quotes")
    write(session, "DELETE FROM articles")
    assert counts(session) == set()


def test_an_older_database_is_counted(database_url: str) -> None:
    with open_session(database_url) as session:
        found = [says("Ada Quill", SAID), says("Bo Reed", "No.")]
        add(session, [article(*found, source="a", outlet="Herald", published=DAY)])
        before = counts(session)
    with open_engine(database_url) as engine, engine.begin() as connection:
        command.downgrade(migrate.config(connection), "0008")
    assert upgrade(database_url).revision == "0008"
    with open_session(database_url) as session:
        assert counts(session) == before
        add(session, [article(says("Bo Reed", "Maybe so."), source="b", published=DAY)])
        assert ("bo-reed", 2, 2) in counts(session)

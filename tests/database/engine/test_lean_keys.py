"""Older databases keep the keys by which statements meet, in fewer bits."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from alembic import command
from quotes.database.engine import migrate
from quotes.database.engine.bulk import insert_tuples
from quotes.database.engine.connection import open_engine
from quotes.database.engine.models import RenderingKey, VoiceKey
from quotes.database.quotes.renderings import StoredRenderings
from quotes.database.session import open_session, upgrade
from quotes.normaliser.keys import stored_keys
from tests.factories import article, says
from tests.stored import add, fetch

SAID = "The old bridge stays open all winter, and nobody will sell the harbour."
DAY = date(2025, 3, 1)
RENDERINGS = "SELECT speaker_id, key, rendering_id FROM rendering_keys ORDER BY 1, 2, 3"
VOICES = "SELECT key, voice_id FROM voice_keys ORDER BY 1, 2"


def test_keys_of_before_lead_to_the_same_statements(database_url: str) -> None:
    with open_session(database_url) as session:
        said = [("Ada Quill", SAID), ("Bo Reed", "No."), ("Ada Quill", "We sail at noon.")]
        found = [says(*one) for one in said]
        add(session, [article(*found, source="a", outlet="Herald", published=DAY)])
        today, voices = fetch(session, RENDERINGS), fetch(session, VOICES)
        with session.begin():
            renderings = [*StoredRenderings(session).by_id(range(1, 10))]
    long = [
        (int(one.speaker), key, one.key)
        for one in renderings
        for key in stored_keys(one.folded, one.published, one.beside)
    ]
    assert max(key for _, key, _ in long) > 2**31
    with open_engine(database_url) as engine, engine.begin() as connection:
        command.downgrade(migrate.config(connection), "0006")
    with open_engine(database_url) as engine, Session(engine) as session, session.begin():
        insert_tuples(session, RenderingKey, ("speaker_id", "key", "rendering_id"), long)
        insert_tuples(session, VoiceKey, ("key", "voice_id"), voices)
    assert upgrade(database_url).revision == "0006"
    with open_engine(database_url) as engine, engine.begin() as connection:
        command.check(migrate.config(connection))
    with open_session(database_url) as session:
        assert (fetch(session, RENDERINGS), fetch(session, VOICES)) == (today, voices)
        again = article(says("Ada Quill", SAID), source="b", outlet="Star", published=DAY)
        add(session, [again])
        statement = "SELECT renderings FROM quote_list WHERE text = :text"
        assert fetch(session, statement, text=SAID) == [(2,)]

from __future__ import annotations

from sqlalchemy import inspect

from quotes.database.engine.connection import open_engine
from quotes.database.engine.views import views
from quotes.search.schema import schema_text, tables


def test_every_table_is_described_with_its_columns(database_url: str) -> None:
    described = {name: columns for name, holds, columns in tables() if holds}
    with open_engine(database_url) as engine:
        found = inspect(engine)
        ours = [
            name
            for name in found.get_table_names()
            if not name.startswith("rendering_search") and name != "quotes_version"
        ]
        assert list(described) == sorted(ours)
        for name, columns in described.items():
            assert columns == [column["name"] for column in found.get_columns(name)]


def test_the_text_names_every_view_and_table() -> None:
    text = schema_text()
    assert all(f"\n{view.name}: one row a" in text for view in views())
    assert all(f"\n{name}: {holds}\n" in text for name, holds, _ in tables())
    assert "  speaker_slug     the speaker's lasting identifier, such as vladimir-putin" in text

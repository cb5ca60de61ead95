from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, text

from quotes.database.session import open_reader, open_session
from quotes.errors import UsageError
from quotes.search.query import SearchQuery
from quotes.search.quotes import search_quotes

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases/search.yaml").read_text("utf-8"))


def found(connection: Connection, **query: object) -> list[str]:
    return [hit.text for hit in search_quotes(connection, SearchQuery(**query))]


def test_texts_find_the_same_on_every_database(stocked: Connection) -> None:
    wrong = []
    for case in CASES:
        hits = search_quotes(stocked, SearchQuery(text=case["text"]))
        if sorted(hit.speaker for hit in hits) != case["speakers"]:
            wrong.append((case["text"], [hit.text for hit in hits]))
    assert not wrong


def test_a_hit_tells_what_the_command_line_prints(stocked: Connection) -> None:
    (hit,) = search_quotes(stocked, SearchQuery(text="won't sell"))
    assert hit.text == "We won’t sell the long-term lease of the harbour to anyone."
    assert (hit.speaker, hit.speaker_slug) == ("Ada Quill", "ada-quill")
    assert (hit.first_published, hit.last_published) == (date(2025, 3, 1), date(2025, 3, 5))
    assert hit.outlets == ("Daily Lantern", "Evening Post")
    assert (hit.variants, hit.renderings, hit.outlet_count, hit.divergent) == (2, 3, 3, 1)
    assert hit.confidence == pytest.approx(0.9)
    assert hit.why.startswith("speaker ")
    assert hit.why.endswith("; 90 % sure")
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["won", "t", "sell"]


def test_the_snippet_is_the_wording_that_matched(stocked: Connection) -> None:
    (hit,) = search_quotes(stocked, SearchQuery(text="will not sell"))
    assert hit.snippet == "We will not sell the long-term lease of the harbour to anyone"
    assert hit.text.startswith("We won’t")


def test_without_text_the_newest_come_first_and_the_undated_last(stocked: Connection) -> None:
    dates = [hit.first_published for hit in search_quotes(stocked, SearchQuery())]
    assert dates == [date(2025, 3, 5), date(2025, 3, 1), date(2025, 3, 1), None]
    assert found(stocked, text="  ") == found(stocked)


def test_relevance_comes_before_date(stocked: Connection) -> None:
    assert found(stocked, text="timetable ferry")[0].startswith("A résumé")


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"speaker": "ada quill"}, 2),
        ({"speaker": "Quill", "outlet": "Daily Lantern"}, "ambiguous"),
        ({"outlet": "the evening post"}, 2),
        ({"outlet": "evening-post", "since": date(2025, 3, 2)}, 1),
        ({"outlet": "Daily Lantern", "since": date(2025, 3, 2)}, 0),
        ({"since": date(2025, 3, 5)}, 2),
        ({"since": date(2025, 3, 5), "until": date(2025, 3, 5)}, 2),
        ({"until": date(2025, 3, 1)}, 2),
        ({"min_confidence": 0.6}, 3),
        ({"min_confidence": 0.6, "text": "ferries"}, 1),
        ({"divergent": True}, 1),
        ({"divergent": True, "speaker": "bruno-quill"}, 0),
        ({"limit": 2}, 2),
        ({"limit": 0}, 0),
    ],
)
def test_filters(stocked: Connection, query: dict[str, object], count: object) -> None:
    if count == "ambiguous":
        with pytest.raises(UsageError, match=r"may be ada-quill .2 quotes., bruno-quill .1 quote."):
            found(stocked, **query)
    else:
        assert len(found(stocked, **query)) == count


def test_raw_syntax_is_the_databases_own(stocked: Connection, backend: str) -> None:
    text = "ferr* OR harbour" if backend == "sqlite" else "ferri:* | harbour"
    assert len(found(stocked, text=text, raw=True)) == 3


@pytest.mark.parametrize("text", ["AND (", "foo : : bar"])
def test_raw_syntax_errors_are_explained(stocked: Connection, text: str) -> None:
    with pytest.raises(UsageError, match="leave out --raw"):
        found(stocked, text=text, raw=True)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=st.text(alphabet=st.characters()))
def test_no_text_breaks_the_search(stocked: Connection, text: str) -> None:
    search_quotes(stocked, SearchQuery(text=f"{text} harbour"))


def test_a_very_long_text_is_no_problem(stocked: Connection) -> None:
    assert found(stocked, text="harbour " * 2000) == found(stocked, text="harbour")


@pytest.mark.parametrize("backend", ["sqlite"])
def test_the_index_of_sqlite_follows_its_table(stocked_url: str, backend: str) -> None:
    with open_session(stocked_url) as session, session.begin():
        session.execute(text("UPDATE renderings SET text = 'gangway' WHERE text LIKE '%bridge%'"))
        session.execute(text("DELETE FROM rendering_keys"))
        session.execute(text("DELETE FROM renderings WHERE text LIKE '%ferry%'"))
        session.execute(
            text("INSERT INTO rendering_search (rendering_search) VALUES ('integrity-check')")
        )
    with open_reader(stocked_url) as connection:
        assert len(found(connection, text="gangway")) == 1
        assert found(connection, text="bridge") == []

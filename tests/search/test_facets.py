from __future__ import annotations

import pytest

from quotes.database.session import Connection
from quotes.search import facets as module
from quotes.search.facets import Facet, facets
from quotes.search.finding import find_quotes
from quotes.search.query import SearchQuery


def test_quotes_are_counted_by_speaker_outlet_and_year(stocked: Connection) -> None:
    found = facets(stocked, find_quotes(stocked, SearchQuery()))
    assert found.speakers[0] == Facet("ada-quill", "Ada Quill", 2)
    assert Facet("daily-lantern", "Daily Lantern", 2) in found.outlets
    assert found.years == (Facet("2025", "2025", 3),)
    assert (found.counted, found.complete) == (4, True)


def test_a_search_narrows_them_and_its_page_does_not_matter(stocked: Connection) -> None:
    query = SearchQuery(text="harbour", limit=1, offset=5)
    found = facets(stocked, find_quotes(stocked, query.first(9)))
    assert [one.quotes for one in found.speakers] == [1]
    assert {one.name for one in found.outlets} == {"Daily Lantern", "Evening Post"}


def test_what_is_too_much_is_counted_in_part_and_says_so(
    stocked: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "COUNTED", 2)
    found = facets(stocked, find_quotes(stocked, SearchQuery()))
    assert (found.counted, found.complete) == (2, False)


def test_nothing_has_no_facets(stocked: Connection) -> None:
    found = facets(stocked, [])
    assert (found.speakers, found.outlets, found.years, found.complete) == ((), (), (), True)

from __future__ import annotations

from sqlalchemy import Connection

from quotes.export.collected import collect
from quotes.search.query import SearchQuery


def test_a_quote_comes_with_its_variants_and_sources(stocked: Connection) -> None:
    (quote,) = collect(stocked, SearchQuery(text="lease"))
    assert (quote.speaker, quote.gender, quote.outlets) == ("Ada Quill", "female", 3)
    assert quote.remarks == ("meaning may differ",)
    assert [variant.relation for variant in quote.variants] == ["canonical", "divergent"]
    canonical, divergent = quote.variants
    assert canonical.difference == ()
    assert [step.op for step in divergent.difference] != ["equal"]
    assert divergent.warnings
    assert [source.place for source in quote.sources] == [
        "Daily Lantern, 2025-03-01",
        "Evening Post, 2025-03-02",
        "nowhere.txt, 2025-03-05",
    ]
    assert all(source.why.startswith("speaker ") for source in quote.sources)
    assert all(": “Ada Quill”; 9" in source.why for source in quote.sources)


def test_the_order_and_choice_are_those_of_a_search(stocked: Connection) -> None:
    dates = [one.first_published for one in collect(stocked, SearchQuery(sort="oldest"))]
    assert dates == sorted(dates, key=lambda day: (day is None, day))
    assert len(list(collect(stocked, SearchQuery()))) == 4
    assert list(collect(stocked, SearchQuery(text="volcano"))) == []

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from quotes.database.session import Connection, open_reader
from quotes.errors import UsageError
from quotes.records import Evidence
from quotes.search.details import CONTEXT, quote_details
from quotes.search.query import SearchQuery
from quotes.search.quotes import search_quotes
from quotes.search.reading import ask
from tests.factories import article, says
from tests.stored import add


def test_a_quote_is_shown_with_everything(stocked: Connection) -> None:
    (hit,) = search_quotes(stocked, SearchQuery(text="harbour"))
    shown = quote_details(stocked, hit.id)
    assert (shown.text, shown.speaker, shown.outlets, shown.renderings) == (
        hit.text,
        "Ada Quill",
        3,
        3,
    )
    assert "widest support (2 outlets)" in shown.why
    canonical, divergent = shown.variants
    assert (canonical.relation, divergent.relation) == ("canonical", "divergent")
    assert canonical.diff == ()
    assert any("not" in warning for warning in divergent.warnings)
    assert any(step.op == "delete" for step in divergent.diff) or any(
        step.op == "replace" for step in divergent.diff
    )
    first, second = canonical.renderings
    assert (first.outlet, first.published, first.url, first.title, first.source) == (
        "Daily Lantern",
        date(2025, 3, 1),
        "https://lantern.example/harbour",
        "Harbour stays",
        "lantern.txt",
    )
    assert (first.relation, second.relation) == ("canonical", "identical")
    assert first.quotation.startswith("“We won’t sell")
    assert first.before == ""
    assert first.after.startswith(" said Ada Quill.")
    assert len(first.after) <= CONTEXT
    assert (first.mention.text, first.cue.text, first.rule) == ("Ada Quill", "said", "subject")
    assert first.confidence == pytest.approx(0.9)
    assert [(piece.role, piece.text) for piece in first.evidence] == [("cue", "said")]


def test_context_is_cut_out_around_the_quotation(stocked: Connection) -> None:
    (hit,) = search_quotes(stocked, SearchQuery(text="sister"))
    ((rendering,),) = [variant.renderings for variant in quote_details(stocked, hit.id).variants]
    query = "SELECT body FROM articles WHERE id = :id"
    ((body,),) = ask(stocked, query, {"id": rendering.article_id})
    assert body[rendering.start : rendering.end] == rendering.quotation
    assert rendering.before == body[max(0, rendering.start - CONTEXT) : rendering.start]
    assert rendering.after == body[rendering.end : rendering.end + CONTEXT]


def test_the_only_wording_needs_no_reasons(stocked: Connection) -> None:
    (hit,) = search_quotes(stocked, SearchQuery(text="bridge"))
    assert quote_details(stocked, hit.id).why == "the only variant there is"


def test_an_unknown_quote_is_an_error(stocked: Connection) -> None:
    with pytest.raises(UsageError, match="there is no quote q999"):
        quote_details(stocked, 999)


def test_why_names_who_else_may_have_said_it(session: Session, database_url: str) -> None:
    said = article(says("Ada Quill", "The old bridge stays open all winter."))
    (only,) = said.quotations
    others = [("Bo Reed", 0.4), ("Cleo Marsh", 0.02), ("Ada Quill", 0.3)]
    evidence = tuple(Evidence("rival", 0, 1, name, probability=odds) for name, odds in others)
    attribution = replace(only.attribution, evidence=(*only.attribution.evidence, *evidence))
    add(session, [replace(said, quotations=(replace(only, attribution=attribution),))])
    with open_reader(database_url) as connection:
        ((shown,),) = [variant.renderings for variant in quote_details(connection, 1).variants]
    assert shown.why.endswith("% sure; next likeliest: “Bo Reed”")

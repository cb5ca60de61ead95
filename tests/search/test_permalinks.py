from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from quotes.api.judging import Judge
from quotes.database.session import open_reader
from quotes.search.permalinks import heir
from quotes.search.query import SearchQuery
from quotes.search.quotes import search_quotes


def numbers(url: str, text: str) -> list[int]:
    with open_reader(url) as connection:
        return [hit.id for hit in search_quotes(connection, SearchQuery(text=text))]


def heir_of(url: str, quote: int) -> int | None:
    with open_reader(url) as connection:
        return heir(connection, quote)


def test_a_quote_that_another_one_took_over_leads_to_it(stocked_url: str) -> None:
    (harbour,), (bridge,) = numbers(stocked_url, "harbour"), numbers(stocked_url, "bridge")
    assert heir_of(stocked_url, harbour) is None
    judge = Judge(stocked_url, "Ann")
    judgement = judge.same(harbour, bridge)
    assert numbers(stocked_url, "bridge") == [harbour]
    assert heir_of(stocked_url, bridge) == harbour
    judge.undo(judgement)
    (again,) = numbers(stocked_url, "bridge")
    assert again != bridge
    assert heir_of(stocked_url, bridge) == again


@pytest.mark.parametrize("number", [999, 2**40])
def test_an_unknown_quote_has_no_heir(session: Session, database_url: str, number: int) -> None:
    assert heir_of(database_url, number) is None

from __future__ import annotations

import pytest

from quotes.database.session import Connection
from quotes.errors import UnknownError
from quotes.search.outlets import OutletPair, outlet_details, outlet_pairs


def test_an_outlet_with_whom_it_quotes(stocked: Connection) -> None:
    found = outlet_details(stocked, "evening post")
    assert (found.listed.slug, found.listed.articles, found.listed.quotations) == (
        "evening-post",
        2,
        2,
    )
    assert found.quoted == (("ada-quill", "Ada Quill", 1), ("zoë-åkerlund", "Zoë Åkerlund", 1))
    with pytest.raises(UnknownError, match="no outlet 'Nobody' is known"):
        outlet_details(stocked, "Nobody")


def test_outlets_are_compared_in_pairs(stocked: Connection) -> None:
    found = outlet_pairs(stocked)
    assert found.names == {"daily-lantern": "Daily Lantern", "evening-post": "Evening Post"}
    assert found.pairs == (OutletPair("daily-lantern", "evening-post", 1, 1, 0, 0, 0),)
    assert found.quotes == 3


def test_nothing_can_be_compared_in_an_empty_database(connection: Connection) -> None:
    assert outlet_pairs(connection).pairs == ()

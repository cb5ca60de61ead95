from __future__ import annotations

import pytest
from sqlalchemy import Connection

from quotes.errors import UsageError
from quotes.search.review.items import Reader
from quotes.search.review.queues import QUEUES, count_waiting, find_item, next_item

ANN = Reader("Ann", below=1.0)


def test_every_queue_is_counted(stocked: Connection) -> None:
    counts = count_waiting(stocked, ANN)
    assert counts.keys() == QUEUES.keys()
    assert counts["speakers"] > 1


def test_skipped_items_are_passed(stocked: Connection) -> None:
    first = next_item(stocked, "speakers", ANN)
    assert first is not None
    assert first.left == count_waiting(stocked, ANN)["speakers"]
    second = next_item(stocked, "speakers", ANN, {first.key})
    assert second is not None
    assert (second.key != first.key, second.left) == (True, first.left - 1)
    assert next_item(stocked, "disputed", ANN, {"n1"}) is None


def test_what_waits_is_counted_up_to_a_limit(
    stocked: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("items", "queues"):
        monkeypatch.setattr(f"quotes.search.review.{module}.COUNTED", 2)
    first = next_item(stocked, "speakers", ANN)
    assert first is not None
    assert (first.left, first.waiting) == (2, "2 or more left")
    everything = len(QUEUES["speakers"].waiting(stocked, ANN, 100))
    assert everything > 2
    assert len(QUEUES["speakers"].waiting(stocked, ANN, 2)) == 2


def test_an_item_is_found_by_its_key(stocked: Connection) -> None:
    assert find_item(stocked, "speakers", "n1").about == ("n1",)
    for queue, key in (("merges", "r1"), ("speakers", "n1/n2"), ("names", "a/")):
        with pytest.raises(UsageError, match="is no item of the queue"):
            find_item(stocked, queue, key)  # type: ignore[arg-type]

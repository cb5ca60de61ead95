from __future__ import annotations

from quotes.database.session import Connection
from quotes.search.reconcile import Reconciler


def test_names_are_matched_with_the_stored_speakers(stocked: Connection) -> None:
    service = Reconciler(stocked, {})
    assert [one.slug for one in service.match("QUILL, Ada", 1)] == ["ada-quill"]
    both = service.match("Quill", 5)
    assert [one.slug for one in both] == ["ada-quill", "bruno-quill"]  # the more quoted first
    assert both[0].score == both[1].score
    assert both[1].description == "1 quote"
    assert service.match("Ada Quill", 5, {"group"}) == []
    assert service.match("\x00", 5) == []


def test_merged_speakers_are_found_under_the_other_name(stocked: Connection) -> None:
    service = Reconciler(stocked, {"bruno-quill": "ada-quill"})
    assert [one.slug for one in service.match("Bruno Quill", 5)] == ["ada-quill"]

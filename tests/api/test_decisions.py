from __future__ import annotations

from typing import Any

import pytest

from quotes.api.decisions import FIELDS, LONGEST, decide
from quotes.api.judging import Judge
from quotes.errors import UsageError

GIVEN: dict[str, dict[str, Any]] = {
    "attribution": {"quotation": "n1", "speaker": "Bruno Quill"},
    "kind": {"quotation": "n1", "kind": "none"},
    "same": {"left": "q1", "right": "q2"},
    "different": {"left": "r1", "right": "r2"},
    "canonical": {"variant": "r2"},
    "add": {"name": "Cleo Marsh", "type": "person"},
    "alias": {"speaker": "ada-quill", "spelling": "A. Quill"},
    "rename": {"speaker": "ada-quill", "name": "Ada Quill-Marsh"},
    "confirm": {"speaker": "ada-quill"},
    "merge": {"speaker": "bruno-quill", "into": "ada-quill"},
    "apart": {"speaker": "bruno-quill", "other": "ada-quill"},
    "edit": {"article": "a1", "title": "Another headline", "byline": ""},
    "remove": {"article": "a1"},
    "edit-outlet": {"outlet": "evening-post", "provenance": "translated"},
    "rename-outlet": {"outlet": "evening-post", "name": "The Evening Post"},
    "merge-outlet": {"outlet": "evening-post", "into": "daily-lantern"},
    "undo": {"judgement": 1},
}


def test_every_decision_is_tried() -> None:
    assert GIVEN.keys() == FIELDS.keys()


@pytest.mark.parametrize("what", GIVEN)
def test_a_decision_is_stored(what: str, stocked_url: str) -> None:
    judge = Judge(stocked_url, "Ann")
    if what == "undo":
        judge.confirm("bruno-quill")
    number = decide(judge, what, GIVEN[what] | {"why": " heard it ", "more": "nothing"})
    entry = judge.log()[0]
    assert entry.kind == {"edit-outlet": "edit"}.get(what, what)
    assert number <= entry.id
    assert (entry.by, entry.why) == ("Ann", "heard it")


@pytest.mark.parametrize("backend", ["sqlite"])
@pytest.mark.parametrize(
    ("what", "given", "problem"),
    [
        ("", {}, "'' is not a decision: give one of attribution"),
        ("explode", {}, "'explode' is not a decision"),
        ("attribution", {"speaker": "x"}, "'quotation' is missing"),
        ("attribution", {"quotation": "n999"}, "there is no quotation n999"),
        ("attribution", {"quotation": "n1", "speaker": "Nobody"}, "no speaker 'Nobody' is known"),
        ("kind", {"quotation": "n1", "kind": "loud"}, "'loud' is not one of direct, mixed, none"),
        ("same", {"left": "q1", "right": "q1"}, "are the same rendering"),
        ("merge", {"speaker": "ada-quill", "into": "ada-quill"}, "into itself"),
        ("edit", {"article": "a1"}, "edit: give one of outlet, published"),
        ("edit", {"article": "a1", "published": "someday"}, "'someday' is not a date"),
        ("undo", {"judgement": "²"}, "'²' is not the number of a judgement"),
        ("undo", {"judgement": "99"}, "there is no judgement 99"),
        ("add", {"name": "x" * (LONGEST + 1), "type": "person"}, "is longer than 2,000"),
        ("add", {"name": "Cleo", "type": "robot"}, "'robot' is no type of speaker"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_stored(
    what: str, given: dict[str, Any], problem: str, stocked_url: str
) -> None:
    judge = Judge(stocked_url, "Ann")
    with pytest.raises(UsageError, match=problem):
        decide(judge, what, given)
    assert judge.log() == []

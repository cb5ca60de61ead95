"""Judgements by name, with their fields as text: what forms and programs send."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, get_args

from quotes.api.judging import Judge
from quotes.errors import UsageError
from quotes.ids import whole_number
from quotes.records import EDITABLE, Kind

LONGEST = 2_000
"""Characters that a field may have."""

_METHODS: dict[str, tuple[Callable[..., int], str]] = {
    "attribution": (Judge.attribution, "quotation speaker?"),
    "kind": (Judge.kind, "quotation kind"),
    "same": (Judge.same, "left right"),
    "different": (Judge.different, "left right"),
    "canonical": (Judge.canonical, "variant"),
    "add": (Judge.add, "name type"),
    "alias": (Judge.alias, "speaker spelling"),
    "rename": (Judge.rename, "speaker name"),
    "confirm": (Judge.confirm, "speaker"),
    "merge": (Judge.merge, "speaker into"),
    "apart": (Judge.apart, "speaker other"),
    "remove": (Judge.remove, "article"),
    "rename-outlet": (Judge.rename_outlet, "outlet name"),
    "edit-outlet": (Judge.edit_outlet, "outlet provenance?"),
    "merge-outlet": (Judge.merge_outlets, "outlet into"),
}
"""What is called for a decision, and with which fields; one that ends in ? may be empty."""

FIELDS: dict[str, tuple[str, ...]] = {
    **{what: tuple(names.split()) for what, (_, names) in _METHODS.items()},
    "edit": ("article", *(f"{fact}?" for fact in EDITABLE)),
    "undo": ("judgement",),
}
"""Every decision with its fields."""


def decide(judge: Judge, what: str, given: Mapping[str, Any]) -> int:
    """Store a decision and return its number; ``given`` holds its fields, and may hold "why".

    Facts of an article that are not given stay as they are, and an empty one is unknown from then
    on. Raises UsageError for another decision, a field that is missing or too long, and whatever
    the judgement itself refuses.
    """
    if what not in FIELDS:
        raise UsageError(f"'{what[:40]}' is not a decision: give one of {', '.join(FIELDS)}")
    fields = {name.rstrip("?"): _text(given, name, what) for name in FIELDS[what]}
    why = _text(given, "why?", what)
    if what == "undo":
        return judge.undo(_judgement(str(fields["judgement"])), why=why)
    if what == "edit":
        facts = {name: fields[name] for name in EDITABLE if name in given}
        if not facts:
            raise UsageError(f"edit: give one of {', '.join(EDITABLE)}")
        return judge.edit(str(fields["article"]), why=why, **facts)
    if what == "kind" and fields["kind"] not in get_args(Kind):
        raise UsageError(f"'{fields['kind']}' is not one of {', '.join(get_args(Kind))}")
    return _METHODS[what][0](judge, *fields.values(), why=why)


def _text(given: Mapping[str, Any], name: str, what: str) -> str | None:
    """Return a field, None where it may be empty and is; a number counts as its digits."""
    field = name.rstrip("?")
    value = given.get(field)
    text = "" if value is None else str(value).strip()
    if len(text) > LONGEST:
        raise UsageError(f"{what}: '{field}' is longer than {LONGEST:,} characters")
    if not text and not name.endswith("?"):
        raise UsageError(f"{what}: '{field}' is missing; give {' and '.join(FIELDS[what])}")
    return text or None


def _judgement(text: str) -> int:
    found = whole_number(text)
    if found is None:
        raise UsageError(f"'{text[:40]}' is not the number of a judgement")
    return found

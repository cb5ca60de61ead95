"""The states of the United States: their labels ("D-Mass.", "R-TX"), their people ("a Texan")."""

from __future__ import annotations

import re
from functools import cache

from quotes.resources import folder, read_yaml

_LABELS, _PEOPLE = "labels", "people"


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    table: dict[str, dict[str, list[str]]] = read_yaml(folder("seeds") / "english" / "states.yaml")
    return table


@cache
def _by_label() -> dict[str, str]:
    """Return the state of each label of ``seeds/english/states.yaml``, and of its own name."""
    return {
        re.sub(r"\s", "", label).casefold(): name
        for name, words in _table().items()
        for label in (name, *words[_LABELS])
    }


@cache
def _by_people() -> dict[str, str]:
    return {
        one.casefold(): name for name, words in _table().items() for one in words.get(_PEOPLE, ())
    }


def state_of_people(phrase: str) -> str | None:
    """Return the lower-case name of the state whose people a phrase means ("Texan"), or None."""
    return _by_people().get(phrase.casefold())


def state_of(label: str) -> str | None:
    """Return the lower-case name of the state that a label stands for, or None."""
    return _by_label().get(re.sub(r"[.\s]", "", label).casefold())


def is_state_label(text: str) -> bool:
    """Tell whether a text abbreviates a state ("Mass.", "N.Y."), rather than giving its name."""
    state = state_of(text)
    return state is not None and text.casefold() != state

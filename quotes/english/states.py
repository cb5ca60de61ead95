"""The states of the United States, as party labels abbreviate them ("D-Mass.", "R-TX")."""

from __future__ import annotations

import re
from functools import cache

from quotes.resources import folder, read_yaml


@cache
def _by_label() -> dict[str, str]:
    """Return the state of each label of ``seeds/english/states.yaml``, and of its own name."""
    table = read_yaml(folder("seeds") / "english" / "states.yaml")
    return {
        re.sub(r"\s", "", label).casefold(): name
        for name, labels in table.items()
        for label in (name, *labels)
    }


def state_of(label: str) -> str | None:
    """Return the lower-case name of the state that a label stands for, or None."""
    return _by_label().get(re.sub(r"[.\s]", "", label).casefold())


def is_state_label(text: str) -> bool:
    """Tell whether a text abbreviates a state ("Mass.", "N.Y."), rather than giving its name."""
    state = state_of(text)
    return state is not None and text.casefold() != state

"""Does a rendering say something else than the wording it goes with? Guards against silent twists.

A rendering that drops a “not”, prints another number or another name, or makes “may” a “will”
stays with its quote but is flagged. Each guard looks only at words inside the stretch that both
wordings cover: what was trimmed away at either end twists nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Reason = Literal["negation", "number", "name", "modal"]

NEGATIONS = frozenset("not no never nobody nothing none neither nor without hardly".split())


@dataclass(frozen=True, slots=True)
class Divergence:
    """One reason why two wordings differ in meaning, with the words on each side."""

    reason: Reason
    left: tuple[str, ...]
    right: tuple[str, ...]


def divergences(left: str, right: str) -> tuple[Divergence, ...]:
    """Return where two folded wordings say different things (empty: nowhere)."""
    dropped = [word for word in left.split() if word in NEGATIONS]
    added = [word for word in right.split() if word in NEGATIONS]
    if len(dropped) == len(added):
        return ()
    return (Divergence("negation", tuple(dropped), tuple(added)),)

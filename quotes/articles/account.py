"""What a run of reading has to tell when it ends: what is missing, was guessed, was not used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from quotes.columns import fold_name

MISSED = {"published": "date", "outlet": "outlet", "title": "title"}
"""The facts whose absence is counted, and what they are called."""

_MOST_COLUMNS = 1000


@dataclass(slots=True)
class Account:
    """Counts what became of the inputs of a run.

    ``stored`` counts pages that were not read again, since they are in the database.
    ``missing`` counts articles by the fact they lack, ``guessed`` by what was guessed and how.
    ``unused`` are columns by table, ``skipped`` are files in folders and archives that were not
    read, with the reason; ``remarks`` anything else, with its first place and how often.
    """

    articles: int = 0
    stored: int = 0
    missing: Counter[str] = field(default_factory=Counter)
    guessed: Counter[tuple[str, str]] = field(default_factory=Counter)
    unused: dict[str, dict[str, None]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    remarks: dict[str, tuple[str, int]] = field(default_factory=dict)

    def add(self, facts: Iterable[str], guesses: Mapping[str, str]) -> None:
        """Count an article with the facts that are known of it; ``guesses`` tell how some are."""
        self.articles += 1
        known = set(facts)
        self.missing.update(fact for fact in MISSED if fact not in known)
        self.guessed.update((MISSED.get(fact, fact), how) for fact, how in guesses.items())

    def lacking(self) -> list[tuple[str, int]]:
        """Return how many articles have no date, no outlet and no title."""
        return [
            (f"a{'n' * (noun == 'outlet')} {noun}", self.missing[fact])
            for fact, noun in MISSED.items()
        ]

    def columns(self, table: str, used: Iterable[str], unused: Iterable[str]) -> None:
        """Keep which columns of a table said something, and which did not."""
        left = self.unused.setdefault(table, {})
        for name in used:
            left.pop(name, None)
            self.used.add(f"{table}\0{name}")
        for name in unused:
            if len(left) < _MOST_COLUMNS and f"{table}\0{name}" not in self.used:
                left.setdefault(name)

    def has_used(self, column: str) -> bool:
        """Whether a column of this name said something in any table."""
        wanted = fold_name(column)
        return any(fold_name(name.partition("\0")[2]) == wanted for name in self.used)

    def skip(self, name: str, reason: str) -> None:
        """Keep that a file was not read, and why."""
        self.skipped.append((name, reason))

    def remark(self, what: str, where: str) -> None:
        """Count something worth telling about an input; the first place is its example."""
        first, count = self.remarks.get(what, (where, 0))
        self.remarks[what] = first, count + 1

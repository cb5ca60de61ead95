"""One thing to be looked at, whatever queue it is from: passages, facts, and the answers to it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from quotes.database.session import Connection
from quotes.normaliser.difference import DiffOp
from quotes.search.reading import Record, ask

QueueName = Literal["speakers", "merges", "meanings", "disputed", "names"]
Role = Literal["quotation", "mention", "rival"]
Decision = Literal["attribution", "kind", "same", "different", "meaning", "merge", "apart"]

Place = tuple[int | None, int | None, Role]
"""A stretch of an article, where that is known, and what it is."""

COUNTED = 1_000
"""Up to so many items that wait are counted."""
CONTEXT = 400
"""How many characters of the article are shown on each side."""

_SPACE = re.compile(r"\s")
_CUT_WORD = re.compile(r"\s*\S*\Z")


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks, and for what.

    Only answers with a confidence under ``below`` (0-1) are doubtful. A ``second`` reader is shown
    what somebody else has judged, without the judgement, and ``by`` has not.
    """

    by: str
    below: float = 0.8
    second: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a passage: the quotation, the words that name the source, or a rival to them."""

    start: int
    end: int
    role: Role


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of an article, cut between words; ``place`` says in words where it is from.

    It begins or ends with "…" where the article goes on in the same paragraph.

    ``id`` is that of the quotation or rendering in it.
    """

    id: str
    article_id: int
    place: str
    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One possible answer: the ``key`` that gives it, and what it says.

    ``decision`` and ``value`` are the judgement that it makes; with ``asks_name`` the value is the
    name of a speaker that the person still has to give.
    """

    key: str
    label: str
    decision: Decision
    value: str | None = None
    asks_name: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to be looked at; ``about`` are the identifiers or slugs that the answer is about.

    ``facts`` say in words what the program thinks, and why; ``diff`` is the difference between two
    wordings, where it is about such. ``left`` counts what waits in the queue, this one included,
    up to ``COUNTED``.
    """

    queue: QueueName
    about: tuple[str, ...]
    question: str
    passages: tuple[Passage, ...]
    facts: tuple[str, ...]
    answers: tuple[Answer, ...]
    diff: tuple[DiffOp, ...] = ()
    left: int = 0

    @property
    def key(self) -> str:
        """What names the item in its queue, such as ``n17`` or ``r56/r12``."""
        return "/".join(self.about)

    @property
    def waiting(self) -> str:
        """How many items wait, in words."""
        return f"{many(self.left)} left"

    def answer(self, key: str) -> Answer | None:
        """Return the answer that a key gives, None if it gives none."""
        return next((one for one in self.answers if one.key == key), None)


def many(waiting: int) -> str:
    """Return how many items wait, in words: they are counted up to ``COUNTED``."""
    return f"{waiting:,}{' or more' if waiting >= COUNTED else ''}"


def passage(
    connection: Connection,
    row: Record,
    identifier: str,
    marks: Iterable[Place],
    context: int = CONTEXT,
) -> Passage:
    """Return what stands around ``row.start`` to ``row.end`` in an article, cut between words.

    ``row`` also holds article_id, outlet, published and source; ``marks`` are places in the
    article; those outside the passage are left out. ``context`` is how many characters are shown
    on each side.
    """
    start, end, lead, body = _around(connection, row, context)
    found = (
        Mark(first - start + len(lead), last - start + len(lead), role)
        for first, last, role in marks
        if first is not None and last is not None and start <= first < last <= end
    )
    facts = (row.outlet, row.published, row.source)
    place = ", ".join(str(fact) for fact in facts if fact)
    return Passage(identifier, row.article_id, place, lead + body, tuple(found))


def _around(connection: Connection, row: Record, context: int) -> tuple[int, int, str, str]:
    """Return where a passage begins and ends, what it is led in with, and its text."""
    first = max(0, row.start - context)
    query = """SELECT substr(body, :first, :many) AS text, length(body) AS length
                 FROM articles WHERE id = :id"""
    many = row.end + context - first
    (found,) = ask(connection, query, {"id": row.article_id, "first": first + 1, "many": many})
    text: str = found.text
    start, end = row.start - first, row.end - first
    before, after = text[:start], text[end:]
    lead = tail = ""
    if first:
        space = _SPACE.search(before)
        before = before[space.end() :] if space else ""
        lead = "" if space and "\n" in space.group() else "… "
    if first + len(text) < found.length and (cut := _CUT_WORD.search(after)):
        after = after[: cut.start()]
        tail = "" if "\n" in cut.group() else " …"
    cited = before + text[start:end] + after + tail
    return row.start - len(before), row.end + len(after), lead, cited

"""How far two people agree who judged the same things."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from quotes.database.session import Connection
from quotes.search.reading import ask
from quotes.search.review.items import QueueName

_QUOTATIONS = """
SELECT j."by", j.kind, j.value, p.quotation_id FROM judgement_list j
  JOIN judgement_places p ON p.judgement_id = j.id
 WHERE p.quotation_id IS NOT NULL AND j.undone_at IS NULL
   AND (j.kind = 'attribution' OR (j.kind = 'kind' AND j.value = 'none'))
 ORDER BY j.id"""

_STATEMENTS = """
SELECT j."by", j.kind, j.value, one.rendering_id AS one, two.rendering_id AS two
  FROM judgement_list j
  JOIN judgements w ON w.id = j.id AND w.batch IS NULL
  JOIN judgement_places one ON one.judgement_id = j.id AND one.anchor = 0
  JOIN judgement_places two ON two.judgement_id = j.id AND two.anchor = 1
 WHERE j.kind IN ('same', 'different', 'meaning') AND j.undone_at IS NULL
   AND one.rendering_id IS NOT NULL AND two.rendering_id IS NOT NULL
 ORDER BY j.id"""

_PEOPLE = """SELECT j."by", j.kind, j.speaker, j.value FROM judgement_list j
              WHERE j.kind IN ('merge', 'apart') AND j.undone_at IS NULL ORDER BY j.id"""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What two people said of the same items of one queue.

    ``kappa`` is Cohen's: 1 for full agreement, 0 for what chance would give; None where all
    answers are one. ``apart`` are the keys of the items on which they differ.
    """

    queue: QueueName
    readers: tuple[str, str]
    items: int
    agreed: int
    kappa: float | None
    apart: tuple[str, ...]


def agreement(connection: Connection) -> list[Agreement]:
    """Return the agreement of every two people who judged the same things, by queue.

    Of several judgements of one person on one thing the latest counts, if it stands.
    """
    said: dict[QueueName, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for queue, key, reader, answer in _answers(connection):
        said[queue][reader][key] = answer
    found = []
    for queue, by_reader in said.items():
        for one, other in combinations(sorted(by_reader), 2):
            both = sorted(by_reader[one].keys() & by_reader[other].keys())
            if both:
                pairs = [(by_reader[one][key], by_reader[other][key]) for key in both]
                apart = [key for key, (a, b) in zip(both, pairs, strict=True) if a != b]
                found.append(
                    Agreement(queue, (one, other), len(both), len(both) - len(apart),
                              kappa(pairs), tuple(apart))
                )  # fmt: skip
    return found


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Return Cohen's kappa of pairs of answers; None where chance alone explains agreement."""
    many = len(pairs)
    one, other = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(one[answer] * other[answer] for answer in one) / many**2
    agreed = sum(a == b for a, b in pairs) / many
    return None if chance == 1 else (agreed - chance) / (1 - chance)


def _answers(connection: Connection) -> Iterator[tuple[QueueName, str, str, str]]:
    """Yield queue, key of the item, who judged it, and the answer, in order."""
    for row in ask(connection, _QUOTATIONS):
        answer = "not speech" if row.kind == "kind" else row.value or "nobody"
        yield "speakers", f"n{row.quotation_id}", row.by, answer
    for row in ask(connection, _STATEMENTS):
        key = "/".join(f"r{number}" for number in sorted((row.one, row.two)))
        if row.kind == "meaning":
            yield "meanings", key, row.by, row.value
        else:
            yield "merges", key, row.by, row.kind
    for row in ask(connection, _PEOPLE):
        yield "names", "/".join(sorted((row.speaker, row.value))), row.by, row.kind

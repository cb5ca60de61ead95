"""The queues, by name: what waits in each, and what comes next."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from quotes.database.session import Connection
from quotes.errors import UsageError
from quotes.search.review import people, quotations, statements
from quotes.search.review.items import COUNTED, Item, QueueName, Reader

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue: its title, which items wait (most doubtful first, at most so many), and one item."""

    title: str
    waiting: Callable[[Connection, Reader, int], list[Key]]
    show: Callable[[Connection, Sequence[str]], Item]


QUEUES: Mapping[QueueName, Queue] = {
    "speakers": Queue("unsure speakers", quotations.unsure, quotations.show_unsure),
    "disputed": Queue("disputed speakers", quotations.disputed, quotations.show_disputed),
    "merges": Queue("doubtful merges", statements.doubtful, statements.show_doubtful),
    "meanings": Queue("changed meanings", statements.divergent, statements.show_divergent),
    "names": Queue("names that may be one person", people.alike, people.show_alike),
}
"""Every queue, in the order in which to go through them: speakers decide what can be merged."""


def count_waiting(connection: Connection, reader: Reader) -> dict[QueueName, int]:
    """Return how many items wait in each queue, up to ``COUNTED``."""
    return {name: len(queue.waiting(connection, reader, COUNTED)) for name, queue in QUEUES.items()}


def next_item(
    connection: Connection, name: QueueName, reader: Reader, passed: Collection[str] = ()
) -> Item | None:
    """Return the most doubtful item of a queue, None if there is none.

    ``passed`` are the keys of items that the person skipped. What is left is counted up to
    ``COUNTED``: nobody should wait for more.
    """
    waiting = QUEUES[name].waiting(connection, reader, COUNTED + len(passed))
    left = [key for key in waiting if "/".join(key) not in passed]
    return (
        replace(QUEUES[name].show(connection, left[0]), left=min(len(left), COUNTED))
        if left
        else None
    )


def find_item(connection: Connection, name: QueueName, key: str) -> Item:
    """Return the item with a key (see ``Item.key``), whether or not it waits.

    Raises UsageError if there is none.
    """
    about = tuple(key.split("/"))
    if len(about) != (1 if name in ("speakers", "disputed") else 2) or not all(about):
        raise UsageError(f"'{key}' is no item of the queue '{name}'")
    return QUEUES[name].show(connection, about)

"""Going through the queues of ``quotes review``: what is doubtful, one item after the other."""

from __future__ import annotations

from collections.abc import Collection

from quotes.api.judging import Find, Judge
from quotes.database.session import open_reader
from quotes.errors import UsageError
from quotes.search.doubt import SURE
from quotes.search.review.agreement import Agreement, agreement
from quotes.search.review.items import Answer, Item, QueueName, Reader
from quotes.search.review.queues import count_waiting, find_item, next_item


class Review:
    """One person's way through what the program, or another person, may have got wrong.

    Every answer is stored at once as a judgement in the name of ``by`` (default: the name of the
    system's user). ``below`` is the confidence (0-1) under which a speaker is unsure. With
    ``second`` the queues hold what others have judged, without their answers: ``agreement`` then
    tells how far both agree. ``find`` is as in ``Judge``, which ``judge`` is.
    """

    def __init__(
        self,
        url: str,
        by: str | None = None,
        *,
        below: float = SURE,
        second: bool = False,
        find: Find | None = None,
    ) -> None:
        self.judge = Judge(url, by, find)
        self._url = url
        self._reader = Reader(self.judge.by, below, second)

    def waiting(self) -> dict[QueueName, int]:
        """Return how many items wait in each queue, up to ``COUNTED``."""
        with open_reader(self._url) as connection:
            return count_waiting(connection, self._reader)

    def next(self, queue: QueueName, passed: Collection[str] = ()) -> Item | None:
        """Return the most doubtful item of a queue but for ``passed`` keys, None at its end."""
        with open_reader(self._url) as connection:
            return next_item(connection, queue, self._reader, passed)

    def item(self, queue: QueueName, key: str) -> Item:
        """Return the item with this key; raises UsageError if there is none."""
        with open_reader(self._url) as connection:
            return find_item(connection, queue, key)

    def answer(
        self, item: Item, key: str, *, name: str | None = None, comment: str | None = None
    ) -> int:
        """Store the answer that ``key`` gives to an item; return the judgement's number.

        ``name`` (a slug or any spelling) is whom an answer that asks for a name means, ``comment``
        goes into the log. Raises UsageError for a key that gives no answer, or an unknown name.
        """
        given = item.answer(key)
        if given is None:
            raise UsageError(f"'{key}' is not an answer to this: {_listed(item)}")
        if given.asks_name and not (name or "").strip():
            raise UsageError("give the name of the speaker")
        return self._store(item, given, name, comment or "review")

    def _store(self, item: Item, given: Answer, name: str | None, why: str) -> int:
        judge, about = self.judge, item.about
        if given.decision == "attribution":
            return judge.attribution(about[0], name if given.asks_name else given.value, why=why)
        if given.decision == "kind":
            return judge.kind(about[0], "none", why=why)
        if given.decision == "same":
            return judge.same(*about[:2], why=why)
        if given.decision == "different":
            return judge.different(*str(given.value).split("/"), why=why)
        if given.decision == "meaning":
            return judge.meaning(about[0], about[1], given.value == "changed", why=why)
        if given.decision == "apart":
            return judge.apart(*about[:2], why=why)
        into = str(given.value)
        (other,) = {*about} - {into}
        return judge.merge(other, into, why=why)

    def undo(self, judgement: int) -> int:
        """Undo a judgement; return the number of the undo."""
        return self.judge.undo(judgement, why="review")

    def agreement(self) -> list[Agreement]:
        """Return how far every two people agree who judged the same things."""
        with open_reader(self._url) as connection:
            return agreement(connection)


def _listed(item: Item) -> str:
    return ", ".join(f"{one.key} ({one.label})" for one in item.answers)

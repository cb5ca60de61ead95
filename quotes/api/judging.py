"""Corrections by a person: the judgements of ``quotes judge`` and ``quotes speakers``."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from quotes.ids import Id, number
from quotes.database.judgements.log import Entry, read_log
from quotes.database.session import open_session
from quotes.errors import UsageError
from quotes.records import Kind, SpeakerType
from quotes.search.lookup import find_speaker

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from quotes.database.judgements.judge import Judge as StoringJudge

Find = Callable[["Connection", str], str]
"""Returns the slug of the speaker meant by a slug or any spelling."""


class Judge:
    """Stores what one person decides; it wins over the program's answers, now and later.

    Every method stores one judgement, brings the database up to date in the same transaction, and
    returns the judgement's number, which ``undo`` takes. Speakers are named by slug or by any
    spelling; ``why`` is the reason, for the log. UsageError is raised for what does not exist, and
    its AmbiguousError for a name that several speakers have.
    """

    def __init__(self, url: str, by: str | None = None, find: Find | None = None) -> None:
        self.by = by or _system_user()
        self._url = url
        self._find = find or (lambda connection, name: find_speaker(connection, name).slug)

    def __repr__(self) -> str:
        return f"<quotes.Judge {self.by!r}>"

    def attribution(self, quotation: Id, speaker: str | None, *, why: str | None = None) -> int:
        """Say whose a quotation ("n17" or 17) is; None: nobody's."""
        with self._judging() as (session, judge):
            slug = None if speaker is None else self._slug(session, speaker)
            return judge.attribution(number(quotation, "n"), slug, why)

    def kind(self, quotation: Id, kind: Kind, *, why: str | None = None) -> int:
        """Say what a quotation is: "direct", "mixed", or "none" (a title, a nickname ...)."""
        with self._judging() as (_, judge):
            return judge.kind(number(quotation, "n"), kind, why)

    def same(self, left: Id, right: Id, *, why: str | None = None) -> int:
        """Say that two quotes (12 or "q12"), variants ("v34") or renderings ("r56") are one."""
        with self._judging() as (_, judge):
            return judge.pair("same", _statement(left), _statement(right), why)

    def different(self, left: Id, right: Id, *, why: str | None = None) -> int:
        """Say that two quotes, variants or renderings are not one statement."""
        with self._judging() as (_, judge):
            return judge.pair("different", _statement(left), _statement(right), why)

    def add(self, name: str, type: SpeakerType = "person", *, why: str | None = None) -> int:  # noqa: A002
        """Add a speaker that no article has named yet."""
        with self._judging() as (_, judge):
            return judge.add(name, type, why)

    def alias(self, speaker: str, spelling: str, *, why: str | None = None) -> int:
        """Say that a speaker is also spelled ``spelling``."""
        with self._judging() as (session, judge):
            return judge.alias(self._slug(session, speaker), spelling, why)

    def rename(self, speaker: str, name: str, *, why: str | None = None) -> int:
        """Give a speaker another name; the old one stays a spelling, the slug stays as it is."""
        with self._judging() as (session, judge):
            return judge.rename(self._slug(session, speaker), name, why)

    def confirm(self, speaker: str, *, why: str | None = None) -> int:
        """Make a provisional speaker, met in articles, a known one."""
        with self._judging() as (session, judge):
            return judge.confirm(self._slug(session, speaker), why)

    def merge(self, speaker: str, into: str, *, why: str | None = None) -> int:
        """Say that one speaker is another: all quotes become theirs, now and in later articles."""
        with self._judging() as (session, judge):
            return judge.merge(self._slug(session, speaker), self._slug(session, into), why)

    def split(
        self,
        speaker: str,
        name: str,
        *,
        spelling: str | None = None,
        quotations: Collection[Id] = (),
        why: str | None = None,
    ) -> int:
        """Say that part of a speaker's quotations are somebody else's.

        They are those named by ``spelling``, and ``quotations``. ``name`` is the slug or name of
        another speaker, or the name of a new one.
        """
        numbers = [number(one, "n") for one in quotations]
        with self._judging() as (session, judge):
            slug = self._slug(session, speaker)
            return judge.split(slug, name, spelling=spelling, quotations=numbers, why=why)

    def undo(self, judgement: int, *, why: str | None = None) -> int:
        """Undo a judgement: what the program found counts again. Undo the undo to restore it."""
        with self._judging() as (_, judge):
            return judge.undo(judgement, why)

    def log(self, *, standing: bool = False, limit: int | None = None) -> list[Entry]:
        """Return the judgements of everybody, latest first; ``standing``: only those in force."""
        with open_session(self._url) as session:
            return read_log(session, standing=standing, limit=limit)

    @contextmanager
    def _judging(self) -> Iterator[tuple[Session, StoringJudge]]:
        from quotes.database.judgements.judge import Judge as StoringJudge

        with open_session(self._url) as session:
            yield session, StoringJudge(session, self.by)

    def _slug(self, session: Session, name: str) -> str:
        with session.begin():
            return self._find(session.connection(), name)


def _statement(given: Id) -> str:
    """Return the number of a quote, variant or rendering as the judge of the database takes it."""
    return str(given).strip().lower().removeprefix("q")


def _system_user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        raise UsageError("the system does not know your name: give one (--by NAME)") from None

"""Corrections by a person: the judgements of ``quotes judge`` and ``quotes speakers``."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from quotes.api.values import day
from quotes.database.session import open_session
from quotes.errors import UsageError
from quotes.ids import Id
from quotes.records import Kind, SpeakerType
from quotes.search.lookup import find_speaker, outlet_slug
from quotes.search.meant import find_meant, quotation_meant

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from quotes.database.judgements.effects import Effect
    from quotes.database.judgements.judge import Judge as StoringJudge
    from quotes.database.judgements.log import Entry
    from quotes.database.session import Connection

Find = Callable[["Connection", str], str]
"""Returns the slug of the speaker meant by a slug or any spelling."""


class Judge:
    """Stores what one person decides; it wins over the program's answers, now and later.

    Every method stores one judgement, brings the database up to date in the same transaction, and
    returns the judgement's number, which ``undo`` takes. Speakers are named by slug or by any
    spelling; ``why`` is the reason, for the log. UsageError is raised for what does not exist, and
    its AmbiguousError for a name that several speakers have. ``effects`` tells what the latest
    judgement changed.
    """

    def __init__(self, url: str, by: str | None = None, find: Find | None = None) -> None:
        self.by = by or _system_user()
        self.effects: list[Effect] = []
        self._url = url
        self._find = find or (lambda connection, name: find_speaker(connection, name).slug)

    def __repr__(self) -> str:
        return f"<quotes.Judge {self.by!r}>"

    def attribution(self, quotation: Id, speaker: str | None, *, why: str | None = None) -> int:
        """Say whose a quotation ("n17" or 17) is; None: nobody's.

        The identifier of a quote ("q12"), variant or rendering means the one quotation that it is
        from; where it is from several, UsageError names them.
        """
        with self._judging() as (session, judge):
            slug = None if speaker is None else self._slug(session, speaker)
            return judge.attribution(self._quotation(session, quotation), slug, why)

    def kind(self, quotation: Id, kind: Kind, *, why: str | None = None) -> int:
        """Say what a quotation is: "direct", "mixed", or "none" (a title, a nickname ...)."""
        with self._judging() as (session, judge):
            return judge.kind(self._quotation(session, quotation), kind, why)

    def same(self, left: Id, right: Id, *, why: str | None = None) -> int:
        """Say that two quotes (12 or "q12"), variants ("v34") or renderings ("r56") are one."""
        with self._judging() as (session, judge):
            one, other = self._statement(session, left), self._statement(session, right)
            return judge.pair("same", one, other, why)

    def different(self, left: Id, right: Id, *, why: str | None = None) -> int:
        """Say that two quotes, variants or renderings are not one statement."""
        with self._judging() as (session, judge):
            one, other = self._statement(session, left), self._statement(session, right)
            return judge.pair("different", one, other, why)

    def meaning(self, left: Id, right: Id, changed: bool, *, why: str | None = None) -> int:
        """Say whether two variants ("v34") of a quote differ in meaning; it is shown so then."""
        with self._judging() as (session, judge):
            one, other = self._variant(session, left), self._variant(session, right)
            return judge.meaning("changed" if changed else "same", one, other, why)

    def canonical(self, wording: Id, *, why: str | None = None) -> int:
        """Say which variant ("v34") or rendering ("r56") stands for its quote."""
        with self._judging() as (session, judge):
            return judge.canonical(self._variant(session, wording), why)

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

    def apart(self, speaker: str, other: str, *, why: str | None = None) -> int:
        """Say that two speakers are two people, so that nobody is asked about them again."""
        with self._judging() as (session, judge):
            return judge.apart(self._slug(session, speaker), self._slug(session, other), why)

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
        with self._judging() as (session, judge):
            numbers = [self._quotation(session, one) for one in quotations]
            slug = self._slug(session, speaker)
            return judge.split(slug, name, spelling=spelling, quotations=numbers, why=why)

    def edit(self, article: Id, *, why: str | None = None, **facts: Any) -> int:
        """Correct facts of an article ("a7"): outlet, published, title, url, byline, language,
        provenance.

        Another date or byline has the article read anew: who held which office depends on it.
        """
        if facts.get("published") is not None:
            facts["published"] = day(facts["published"])
        with self._judging() as (session, judge):
            return judge.edit(self._article(session, article), facts, why)

    def remove(self, article: Id, *, why: str | None = None) -> int:
        """Leave an article ("a7") out of everything; it is kept, for ``undo``."""
        with self._judging() as (session, judge):
            return judge.remove(self._article(session, article), why)

    def rename_outlet(self, outlet: str, name: str, *, why: str | None = None) -> int:
        """Give an outlet another name; the old one still finds it."""
        with self._judging() as (session, judge):
            return judge.rename_outlet(self._outlet(session, outlet), name, why)

    def edit_outlet(self, outlet: str, provenance: str | None, *, why: str | None = None) -> int:
        """Say where the words of an outlet's articles come from: "translated", say; None: unknown.

        It holds for all its articles, later ones, too, that say nothing of it themselves.
        """
        with self._judging() as (session, judge):
            return judge.edit_outlet(self._outlet(session, outlet), provenance, why)

    def merge_outlets(self, outlet: str, into: str, *, why: str | None = None) -> int:
        """Say that one outlet is another: all its articles are the other's, later ones, too."""
        with self._judging() as (session, judge):
            one, other = self._outlet(session, outlet), self._outlet(session, into)
            return judge.merge_outlet(one, other, why)

    def undo(self, judgement: int, *, why: str | None = None) -> int:
        """Undo a judgement: what the program found counts again. Undo the undo to restore it."""
        with self._judging() as (_, judge):
            return judge.undo(judgement, why)

    def log(self, *, standing: bool = False, limit: int | None = None) -> list[Entry]:
        """Return the judgements of everybody, latest first; ``standing``: only those in force."""
        from quotes.database.engine.transaction import reading
        from quotes.database.judgements.log import read_log

        with open_session(self._url) as session, reading(session):
            return read_log(session, standing=standing, limit=limit)

    @contextmanager
    def _judging(self) -> Iterator[tuple[Session, StoringJudge]]:
        from quotes.database.judgements.judge import Judge as StoringJudge

        with open_session(self._url) as session:
            judge = StoringJudge(session, self.by, _extract_again)
            yield session, judge
            self.effects = judge.effects

    def _quotation(self, session: Session, given: Id) -> int:
        if isinstance(given, int):
            return given
        with session.begin():
            return quotation_meant(session.connection(), given)

    def _statement(self, session: Session, given: Id) -> str:
        if isinstance(given, int):
            return f"q{given}"
        with session.begin():
            return str(find_meant(session.connection(), given, "qvrn"))

    def _variant(self, session: Session, given: Id) -> str:
        with session.begin():
            return str(find_meant(session.connection(), given, "vr"))

    def _article(self, session: Session, given: Id) -> int:
        if isinstance(given, int):
            return given
        with session.begin():
            return find_meant(session.connection(), given, "a").number

    def _outlet(self, session: Session, name: str) -> str:
        with session.begin():
            return outlet_slug(session.connection(), name)

    def _slug(self, session: Session, name: str) -> str:
        from quotes.database.engine.transaction import reading

        with reading(session):
            return self._find(session.connection(), name)


def _extract_again(session: Session, article_id: int) -> None:
    """Extract a stored article anew, in the transaction of a judgement on its date or author."""
    from quotes.database.extractions.articles import stored_article
    from quotes.database.extractions.runs import finish_run, start_run
    from quotes.database.registry.speakers import known_speakers
    from quotes.database.reprocess import renew
    from quotes.pipeline import Extractor

    extractor = Extractor(known_speakers(session))
    extracted = extractor.extract(stored_article(session, article_id))
    run = start_run(session, extractor.model)
    renew(session, article_id, extracted, run)
    counts = {"articles": 1, "unchanged": 0, "failed": 0}
    finish_run(session, run, quotations=len(extracted.quotations), **counts)


def _system_user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        raise UsageError("the system does not know your name: give one (--by NAME)") from None

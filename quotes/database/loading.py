"""Storing many extracted articles at once, straight through the driver."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from quotes.database.engine.bulk import among, found, insert_rows, reserve_ids
from quotes.database.engine.models import (
    Article,
    Attribution,
    Quotation,
    Rendering,
    Speaker,
    now,
)
from quotes.database.engine.transaction import whole
from quotes.database.extractions import rows
from quotes.database.extractions.runs import finish_run, start_run
from quotes.database.judgements.standing import Verdicts
from quotes.database.quotes.options import set_semantic
from quotes.database.quotes.rebuild import Merged, remerge
from quotes.database.quotes.renderings import cluster
from quotes.database.registry.outlets import Outlets
from quotes.database.registry.rows import guessed_gender
from quotes.database.registry.speakers import speaker_ids
from quotes.database.repository import Repository
from quotes.errors import ArticleError
from quotes.records import ExtractedArticle, SpeakerType, Stored

_BY_SLUG = select(Speaker.slug).where(among(Speaker.slug))
_CONTENTS = select(Article.content_hash).where(among(Article.content_hash))
_ADDRESSES = select(Article.url).where(among(Article.url))


@dataclass(frozen=True, slots=True)
class Printed:
    """A stored rendering: its id, where it stands, and whether its article names a speaker."""

    id: int
    start: int
    end: int
    attributed: bool


@dataclass(slots=True)
class Loaded:
    """What became of articles."""

    stored: int = 0
    unchanged: int = 0
    failed: list[ArticleError] = field(default_factory=list)


Chunks = Iterable[list[ExtractedArticle]]
Tell = Callable[[int], None]


def takes_whole(session: Session) -> bool:
    """Whether a database has nothing yet that new articles would have to be compared with."""
    with session.begin():
        return Loader(session, 0).is_first()


def load_whole(
    session: Session,
    chunks: Chunks,
    speakers: Iterable[tuple[str, str, SpeakerType]],
    merged: Callable[[Sequence[Sequence[Printed]], list[ExtractedArticle]], None],
    clusters: Merged,
    *,
    semantic: bool,
    on_chunk: Tell,
) -> Loaded:
    """Store articles that are merged already, into a database that ``takes_whole``.

    One transaction: all or nothing. ``speakers`` are slug, name and type of all who are named.
    ``merged`` hears which renderings the articles of each chunk became, ``clusters`` returns those
    of a speaker. ``on_chunk`` hears how many articles are done.
    """
    done = Loaded()
    with whole(session, bulk=True):
        set_semantic(session, semantic)
        loader: Loader | None = None
        for chunk in chunks:
            if loader is None:
                loader = Loader(session, start_run(session, chunk[0].model))
                loader.add_speakers([*speakers])
            merged(loader.add(chunk), chunk)
            done.stored += len(chunk)
            on_chunk(len(chunk))
        if loader is not None:
            remerge(session, lambda *_: None, merged=clusters)
            loader.finish(done)
    return done


def load_more(session: Session, chunks: Chunks, on_chunk: Tell) -> Loaded:
    """Store articles, and merge them with what is stored; each chunk is one transaction."""
    repository = Repository(session)
    done = Loaded()
    loader: Loader | None = None
    for chunk in chunks:
        run = loader.run if loader else repository.start_run(chunk[0].model)
        with whole(session):
            loader = Loader(session, run)
            simple, others = loader.separate(chunk)
            printed = [one for own in loader.add(simple) for one in own]
            cluster(session, [one.id for one in printed if one.attributed])
        done.stored += len(simple)
        for extracted in others:
            outcome = repository.add(extracted, run)
            if isinstance(outcome, ArticleError):
                done.failed.append(outcome)
            elif isinstance(outcome, Stored):
                done.stored += 1
            else:
                done.unchanged += 1
        on_chunk(len(chunk))
    if loader is not None:
        with session.begin():
            loader.finish(done)
    return done


class Loader:
    """Stores articles in the caller's transaction, which no other writer overlaps.

    Statements are not merged: that is left to the caller.
    """

    def __init__(self, session: Session, run: int) -> None:
        self._session = session
        self.run = run
        self._outlets = Outlets(session)
        self._verdicts = Verdicts(session)
        self._versions: dict[str, tuple[int, int]] = {}
        self._quotations = 0

    def finish(self, done: Loaded) -> None:
        """Store that the run is over, and what it came to."""
        finish_run(
            self._session,
            self.run,
            articles=done.stored,
            unchanged=done.unchanged,
            failed=len(done.failed),
            quotations=self._quotations,
        )

    def is_first(self) -> bool:
        """Whether no article is stored, and nobody decided about speakers or outlets."""
        stored = self._session.scalar(select(Article.id).limit(1))
        judged = self._outlets.merged or self._outlets.marked or not self._verdicts.is_empty
        return stored is None and not judged

    def add_speakers(self, speakers: Collection[tuple[str, str, SpeakerType]]) -> None:
        """Store speakers (slug, name, type) who are not known."""
        known = {row.slug for row in found(self._session, _BY_SLUG, {one[0] for one in speakers})}
        fresh = [one for one in speakers if one[0] not in known]
        table = [
            {
                "slug": slug,
                "name": name,
                "type": kind,
                **guessed_gender(name, kind),
                "provisional": True,
                "origin": "article",
            }
            for slug, name, kind in fresh
        ]
        insert_rows(self._session, Speaker, table)

    def separate(
        self, articles: Sequence[ExtractedArticle]
    ) -> tuple[list[ExtractedArticle], list[ExtractedArticle]]:
        """Return those that can be stored by ``add``, and those that need a closer look.

        These are known by their text or URL, or speak of what people decided about speakers or
        outlets.
        """
        contents = {one.article.content_hash for one in articles}
        urls = {one.article.url for one in articles if one.article.url}
        taken = {row.content_hash for row in found(self._session, _CONTENTS, contents)}
        taken |= {row.url for row in found(self._session, _ADDRESSES, urls)}
        simple: list[ExtractedArticle] = []
        others: list[ExtractedArticle] = []
        for one in articles:
            names = {one.article.content_hash, one.article.url} - {None}
            is_known = not taken.isdisjoint(names) or self._is_judged(one)
            (others if is_known else simple).append(one)
            taken |= names
        return simple, others

    def _is_judged(self, extracted: ExtractedArticle) -> bool:
        if self._outlets.find(extracted.article) in self._outlets.merged:
            return True
        for item in extracted.quotations:
            mention = item.attribution.mention
            if item.speaker and item.speaker.slug != self._verdicts.speaker(
                item.speaker.slug, mention.text if mention else None
            ):
                return True
        return False

    def add(self, articles: Sequence[ExtractedArticle]) -> list[list[Printed]]:
        """Store articles and what was found in them; return the renderings of each.

        Raises ArticleError for a text that the database cannot hold.
        """
        for one in articles:
            rows.check(one.article)
        session = self._session
        speakers = iter(speaker_ids(session, *(one.quotations for one in articles)))
        article_ids = reserve_ids(session, Article, len(articles))
        insert_rows(session, Article, [*self._articles(articles, article_ids)])
        many = sum(len(one.quotations) for one in articles)
        self._quotations += many
        quotation_ids = iter(reserve_ids(session, Quotation, many))
        said = [rows.rendering_rows(one) for one in articles]
        rendering_ids = iter(reserve_ids(session, Rendering, sum(map(len, said))))
        tables: tuple[list[dict[str, Any]], ...] = ([], [], [])
        printed: list[list[Printed]] = []
        for key, one, statements in zip(article_ids, articles, said, strict=True):
            ids = [next(quotation_ids) for _ in one.quotations]
            whose = [next(speakers) for _ in one.quotations]
            for table, own in zip(tables, self._found(one, key, ids, whose), strict=False):
                table += own
            own_renderings = [
                {"id": next(rendering_ids), "quotation_id": ids[at], "article_id": key, **row}
                for at, row in statements
            ]
            tables[2].extend(own_renderings)
            printed.append(
                [
                    Printed(row["id"], row["start"], row["end"], whose[at] is not None)
                    for row, (at, _) in zip(own_renderings, statements, strict=True)
                ]
            )
        for model, table in zip((Quotation, Attribution, Rendering), tables, strict=True):
            insert_rows(session, model, table)
        return printed

    def _articles(
        self, articles: Sequence[ExtractedArticle], ids: Sequence[int]
    ) -> Iterator[dict[str, Any]]:
        for key, one in zip(ids, articles, strict=True):
            first, version = self._versions.get(one.article.url or "", (None, 0))
            if one.article.url:
                self._versions[one.article.url] = (first or key, version + 1)
            yield {
                "id": key,
                **rows.article_row(one.article),
                "version": version + 1,
                "first_id": first,
                "outlet_id": self._outlets.id_of(one.article),
                "added": now(),
            }

    def _found(
        self, extracted: ExtractedArticle, article: int, ids: Sequence[int], whose: Sequence[Any]
    ) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        quotations, attributions = [], []
        for key, item, speaker in zip(ids, extracted.quotations, whose, strict=True):
            own = item.quotation
            quotations.append(
                {
                    "id": key,
                    "article_id": article,
                    **rows.quotation_row(own),
                    "parent_id": None if own.parent is None else ids[own.parent],
                    "continues_id": None if own.continues is None else ids[own.continues],
                }
            )
            attributions.append(
                {
                    "quotation_id": key,
                    "run_id": self.run,
                    "speaker_id": speaker,
                    **rows.attribution_row(item),
                }
            )
        return quotations, attributions

"""Storing extracted articles, whole or not at all."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from quotes import __version__, records
from quotes.database import rows
from quotes.database.bulk import batches, insert_rows
from quotes.database.derive import Verdicts, derive
from quotes.database.models import (
    Article,
    Attribution,
    Outlet,
    Quotation,
    Quote,
    Rendering,
    Run,
    Speaker,
    Variant,
    now,
)
from quotes.database.outlets import Outlets
from quotes.database.reanchor import Reanchored, inherit
from quotes.database.renderings import cluster
from quotes.database.speakers import known_speakers, speaker_ids
from quotes.database.writing import whole
from quotes.records import ExtractedArticle, KnownSpeaker, Stored, Unchanged


@dataclass(frozen=True, slots=True)
class Stats:
    """How much the database holds. ``attributed`` counts quotations with a speaker."""

    articles: int
    outlets: int
    quotations: int
    attributed: int
    speakers: int
    quotes: int
    variants: int
    renderings: int


class Repository:
    """Writes extracted articles over one session; every article is one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._outlets: Outlets | None = None

    def start_run(self, model: str) -> int:
        """Store that an extraction with ``model`` (name and version) begins; return its id."""
        with self._session.begin():
            run = Run(program=__version__, model=model)
            self._session.add(run)
            self._session.flush()
            return run.id

    def finish_run(
        self, run_id: int, *, articles: int, unchanged: int, failed: int, quotations: int
    ) -> None:
        """Store that a run is over, and what it came to."""
        with self._session.begin():
            self._session.execute(
                update(Run)
                .where(Run.id == run_id)
                .values(
                    finished=now(),
                    articles=articles,
                    unchanged=unchanged,
                    failed=failed,
                    quotations=quotations,
                )
            )

    def find(self, article: records.Article) -> Unchanged | None:
        """Return the article if it is stored already, so that extracting it can be spared.

        Raises ArticleError if the text cannot be stored exactly.
        """
        rows.check(article)
        with self._session.begin():
            found = self._find(article)
            return None if found is None else Unchanged(found)

    def known_addresses(self, addresses: Collection[str]) -> set[str]:
        """Return which of some addresses are those of stored articles, or led to them."""
        with self._session.begin():
            found: set[str] = set()
            for some in batches([*addresses]):
                query = select(Article.url, Article.source).where(
                    or_(Article.url.in_(some), Article.source.in_(some))
                )
                found.update(one for row in self._session.execute(query) for one in row if one)
        return found & set(addresses)

    def add_article(self, extracted: ExtractedArticle, run_id: int) -> Stored | Unchanged:
        """Store an article with everything found in it, and merge its statements into quotes.

        One transaction: an interrupt leaves nothing behind. The same text at the same address
        (URL, else outlet, else day) is left as it is; another text at a known URL is a new version.
        Raises ArticleError if the text cannot be stored exactly.
        """
        rows.check(extracted.article)
        with self._whole():
            found = self._find(extracted.article)
            if found is not None:
                return Unchanged(found)
            article_id, version = self._add_text(extracted.article)
            speakers = speaker_ids(self._session, extracted)
            quotations = self._add_quotations(extracted, article_id)
            self._add_attributions(extracted, quotations, speakers, run_id)
            self._add_renderings(extracted, quotations, speakers)
            inherited = inherit(self._session, article_id) if version > 1 else Reanchored()
            self._apply_judgements(extracted, quotations, inherited)
        attributed = sum(speaker is not None for speaker in speakers)
        lost = tuple(inherited.lost)
        return Stored(article_id, version, len(quotations), attributed, lost)

    def known_speakers(self) -> list[KnownSpeaker]:
        """Return the registry, for the speakers stage."""
        with self._session.begin():
            return known_speakers(self._session)

    def stats(self) -> Stats:
        """Count what the database holds."""
        counted = {
            "articles": Article,
            "outlets": Outlet,
            "quotations": Quotation,
            "speakers": Speaker,
            "quotes": Quote,
            "variants": Variant,
            "renderings": Rendering,
        }
        with self._session.begin():
            counts = {
                name: self._session.scalar(select(func.count()).select_from(table)) or 0
                for name, table in counted.items()
            }
            attributed = self._session.scalar(select(func.count(Attribution.speaker_id))) or 0
        return Stats(attributed=attributed, **counts)

    @contextmanager
    def _whole(self) -> Iterator[None]:
        try:
            with whole(self._session):
                yield
        except BaseException:
            self._outlets = None
            raise

    def _find(self, article: records.Article) -> int | None:
        return self._session.scalar(
            select(Article.id).where(
                Article.content_hash == article.content_hash,
                Article.address == rows.address(article),
            )
        )

    def _add_text(self, article: records.Article) -> tuple[int, int]:
        """Insert the article; return its id and version."""
        self._outlets = self._outlets or Outlets(self._session)
        first_id, latest = None, 0
        if article.url:
            first_id, latest = self._session.execute(
                select(func.min(Article.id), func.coalesce(func.max(Article.version), 0)).where(
                    Article.url == article.url
                )
            ).one()
        row = {
            **rows.article_row(article),
            "outlet_id": self._outlets.id_of(article),
            "version": latest + 1,
            "first_id": first_id,
            "added": now(),
        }
        return insert_rows(self._session, Article, [row])[0], latest + 1

    def _add_quotations(self, extracted: ExtractedArticle, article_id: int) -> Sequence[int]:
        found = [item.quotation for item in extracted.quotations]
        ids = insert_rows(
            self._session,
            Quotation,
            [{"article_id": article_id, **rows.quotation_row(item)} for item in found],
        )
        linked = [
            {
                "id": key,
                "parent_id": None if item.parent is None else ids[item.parent],
                "continues_id": None if item.continues is None else ids[item.continues],
            }
            for key, item in zip(ids, found, strict=True)
            if item.parent is not None or item.continues is not None
        ]
        if linked:
            self._session.execute(update(Quotation), linked)
        return ids

    def _add_attributions(
        self,
        extracted: ExtractedArticle,
        quotations: Sequence[int],
        speakers: Sequence[int | None],
        run_id: int,
    ) -> None:
        insert_rows(
            self._session,
            Attribution,
            [
                {
                    "quotation_id": key,
                    "run_id": run_id,
                    "speaker_id": speaker,
                    **rows.attribution_row(item),
                }
                for key, speaker, item in zip(
                    quotations, speakers, extracted.quotations, strict=True
                )
            ],
        )

    def _apply_judgements(
        self, extracted: ExtractedArticle, quotations: Sequence[int], inherited: Reanchored
    ) -> None:
        """Give quotations to whom people say, where that is not whom the machine found."""
        verdicts = Verdicts(self._session)
        found = [
            (key, item.speaker.slug, mention.text if mention else None)
            for key, item in zip(quotations, extracted.quotations, strict=True)
            if item.speaker
            for mention in [item.attribution.mention]
        ]
        judged = {key for key, slug, words in found if verdicts.speaker(slug, words) != slug}
        if judged or inherited.quotations:
            derive(self._session, judged | inherited.quotations)
        if inherited.renderings:
            cluster(self._session, [], inherited.renderings)

    def _add_renderings(
        self,
        extracted: ExtractedArticle,
        quotations: Sequence[int],
        speakers: Sequence[int | None],
    ) -> None:
        found = rows.rendering_rows(extracted)
        ids = insert_rows(
            self._session,
            Rendering,
            [{"quotation_id": quotations[at], **row} for at, row in found],
        )
        cluster(
            self._session,
            [key for key, (at, _) in zip(ids, found, strict=True) if speakers[at] is not None],
        )

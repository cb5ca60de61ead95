"""Storing extracted articles, whole or not at all."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from quotes import records
from quotes.database.engine.attempts import attempt
from quotes.database.engine.bulk import batches
from quotes.database.engine.models import (
    Article,
    Attribution,
    Outlet,
    Quotation,
    Quote,
    Rendering,
    Speaker,
    Variant,
)
from quotes.database.engine.transaction import reading, whole
from quotes.database.extractions import articles, quotations, rows, runs
from quotes.database.judgements.derive import derive
from quotes.database.judgements.places import Reanchored, inherit
from quotes.database.judgements.sources import apply_facts
from quotes.database.judgements.standing import Verdicts
from quotes.database.quotes.regroup import redated
from quotes.database.quotes.renderings import cluster
from quotes.database.registry.outlets import Outlets
from quotes.database.registry.speakers import known_speakers, speaker_ids
from quotes.database.reprocess import renew
from quotes.errors import ArticleError
from quotes.records import Completed, ExtractedArticle, KnownSpeaker, Stored, Unchanged


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
            return runs.start_run(self._session, model)

    def finish_run(
        self, run_id: int, *, articles: int, unchanged: int, failed: int, quotations: int
    ) -> None:
        """Store that a run is over, and what it came to."""
        with self._session.begin():
            runs.finish_run(
                self._session,
                run_id,
                articles=articles,
                unchanged=unchanged,
                failed=failed,
                quotations=quotations,
            )

    def find(self, article: records.Article) -> Unchanged | ArticleError | records.Article:
        """Return what there is to extract; Unchanged if the article is stored and nothing is new.

        An article that is stored with less than is known about it now comes back with all that is
        known. An ArticleError says that it cannot be stored exactly as it is.
        """
        return attempt(article.source, lambda: self._find(article))

    def _find(self, article: records.Article) -> Unchanged | records.Article:
        rows.check(article)
        with reading(self._session):
            self._outlets = self._outlets or Outlets(self._session)
            known = articles.find_article(self._session, article, self._outlets.find(article))
        if known is None:
            return article
        return known.whole if known.learnt else Unchanged(known.id)

    def add(
        self, extracted: ExtractedArticle, run_id: int
    ) -> Stored | Completed | Unchanged | ArticleError:
        """Do what ``add_article`` does; what is wrong with the article alone is returned."""
        source = extracted.article.source
        return attempt(source, lambda: self.add_article(extracted, run_id))

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

    def is_stored(self, url: str, raw_hash: str) -> bool:
        """Whether an article was read from a page with this address and SHA-256."""
        query = select(Article.id).where(Article.url == url, Article.raw_hash == raw_hash)
        with self._session.begin():
            return self._session.scalar(query.limit(1)) is not None

    def add_article(
        self, extracted: ExtractedArticle, run_id: int
    ) -> Stored | Completed | Unchanged:
        """Store an article with everything found in it, and merge its statements into quotes.

        One transaction: an interrupt leaves nothing behind. The same text at the same address
        (URL, else outlet and day) is left as it is, or completed with facts that it lacks; another
        text at a known URL is a new version.
        Raises ArticleError if the text cannot be stored exactly.
        """
        rows.check(extracted.article)
        session = self._session
        with self._whole() as outlets:
            article = extracted.article
            known = articles.find_article(session, article, outlets.find(article))
            if known is not None and not known.learnt:
                return Unchanged(known.id)
            outlet = outlets.id_of(article)
            if known is not None:
                return self._complete(known, extracted, outlet, run_id)
            article_id, version = articles.add_article(session, article, outlet)
            if outlet in outlets.merged:
                apply_facts(session, [article_id])
            speakers = speaker_ids(session, extracted.quotations)
            stored = quotations.add_quotations(session, extracted, article_id)
            quotations.add_attributions(session, extracted, stored, speakers, run_id)
            said = quotations.add_renderings(session, extracted, article_id, stored)
            cluster(session, [key for key, at in said if speakers[at] is not None])
            inherited = Reanchored()
            if version > 1:
                inherited = inherit(session, article_id)
                with redated(session, [article_id]):
                    apply_facts(session, [article_id])
            self._apply_judgements(extracted, stored, inherited)
            if version > 1 and articles.corrected(session, article_id):
                derive(session, stored)
        attributed = sum(speaker is not None for speaker in speakers)
        return Stored(article_id, version, len(stored), attributed, tuple(inherited.lost))

    def _complete(
        self, known: articles.Known, extracted: ExtractedArticle, outlet: int | None, run: int
    ) -> Completed:
        """Store what was learnt about an article, and what is found in it with that."""
        with redated(self._session, [known.id]):
            articles.complete_article(self._session, known, outlet)
            apply_facts(self._session, [known.id])
        lost = renew(self._session, known.id, extracted, run).lost
        facts = tuple(sorted(known.learnt))
        return Completed(known.id, facts, len(extracted.quotations), tuple(lost))

    def known_speakers(self) -> list[KnownSpeaker]:
        """Return the registry, for the speakers stage."""
        with reading(self._session):
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
        with reading(self._session):
            counts = {
                name: self._session.scalar(select(func.count()).select_from(table)) or 0
                for name, table in counted.items()
            }
            attributed = self._session.scalar(select(func.count(Attribution.speaker_id))) or 0
        return Stats(attributed=attributed, **counts)

    @contextmanager
    def _whole(self) -> Iterator[Outlets]:
        """Do everything or nothing; outlets are read again after nothing was done."""
        try:
            with whole(self._session):
                self._outlets = self._outlets or Outlets(self._session)
                yield self._outlets
        except BaseException:
            self._outlets = None
            raise

    def _apply_judgements(
        self, extracted: ExtractedArticle, stored: Sequence[int], inherited: Reanchored
    ) -> None:
        """Give quotations to whom people say, where that is not whom the machine found."""
        verdicts = Verdicts(self._session)
        found = [
            (key, item.speaker.slug, mention.text if mention else None)
            for key, item in zip(stored, extracted.quotations, strict=True)
            if item.speaker
            for mention in [item.attribution.mention]
        ]
        judged = {key for key, slug, words in found if verdicts.speaker(slug, words) != slug}
        if judged or inherited.quotations:
            derive(self._session, judged | inherited.quotations)
        if inherited.renderings:
            cluster(self._session, [], inherited.renderings)

"""Articles made for the purpose, with everything that makes merging hard: no text of any paper.

Statements of ``normalise.Maker`` (a fifth of them one speaker's, renderings trimmed, stitched,
mistyped and translated) stand side by side in articles, several in one quotation. Some articles are
unsure who spoke, name an office or a group, or somebody else, surely or not; fragments of one to
three words stand beside the sentences that they are from; some have no day or no outlet, some are
marked as translated, and some are reprinted by other outlets as they are.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import count, islice
from typing import Any, get_args

from normalise import OUTLETS, Maker, Printed

from quotes.distributed import plan
from quotes.distributed.batches import Batch
from quotes.distributed.records import article_row, found_rows
from quotes.distributed.schema import EXTRACTED, table
from quotes.english.folding import slugify
from quotes.records import (
    Article,
    AttributedQuotation,
    Attribution,
    ExtractedArticle,
    Provenance,
    Quotation,
    Span,
    Speaker,
    SpeakerType,
    Statement,
)

MODEL = "made 1.0"
COPIED = 0.05
"""Share of the articles that other outlets reprint."""
_GROUPS: tuple[tuple[str, SpeakerType], ...] = (
    ("Harbour Board", "organisation"),
    ("officials", "group"),
    ("a spokesman", "anonymous"),
)
_TYPES: tuple[SpeakerType, ...] = ("organisation", "group")

Said = tuple[Speaker | None, float, tuple[str, ...]]
"""Speaker, confidence, statements."""


def made_articles(renderings: int, seed: int = 1) -> Iterator[ExtractedArticle]:
    """Yield articles with about so many renderings, always the same ones for a seed."""
    chance = random.Random(seed)
    printed = iter(Maker(seed).make(int(renderings / 1.4)))
    numbers = count(1)
    while some := [*islice(printed, chance.choice((1, 2, 3, 5, 8)))]:
        said = _said(some, chance)
        copies = chance.choice((3, 5, 8)) if chance.random() < COPIED else 0
        for at in range(1 + copies):
            outlet = chance.randrange(OUTLETS) if at else some[0].outlet
            yield _article(next(numbers), said, some[0].day, outlet, chance)


def _said(some: Sequence[Printed], chance: random.Random) -> list[Said]:
    """Return what an article has of some renderings, and of whom."""
    said: list[Said] = []
    for one in some:
        speaker, confidence = _speaker(one, chance)
        words = one.text.split()
        if chance.random() < 0.15 and said and said[-1][0] == speaker:
            said[-1] = (speaker, said[-1][1], (*said[-1][2], one.text))
            continue
        said.append((speaker, confidence, (one.text,)))
        if chance.random() < 0.12 and len(words) > 5:
            at = chance.randrange(len(words) - 3)
            fragment = " ".join(words[at : at + chance.choice((1, 2, 3))])
            said.append((speaker, confidence, (fragment,)))
    return said


def _article(
    number: int, said: Sequence[Said], printed: date, paper: int, chance: random.Random
) -> ExtractedArticle:
    day: date | None = printed if chance.random() < 0.97 else None
    outlet = f"Made Paper {paper}" if chance.random() < 0.95 else None
    url = f"https://made.example/{number}" if chance.random() < 0.9 else None
    body, items, statements = _laid_out(said, chance, f"Report {number}.")
    mark = chance.choice(get_args(Provenance)) if chance.random() < 0.1 else None
    facts: dict[str, Any] = {"outlet": outlet, "url": url, "published": day, "provenance": mark}
    article = Article(f"made/{number}", body, **facts)
    return ExtractedArticle(article, items, statements, MODEL)


def _speaker(one: Printed, chance: random.Random) -> tuple[Speaker | None, float]:
    """Return whom an article names for a rendering, and how sure it is."""
    pick = chance.random()
    if pick < 0.03:
        return None, 0.3
    if pick < 0.1:
        name, kind = chance.choice(_GROUPS)
        return _named(name, kind), round(chance.uniform(0.4, 0.95), 2)
    if pick < 0.16:
        return _named(f"Bo Made{chance.randrange(5)}"), round(chance.uniform(0.5, 0.99), 2)
    if pick < 0.17:
        return _named(f"Ann Made{one.speaker}", chance.choice(_TYPES)), 0.9
    return _named(f"Ann Made{one.speaker}"), round(chance.uniform(0.8, 1.0), 3)


def _named(name: str, kind: SpeakerType = "person") -> Speaker:
    slug = name.lower().replace(" ", "-")
    return Speaker(slug, name, kind, True, "full-name", 1.0)


def _laid_out(
    said: Sequence[Said], chance: random.Random, body: str
) -> tuple[str, tuple[AttributedQuotation, ...], tuple[tuple[Statement, ...], ...]]:
    items: list[AttributedQuotation] = []
    statements: list[tuple[Statement, ...]] = []
    for speaker, confidence, texts in said:
        body += "\n\n" if chance.random() < 0.8 else "\n\n" + "Rain fell. " * 20
        start = len(body)
        body += "“"
        found = []
        for text in texts:
            body += " " if found else ""
            found.append(Statement(len(body), len(body) + len(text), text))
            body += text
        body += "”"
        quotation = Quotation(
            start, len(body), body[start:], start + 1, len(body) - 1, "direct", "made"
        )
        mention = None
        if speaker:
            body += f" said {speaker.name}."
            mention = Span(len(body) - 1 - len(speaker.name), len(body) - 1, speaker.name)
        attribution = Attribution(mention, None, "made", confidence)
        items.append(AttributedQuotation(quotation, attribution, speaker))
        statements.append(tuple(found))
    return body, tuple(items), tuple(statements)


def as_extracted(batch: Batch, articles: Iterable[ExtractedArticle]) -> None:
    """Leave articles in a batch as ``quotes batch extract`` would."""
    engine = batch.engine
    rows = [
        article_row(one.article, at, one.article.outlet and slugify(one.article.outlet))
        | {"model": one.model, "seconds": 0.0, "quotations": found_rows(one)}
        for at, one in enumerate(articles)
    ]
    parts = max(1, len(rows) // 1000)
    engine.save(engine.rows(table(rows, EXTRACTED), parts), batch.folder, "extracted/00000")
    batch.stages.finish("texts", "made", slices=0, seconds=0.0, peak=0)
    facts = plan._tables(batch, 1) | {"seconds": 0.0, "peak": 0}
    batch.stages.finish("tables", f"made {len(rows)}", **facts)
    batch.folder.remove("extracted")

"""What storing costs beside extracting, and how it grows with the database.

    python benchmarks/ingest.py ARTICLES... [--sizes 1000 5000 20000] [--db URL] [--json FILE]

Extracts the articles once, then stores them over and over, in a SQLite file or in ``--db`` (which
has to be empty). Each time they say something else: every longer word that tells something is
exchanged for another one of the same length that is in the articles, so that the offsets stay
right, nothing is a reprint, and as much is said twice as in the articles themselves. Each time they
are from the month after and from other outlets.

Up to ``MEASURED`` articles before each of the sizes they are stored in bulk, as ``quotes batch
load`` does; the last ones are stored one by one, as ``quotes ingest`` does. Prints for each size,
in processor time of this process: what extracting some of the articles takes just then, what
storing takes, both together by extracting alone, storing by that of the first line; and the size of
the database beside that of the texts. In the end the parts of a SQLite file that are largest, by
that size. What the server of PostgreSQL does is not counted.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import random
import re
import sqlite3
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import count, islice
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from quotes.articles import read_articles
from quotes.database.engine.transaction import whole
from quotes.database.loading import Loader
from quotes.database.quotes.rebuild import remerge
from quotes.database.repository import Repository
from quotes.database.session import open_session
from quotes.english.informativeness import FUNCTION_WORDS
from quotes.pipeline import Extractor
from quotes.records import Article, ExtractedArticle
from quotes.seeds import load_speakers

MEASURED = 500
OUTLETS = 50
CHUNK = 200
BEGIN = date(2000, 1, 1)
AGAIN = 50
"""So many articles are extracted again for every line: a machine is not always as fast."""
_LONGER = re.compile(r"\b[a-z]{4,}\b")


class Copies:
    """The articles in other words, as often as they are asked for."""

    def __init__(self, found: Sequence[ExtractedArticle]) -> None:
        self._found = found
        by_length: dict[int, set[str]] = defaultdict(set)
        for one in found:
            for word in {*_LONGER.findall(one.article.body)} - FUNCTION_WORDS:
                by_length[len(word)].add(word)
        self._words = {length: sorted(words) for length, words in by_length.items()}

    def __iter__(self) -> Iterator[ExtractedArticle]:
        """Yield them for ever."""
        chance = random.Random(1)
        for turn in count():
            others = {
                word: other
                for words in self._words.values()
                for word, other in zip(words, chance.sample(words, len(words)), strict=True)
            }

            def said(match: re.Match[str], others: dict[str, str] = others) -> str:
                return others.get(match[0], match[0])

            for at, one in enumerate(self._found):
                day = BEGIN + timedelta(30 * turn + chance.randrange(30))
                facts = {"outlet": f"Made {chance.randrange(OUTLETS)}", "published": day}
                yield in_other_words(one, said, url=f"https://made.example/{turn}/{at}", **facts)


def in_other_words(
    one: ExtractedArticle, said: Callable[[re.Match[str]], str], **facts: Any
) -> ExtractedArticle:
    """Return an article whose longer words are exchanged, with other facts."""
    items = tuple(
        dataclasses.replace(
            item,
            quotation=dataclasses.replace(
                item.quotation, text=_LONGER.sub(said, item.quotation.text)
            ),
        )
        for item in one.quotations
    )
    statements = tuple(
        tuple(dataclasses.replace(each, text=_LONGER.sub(said, each.text)) for each in some)
        for some in one.statements
    )
    body = _LONGER.sub(said, one.article.body)
    article = dataclasses.replace(one.article, body=body, original=None, **facts)
    return dataclasses.replace(one, article=article, quotations=items, statements=statements)


def seconds(extractor: Extractor, articles: Sequence[Article]) -> float:
    """Return the processor seconds that extracting takes an article."""
    began = time.process_time()
    for article in articles:
        extractor.extract(article)
    return (time.process_time() - began) / len(articles)


def size(session: Session) -> int:
    """Return the bytes of a database."""
    if session.get_bind().dialect.name == "postgresql":
        query = "SELECT pg_database_size(current_database())"
    else:
        query = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
    with session.begin():
        return int(session.scalar(text(query)) or 0)


def fill(session: Session, run: int, made: Iterator[ExtractedArticle], many: int) -> int:
    """Store so many articles in bulk; return the bytes of their texts."""
    texts = 0
    with whole(session, bulk=True):
        loader = Loader(session, run)
        for start in range(0, many, CHUNK):
            chunk = [*islice(made, min(CHUNK, many - start))]
            loader.add(chunk)
            texts += sum(len(one.article.body.encode()) for one in chunk)
        remerge(session, lambda *_: None)
    return texts


def largest(file: Path) -> list[tuple[str, int]]:
    """Return the largest tables and indexes of a SQLite file, with their bytes."""
    query = "SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC LIMIT 12"
    raw = sqlite3.connect(file)
    try:
        return raw.execute(query).fetchall()
    finally:
        raw.close()


def main() -> None:
    """Measure and print a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", nargs="+")
    parser.add_argument("--most", type=int, default=400, help="articles to read of those given")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 5000, 20_000])
    parser.add_argument("--db")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()

    extractor = Extractor(load_speakers())
    read = read_articles(options.articles, on_error=lambda error: print(error, file=sys.stderr))
    articles = [*islice(read, options.most)]
    found = [extractor.extract(article) for article in articles]
    lines: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "made.db"
        print(f"{'articles':>9} {'extracting':>11} {'storing':>8} {'together':>9} "
              f"{'growth':>7} {'size':>6}")  # fmt: skip
        with open_session(options.db or str(file)) as session:
            empty = size(session)
            run = Repository(session).start_run("benchmark")
            made, stored, texts = iter(Copies(found)), 0, 0
            for goal in options.sizes:
                texts += fill(session, run, made, goal - stored - MEASURED)
                repository = Repository(session)
                spent = 0.0
                for one in islice(made, MEASURED):
                    began = time.process_time()
                    repository.find(one.article)
                    repository.add_article(one, run)
                    spent += time.process_time() - began
                    texts += len(one.article.body.encode())
                extracting = seconds(extractor, articles[:AGAIN])
                storing, stored = spent / MEASURED, goal
                line = {
                    "articles": stored,
                    "extracting": extracting,
                    "storing": storing,
                    "together": (extracting + storing) / extracting,
                    "growth": storing / lines[0]["storing"] if lines else 1.0,
                    "size": (size(session) - empty) / texts,
                }
                lines.append(line)
                print(f"{stored:>9,} {1000 * extracting:8.1f} ms {1000 * storing:5.1f} ms "
                      f"{line['together']:9.2f} {line['growth']:7.2f} {line['size']:6.2f}",
                      flush=True)  # fmt: skip
        parts = {} if options.db else {name: size / texts for name, size in largest(file)}
        for name, share in parts.items():
            print(f"{share:9.2f} {name}")
    if options.json:
        figures = {"lines": lines, "parts": parts}
        options.json.write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()

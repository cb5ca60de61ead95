"""What storing costs beside extracting, and how it grows with the database.

    python benchmarks/ingest.py ARTICLES... [--upto 20000] [--db URL] [--json FILE]

Extracts the articles once, then stores them over and over, in a SQLite file or in ``--db`` (which
has to be empty), until there are ``--upto``. Each time they say something else: every longer word
is exchanged for another one of the same length that is in the articles, so that the offsets stay
right, nothing is a reprint, and as much is said twice as in the articles themselves. Each time they
are from the month after and from other outlets.

Prints at every doubling from 1,000 articles on, in processor time of this process: what extracting
some of the articles takes just then, what storing took since the line before, both together by
extracting alone, storing by that of the first line; and the size of the database beside that of the
texts. In the end the parts of a SQLite file that are largest, by that size. What the server of
PostgreSQL does is not counted.
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
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from quotes.articles import read_articles
from quotes.database.repository import Repository
from quotes.database.session import open_session
from quotes.pipeline import Extractor
from quotes.records import Article, ExtractedArticle
from quotes.seeds import load_speakers

FIRST = 1000
OUTLETS = 50
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
            for word in _LONGER.findall(one.article.body):
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


def largest(file: Path) -> list[tuple[str, int]]:
    """Return the largest tables and indexes of a SQLite file, with their bytes."""
    query = "SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC LIMIT 12"
    raw = sqlite3.connect(file)
    try:
        return raw.execute(query).fetchall()
    finally:
        raw.close()


def main() -> None:
    """Measure and print a line at every doubling."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", nargs="+")
    parser.add_argument("--most", type=int, default=400, help="articles to read of those given")
    parser.add_argument("--upto", type=int, default=20_000)
    parser.add_argument("--db")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()

    extractor = Extractor(load_speakers())
    read = read_articles(options.articles, on_error=lambda error: print(error, file=sys.stderr))
    articles = [article for article, _ in zip(read, range(options.most), strict=False)]
    found = [extractor.extract(article) for article in articles]
    lines: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "made.db"
        print(f"{'articles':>9} {'extracting':>11} {'storing':>8} {'together':>9} "
              f"{'growth':>7} {'size':>6}")  # fmt: skip
        with open_session(options.db or str(file)) as session:
            empty = size(session)
            repository = Repository(session)
            run = repository.start_run("benchmark")
            made, stored, texts, goal = iter(Copies(found)), 0, 0, FIRST
            while stored < options.upto:
                goal = min(goal, options.upto)
                spent = 0.0
                for one in (next(made) for _ in range(goal - stored)):
                    began = time.process_time()
                    repository.find(one.article)
                    repository.add_article(one, run)
                    spent += time.process_time() - began
                    texts += len(one.article.body.encode())
                extracting = seconds(extractor, articles[:AGAIN])
                storing = spent / (goal - stored)
                stored, goal = goal, goal * 2
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

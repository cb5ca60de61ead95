"""What storing costs beside extracting, and how both grow with the database.

    python benchmarks/ingest.py ARTICLES... [--upto 20000] [--db URL] [--json FILE]

Extracts the articles once, then stores them again and again under new addresses until there are
``--upto``, in a SQLite file or in ``--db`` (which has to be empty). Prints processor seconds an
article at every doubling: of extracting, of storing, and of plain SQLite inserting the same rows
(articles, quotations, statements) without a look at what is stored, as the named baseline of the
same run; and the size of the database beside that of the texts. Storing on PostgreSQL counts the
time of this process alone.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from quotes.articles import read_articles
from quotes.database.repository import Repository
from quotes.database.session import open_session
from quotes.pipeline import Extractor
from quotes.records import ExtractedArticle
from quotes.seeds import load_speakers

FIRST = 250


def extracted(paths: Sequence[str]) -> tuple[list[ExtractedArticle], float]:
    """Return the articles with what is in them, and the processor seconds of one."""
    extractor = Extractor(load_speakers())
    articles = list(read_articles(paths, on_error=lambda error: print(error, file=sys.stderr)))
    extractor.extract(articles[0])  # loads the models
    began = time.process_time()
    found = [extractor.extract(article) for article in articles]
    return found, (time.process_time() - began) / len(articles)


def copies(found: Sequence[ExtractedArticle]) -> Iterator[ExtractedArticle]:
    """Yield the articles for ever, each time as if another outlet had printed them."""
    for turn in count():
        for at, one in enumerate(found):
            url = f"https://made.example/{turn}/{at}"
            article = dataclasses.replace(one.article, url=url, outlet=f"Made {turn % 50}")
            yield dataclasses.replace(one, article=article)


def plain(found: Sequence[ExtractedArticle], folder: Path) -> float:
    """Return the processor seconds an article that bare inserting takes."""
    raw = sqlite3.connect(folder / "plain.db", isolation_level=None)
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("PRAGMA synchronous = NORMAL")
    for table in ("articles", "quotations", "statements"):
        raw.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, body TEXT, a INT, b INT)")
    began = time.process_time()
    for one in found:
        raw.execute("BEGIN")
        raw.execute("INSERT INTO articles (body) VALUES (?)", (one.article.body,))
        for item in one.quotations:
            row = (item.quotation.text, item.quotation.start, item.quotation.end)
            raw.execute("INSERT INTO quotations (body, a, b) VALUES (?, ?, ?)", row)
        for statements in one.statements:
            rows = [(said.text, said.start, said.end) for said in statements]
            raw.executemany("INSERT INTO statements (body, a, b) VALUES (?, ?, ?)", rows)
        raw.execute("COMMIT")
    return (time.process_time() - began) / len(found)


def main() -> None:
    """Measure and print a line at every doubling."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", nargs="+")
    parser.add_argument("--upto", type=int, default=20_000)
    parser.add_argument("--db")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        found, extracting = extracted(options.articles)
        inserting = plain(found, Path(folder))
        print(f"extracting an article {1000 * extracting:.1f} ms, "
              f"plain inserting {1000 * inserting:.2f} ms")  # fmt: skip
        print(f"{'articles':>9} {'storing ms':>11} {'ingest/extract':>15} {'file/text':>10}")
        file = Path(folder) / "made.db"
        lines = []
        with open_session(options.db or str(file)) as session:
            repository = Repository(session)
            run = repository.start_run("benchmark")
            made, stored, texts, goal = copies(found), 0, 0, FIRST
            while stored < options.upto:
                began = time.process_time()
                part = min(goal, options.upto) - stored
                for _ in range(part):
                    one = next(made)
                    repository.find(one.article)
                    repository.add_article(one, run)
                    texts += len(one.article.body.encode())
                storing = (time.process_time() - began) / part
                stored, goal = stored + part, goal * 2
                size = None if options.db else file.stat().st_size / texts
                shown = f"{size:10.2f}" if size else f"{'':>10}"
                ratio = (extracting + storing) / extracting
                print(f"{stored:>9,} {1000 * storing:11.1f} {ratio:15.2f} {shown}", flush=True)
                lines.append({"articles": stored, "storing": storing, "size": size})
        if options.json:
            figures = {"extracting": extracting, "plain": inserting, "storing": lines}
            options.json.write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()

"""How fast stored quotes are found, counted, shown and exported, beside sqlite-utils.

    python benchmarks/search.py [--renderings 340000] [--copies 10] [--runs 20] [--db FILE]
        [--json FILE] [--no-exports]

Fills a SQLite database with the renderings that ``normalise.py`` makes (340,000 are about 100,000
quotes) and merges them; ``--copies 10`` makes ten times as many of these (see ``copies.py``), and
``--db`` keeps the file, or takes the one that is there. Then asks each question in turns over one
connection, a page of 20 where it is a search, and the same words of ``sqlite-utils`` (``search`` of
the table of renderings, 20 of them) over another one. Prints processor time in milliseconds: the
median, the 95th percentile, and the ratio of the medians to sqlite-utils, where it has the like.
"""

from __future__ import annotations

import argparse
import itertools
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import sqlite_utils
from copies import multiply
from normalise import Maker, fill
from sqlalchemy import text

from quotes.database.quotes.rebuild import rebuild
from quotes.database.session import Connection, open_reader, open_session
from quotes.export.rows import export_rows
from quotes.search.details import quote_details
from quotes.search.finding import count_quotes
from quotes.search.query import SearchQuery
from quotes.search.quotes import search_quotes
from quotes.search.reading import ask
from quotes.search.speakers import list_speakers, speaker_details

WORD = "help"
"""A word of many quotes."""
UNSURE = """UPDATE attributions SET confidence = 0.3 + (id * 7919 % 1000) / 2000.0
             WHERE id % 10 = 0 AND confidence = 1.0"""
"""A tenth of the speakers is unsure."""
SINCE, UNTIL = date(2016, 1, 1), date(2016, 3, 31)

Question = Callable[[Connection], object]


def prepare(path: Path, size: int, copies: int = 1) -> None:
    """Make the database unless it is there."""
    if path.exists():
        return
    first = path if copies == 1 else path.with_suffix(".first")
    with open_session(str(first)) as session:
        fill(session, Maker(1).make(size))
    with open_session(str(first)) as session:
        done = rebuild(session, lambda _done, _all: None)
    with open_session(str(first)) as session, session.begin():
        session.execute(text(UNSURE))
    if copies > 1:
        multiply(first, path, copies)
        first.unlink()
    print(f"{done.renderings * copies:,} renderings in {done.quotes * copies:,} quotes",
          file=sys.stderr)  # fmt: skip


def peer(path: Path) -> dict[str, Callable[[], object]]:
    """Return what sqlite-utils is asked, by the name of our question."""
    table = sqlite_utils.Database(path)["renderings"]

    def search(words: str) -> Callable[[], object]:
        return lambda: list(table.search(words, limit=20))

    return {name: search(words) for name, words in WORDS.items()}


WORDS = {
    "a rare word": "zorwikkar",
    "a common word": WORD,
    "the commonest word": "about",
    "the": "the",
    "two words": f"{WORD} want",
    "a phrase": '"number years"',
}
"""Searches for words alone, which sqlite-utils has, too."""


def questions(connection: Connection) -> dict[str, Question]:
    """Return what is asked, by name."""
    most = "SELECT quote_id FROM variants GROUP BY quote_id ORDER BY count(*) DESC LIMIT 1"
    quote = next(iter(ask(connection, most))).quote_id

    def search(**filters: object) -> Question:
        return lambda connection: search_quotes(connection, SearchQuery(limit=20, **filters))

    def count(**filters: object) -> Question:
        return lambda connection: count_quotes(connection, SearchQuery(**filters))

    def export(what: str, **filters: object) -> Question:
        return lambda connection: sum(
            1 for _ in export_rows(connection, what, SearchQuery(**filters))
        )

    return {
        **{name: search(text=words) for name, words in WORDS.items()},
        "a common word, counted": count(text=WORD),
        "a common word of the speaker quoted most": search(text=WORD, speaker="made-0"),
        "a common word of another speaker": search(text=WORD, speaker="made-7"),
        "a common word in one outlet": search(text=WORD, outlet="made-3"),
        "a word in one outlet, three months": search(
            text=WORD, outlet="made-3", since=SINCE, until=UNTIL
        ),
        "the newest": search(),
        "the oldest": search(sort="oldest"),
        "all, counted": count(),
        "the speaker quoted most": search(speaker="made-0"),
        "another speaker": search(speaker="made-7"),
        "since a day": search(since=SINCE),
        "until a day": search(until=UNTIL),
        "one outlet": search(outlet="made-3"),
        "one outlet, three months": search(outlet="made-3", since=SINCE, until=UNTIL),
        "the surest": search(min_confidence=0.9),
        "changed meanings": search(divergent=True),
        "disputed speakers": search(disputed=True),
        "one quote, shown": lambda connection: quote_details(connection, quote),
        "speakers, listed": list_speakers,
        "a speaker, shown": lambda connection: speaker_details(connection, "made-7"),
        "quotes of an outlet, exported": export("quotes", outlet="made-3"),
        "quotations with a word, exported": export("quotations", text=WORD),
        "renderings of an outlet, exported": export("renderings", outlet="made-3"),
        "renderings, all exported": export("renderings"),
    }


def main() -> None:
    """Measure and print one line a question."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--renderings", type=int, default=340_000)
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--db", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--no-exports", action="store_true", help="they take minutes of a million")
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        path = options.db or Path(folder) / "made.db"
        prepare(path, options.renderings, options.copies)
        with open_reader(str(path)) as connection:
            asked = {name: partial(question, connection)
                     for name, question in questions(connection).items()
                     if not (options.no_exports and "exported" in name)}  # fmt: skip
            ours, theirs = measured(asked, peer(path), options.runs)

    heads = "".join(f"{head:>10}" for head in ("median", "p95", "sqlite-u.", "ratio"))
    print(f"{'question':<42}{heads}   (ms of processor time)")
    figures = {}
    for name, runs in ours.items():
        figure = {"median": statistics.median(runs), "p95": statistics.quantiles(runs, n=20)[-1]}
        line = f"{name:<42}{figure['median']:10.1f}{figure['p95']:10.1f}"
        if name in theirs:
            figure["sqlite-utils"] = statistics.median(theirs[name])
            line += (
                f"{figure['sqlite-utils']:10.1f}{figure['median'] / figure['sqlite-utils']:10.2f}"
            )
        figures[name] = figure
        print(line)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")


def measured(
    ours: dict[str, Callable[[], object]], theirs: dict[str, Callable[[], object]], runs: int
) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """Ask everything in turns; return the milliseconds, the first round left out."""
    taken: tuple[dict[str, list[float]], dict[str, list[float]]] = ({}, {})
    for run, name in itertools.product(range(runs + 1), ours):
        for kept, asked in zip(taken, (ours, theirs), strict=True):
            if name in asked:
                began = time.process_time()
                asked[name]()
                if run:  # the first round fills the caches
                    kept.setdefault(name, []).append(1000 * (time.process_time() - began))
    return taken


if __name__ == "__main__":
    main()

"""How fast stored quotes are found, counted, shown and exported.

    python benchmarks/search.py [--renderings 340000] [--runs 7] [--db FILE]

Fills a SQLite database with the renderings that ``normalise.py`` makes (340,000 are about 100,000
quotes) and merges them; ``--db`` keeps it, or takes the one that is there. Then asks each question
in turns over one connection. Prints the median processor seconds, and the ratio to the full-text
index alone: ``SELECT rowid ... MATCH`` of a common word, fetched whole, in the same run.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from normalise import Maker, fill
from sqlalchemy import Connection, text

from quotes.database.quotes.rebuild import rebuild
from quotes.database.session import open_reader, open_session
from quotes.export import export_rows
from quotes.search import SearchQuery, count_quotes, search_quotes
from quotes.search.details import quote_details
from quotes.search.speakers import list_speakers, speaker_details

WORD = "help"
"""A word of many quotes."""
BASELINE = "full-text index alone"
SINCE, UNTIL = date(2016, 1, 1), date(2016, 3, 31)

Question = Callable[[Connection], object]


def prepare(path: Path, size: int) -> None:
    """Make the database unless it is there."""
    if path.exists():
        return
    with open_session(str(path)) as session:
        fill(session, Maker(1).make(size))
    with open_session(str(path)) as session:
        done = rebuild(session, lambda _done, _all: None)
    print(f"{done.renderings:,} renderings in {done.quotes:,} quotes", file=sys.stderr)


def bare(connection: Connection) -> object:
    """Fetch what the full-text index has of a word."""
    query = "SELECT rowid FROM rendering_search WHERE rendering_search MATCH :word"
    return connection.execute(text(query), {"word": WORD}).all()


def questions(connection: Connection) -> dict[str, Question]:
    """Return what is asked, by name."""
    most = "SELECT id FROM quote_list ORDER BY renderings DESC, id LIMIT 1"
    quote = connection.execute(text(most)).scalar_one()
    rare = "SELECT text FROM quotes ORDER BY id LIMIT 1"
    phrase = " ".join(connection.execute(text(rare)).scalar_one().split()[:4])

    def search(**filters: object) -> Question:
        return lambda connection: search_quotes(connection, SearchQuery(limit=20, **filters))

    def count(**filters: object) -> Question:
        return lambda connection: count_quotes(connection, SearchQuery(**filters))

    def export(what: str, **filters: object) -> Question:
        return lambda connection: sum(
            1 for _ in export_rows(connection, what, SearchQuery(**filters))
        )

    return {
        BASELINE: bare,
        "a common word": search(text=WORD),
        "a common word, counted": count(text=WORD),
        "a phrase": search(text=f'"{phrase}"'),
        "a word of one speaker": search(text=WORD, speaker="made-0"),
        "a word in one outlet, three months": search(
            text=WORD, outlet="Made 3", since=SINCE, until=UNTIL
        ),
        "the newest": search(),
        "all, counted": count(),
        "one speaker": search(speaker="made-7"),
        "one outlet, three months": search(outlet="Made 3", since=SINCE, until=UNTIL),
        "one outlet": search(outlet="Made 3"),
        "the surest": search(min_confidence=0.9),
        "changed meanings": search(divergent=True),
        "one quote, shown": lambda connection: quote_details(connection, quote),
        "speakers, listed": list_speakers,
        "a speaker, shown": lambda connection: speaker_details(connection, "made-7"),
        "quotes of an outlet, exported": export("quotes", outlet="Made 3"),
        "quotations with a word, exported": export("quotations", text=WORD),
        "renderings of an outlet, exported": export("renderings", outlet="Made 3"),
        "renderings, all exported": export("renderings"),
    }


def main() -> None:
    """Measure and print one line a question."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--renderings", type=int, default=340_000)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--db", type=Path)
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        path = options.db or Path(folder) / "made.db"
        prepare(path, options.renderings)
        with open_reader(str(path)) as connection:
            asked = questions(connection)
            taken: dict[str, list[float]] = {name: [] for name in asked}
            for run in range(options.runs + 1):
                for name, question in asked.items():
                    began = time.process_time()
                    question(connection)
                    if run:  # the first round fills the caches
                        taken[name].append(time.process_time() - began)

    baseline = statistics.median(taken[BASELINE])
    print(f"{'question':<36} {'CPU s':>8} {'ratio':>8}   (median of {options.runs} runs)")
    for name, runs in taken.items():
        median = statistics.median(runs)
        print(f"{name:<36} {median:8.4f} {median / baseline:8.2f}")


if __name__ == "__main__":
    main()

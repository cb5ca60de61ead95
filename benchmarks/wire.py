"""What the next copy of a wire story costs, when many outlets print it already.

    python benchmarks/wire.py [--copies 2000] [--window 10] [--json FILE]

An invented story goes through the program once; then that many outlets print it on one of two days,
every third in an edition that leaves a paragraph out, and a few in one that twists a sentence or
names somebody else for it. Each copy is stored as ``quotes ingest`` stores an article, on SQLite.
Prints the processor time of a copy, the median of a window that ends with the 10th, 20th, 40th ...
copy, and how often the last costs what the first did. Then everything is clustered from the
beginning: the quotes have to be the same. The exit status is 1 where they are not, or where the
last copy costs more than ``MOST`` times what the 10th did.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from quotes.database.quotes.rebuild import rebuild
from quotes.database.repository import Repository
from quotes.database.session import open_session
from quotes.pipeline import Extractor
from quotes.records import Article, ExtractedArticle

MOST = 1.5
FIRST = 10
DAY = date(2025, 3, 3)

OPENING = """PORT ELLIS (GAZETTE) — Mayor Ada Quill said on Monday that the harbour will stay.

“We will not sell the harbour, not this winter and not in ten years,” Quill told the council. “The
ferries, the fish market and the old lighthouse belong to the people of this town.”

A spokesman for the port authority called the plan “a costly mistake”. “Two hundred jobs depend on
the new terminal,” he said.
"""
MIDDLE = """
Bruno Hale, who leads the opposition, asked for a vote. “Nobody asked the dockers what they want,”
Hale said. “They deserve an answer before the spring.”
"""
END = """
According to people familiar with the talks, the buyers were told “not this winter”. “It is over,”
one of them said.
"""
STORY = f"{OPENING}{MIDDLE}{END}"
SHORT = f"{OPENING}{END}"
TWISTED = STORY.replace("We will not sell the harbour, not", "We will sell the harbour,")
OTHER = STORY.replace("Bruno Hale", "Carla Dunn").replace("Hale", "Dunn")

CLUSTERS = text(
    """SELECT k.text, s.slug, r.article_id, r.start, r.relation, round(r.score, 9), v.text
         FROM renderings r JOIN variants v ON v.id = r.variant_id JOIN quotes k ON k.id = v.quote_id
         JOIN speakers s ON s.id = k.speaker_id
        ORDER BY r.article_id, r.start"""
)


def copies(many: int) -> Iterator[ExtractedArticle]:
    """Yield the copies in the order in which they are stored.

    Each is of an outlet of its own, which puts its name into the text.
    """
    extractor = Extractor([])
    for number in range(many):
        body = {4: TWISTED, 6: OTHER}.get(number, SHORT if number % 3 == 2 else STORY)
        name = f"Gazette {number * 7919 % 10_007:05d}"  # no outlet is always the last by name
        yield extractor.extract(
            Article(
                source=f"copy {number}",
                body=body.replace("GAZETTE", name),
                outlet=name,
                published=DAY + timedelta(number % 2),
            )
        )


def store(session: Session, many: int) -> list[float]:
    """Store the copies; return the processor seconds of each."""
    repository = Repository(session)
    run = repository.start_run("made 1.0")
    spent = []
    for copy in copies(many):
        began = time.process_time()
        repository.add_article(copy, run)
        spent.append(time.process_time() - began)
    return spent


def clusters(session: Session) -> list[tuple[object, ...]]:
    """Return which quote and relation each rendering has, without numbers that may differ."""
    with session.begin():
        return [tuple(row) for row in session.execute(CLUSTERS)]


def medians(spent: Sequence[float], window: int) -> dict[int, float]:
    """Return the median milliseconds of the windows that end with the 10th, 20th, 40th … copy."""
    ends = [FIRST]
    while ends[-1] * 2 < len(spent):
        ends.append(ends[-1] * 2)
    ends.append(len(spent))
    return {end: 1000 * statistics.median(spent[max(1, end - window) : end]) for end in ends}


def main() -> None:
    """Store the copies, compare with a rebuild, print what it came to."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--copies", type=int, default=2000)
    arguments.add_argument("--window", type=int, default=10)
    arguments.add_argument("--json", type=Path)
    options = arguments.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        open_session(str(Path(folder) / "wire.db")) as session,
    ):
        spent = store(session, options.copies)
        added = clusters(session)
        rebuild(session, lambda _done, _all: None)
        same = added == clusters(session)
    found = medians(spent, options.window)
    for number, milliseconds in found.items():
        print(f"copy {number:>7,}: {milliseconds:8.1f} ms")
    ratio = found[options.copies] / found[FIRST]
    print(
        f"copy {options.copies:,} costs {ratio:.2f} times what copy {FIRST} does (at most {MOST})"
    )
    print(f"quotes {'equal' if same else 'DIFFER FROM'} those of a rebuild")
    if options.json:
        figures = {"milliseconds": found, "ratio": ratio, "most": MOST, "equal": same}
        options.json.write_text(json.dumps(figures, indent=1))
    sys.exit(not same or ratio > MOST)


if __name__ == "__main__":
    main()

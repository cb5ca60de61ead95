"""What the next copy of a wire story costs, when many outlets print it already.

    python benchmarks/wire.py [--copies 2000] [--window 10] [--json FILE]

An invented story goes through the program once; then that many outlets print it on one of two days,
every third in an edition that leaves a paragraph out, and a few in one that twists a sentence or
names somebody else for it. Then, in a database of its own, that many people say the same sentence,
or one with another number, each in an article. Each article is stored as ``quotes ingest`` stores
it, on SQLite. Prints the processor time of an article, the median of a window that ends with the
10th (of people the 50th), twice that and so on, and how often the last costs what the first did.
Then everything is clustered from the beginning: the quotes have to be the same. The exit status is
1 where they are not, or where the last article costs more than ``MOST`` times what the first did.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
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

OATH = "We will guard the old harbour and its lighthouse for the people of this stubborn town"
FORM = "We will build the bridge number {} before the winter"
SAID = "PORT ELLIS — “{},” said {}.\n\nThe council met on Monday."

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


def people(many: int) -> Iterator[ExtractedArticle]:
    """Yield articles of as many people, half of whom say the same, and half nearly the same."""
    extractor = Extractor([])
    vowels = "aeiou"
    for number in range(many):
        syllables = (number // 5**at % 5 for at in range(5))
        ending = "".join(f"{'bdlmr'[at]}{vowels[at]}" for at in syllables)
        words = FORM.format(number) if number % 2 else OATH
        body = SAID.format(words, f"Ada Qu{ending}")
        yield extractor.extract(
            Article(source=f"person {number}", body=body, published=DAY + timedelta(number % 2))
        )


def store(session: Session, articles: Iterator[ExtractedArticle]) -> list[float]:
    """Store articles; return the processor seconds of each."""
    repository = Repository(session)
    run = repository.start_run("made 1.0")
    spent = []
    for one in articles:
        began = time.process_time()
        repository.add_article(one, run)
        spent.append(time.process_time() - began)
    return spent


def clusters(session: Session) -> list[tuple[object, ...]]:
    """Return which quote and relation each rendering has, without numbers that may differ."""
    with session.begin():
        return [tuple(row) for row in session.execute(CLUSTERS)]


@dataclass(frozen=True)
class Cost:
    """Median milliseconds of the last articles before some, and whether quotes are a rebuild's."""

    milliseconds: dict[int, float]
    equal: bool

    @property
    def ratio(self) -> float:
        """How often the last costs what the first did."""
        costs = [*self.milliseconds.values()]
        return costs[-1] / costs[0]


def measure(articles: Iterator[ExtractedArticle], first: int, window: int) -> Cost:
    """Store articles, and compare with a rebuild."""
    with (
        tempfile.TemporaryDirectory() as folder,
        open_session(str(Path(folder) / "wire.db")) as session,
    ):
        spent = store(session, articles)
        added = clusters(session)
        rebuild(session, lambda _done, _all: None)
        return Cost(medians(spent, first, window), added == clusters(session))


def medians(spent: Sequence[float], first: int, window: int) -> dict[int, float]:
    """Return the median milliseconds of the windows that end with the first, twice that …"""
    ends = [first]
    while ends[-1] * 2 < len(spent):
        ends.append(ends[-1] * 2)
    ends.append(len(spent))
    return {end: 1000 * statistics.median(spent[max(1, end - window) : end]) for end in ends}


CASES: dict[str, tuple[Callable[[int], Iterator[ExtractedArticle]], int]] = {
    "copies of a story": (copies, 10),
    "people with one sentence": (people, 50),
}


def main() -> None:
    """Store the articles, compare with a rebuild, print what it came to."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--copies", type=int, default=2000)
    arguments.add_argument("--window", type=int, default=10)
    arguments.add_argument("--json", type=Path)
    options = arguments.parse_args()
    found = {}
    for name, (articles, first) in CASES.items():
        cost = found[name] = measure(articles(options.copies), first, options.window)
        print(f"{name}:")
        for number, milliseconds in cost.milliseconds.items():
            print(f"  {number:>7,}: {milliseconds:8.1f} ms")
        print(f"  the last costs {cost.ratio:.2f} times what the first did (at most {MOST})")
        print(f"  quotes {'equal' if cost.equal else 'DIFFER FROM'} those of a rebuild")
    if options.json:
        figures = {
            name: {"milliseconds": cost.milliseconds, "ratio": cost.ratio, "equal": cost.equal}
            for name, cost in found.items()
        }
        options.json.write_text(json.dumps({"most": MOST, **figures}, indent=1))
    sys.exit(not all(cost.equal and cost.ratio <= MOST for cost in found.values()))


if __name__ == "__main__":
    main()

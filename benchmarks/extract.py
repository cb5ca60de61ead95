"""How fast and how right quotations are extracted, beside spaCy's pipeline and textacy.

    python benchmarks/extract.py [FOLDER] [--polnear FOLDER] [--words 60000] [--rounds 5]

Reads the articles of FOLDER (default: the sample articles), repeats them up to at least that many
words, and runs over them, in turns and in one process: spaCy's whole pipeline (``nlp.pipe``),
textacy's ``direct_quotations`` on the same pipeline, and this program. The time to load a model is
left out: each side handles some articles before the clock starts. Prints words per second from the
fastest round of each and the ratios of processor time, the median of the rounds.

Then one process against several (``--jobs``), in ``scaling.py``: words per second of wall time
while all of them work, and the seconds until the first article is done, in which every process
loads what it needs.

With ``--polnear``, a folder of PolNeAR with labelled speakers, its dev articles are taken, and the
accuracy of both extractors is printed, too. The names in textacy's results are taken as they stand.
textacy rejects an article whose quotation marks are odd in number; nothing is found there then.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from scaling import ENOUGH, WARM_UP, scale, spread, words_of

from quotes.articles import read_articles
from quotes.evaluation.brat import read_brat
from quotes.evaluation.mentions import score_mentions
from quotes.evaluation.rows import read_rows
from quotes.evaluation.speakers import score_speakers
from quotes.pipeline import Extractor
from quotes.records import Article
from quotes.seeds import load_speakers
from quotes.settings import model_name

ARTICLES = Path(__file__).parents[1] / "seeds" / "articles"

Rows = list[dict[str, Any]]
Run = Callable[[Sequence[Article]], Rows]
Times = tuple[float, float]
"""Processor seconds and wall seconds."""


def product(model: str) -> Run:
    """Return the product's own extraction: spans, attribution and speakers."""
    extractor = Extractor(load_speakers(), model=model)

    def run(articles: Sequence[Article]) -> Rows:
        found = (extractor.extract(article).listed(everything=True) for article in articles)
        return [one.to_dict() for some in found for one in some]

    return run


def baseline(model: str) -> Run:
    """Return spaCy's whole pipeline over the whole text, in batches."""
    import spacy

    nlp = spacy.load(model)

    def run(articles: Sequence[Article]) -> Rows:
        for _ in nlp.pipe(article.body for article in articles):
            pass
        return []

    return run


def peer(model: str) -> Run:
    """Return textacy's extraction of direct quotations, after spaCy's whole pipeline."""
    import spacy
    from textacy.extract import direct_quotations

    nlp = spacy.load(model)

    def run(articles: Sequence[Article]) -> Rows:
        rows: Rows = []
        docs = nlp.pipe(((one.body, one.source) for one in articles), as_tuples=True)
        for doc, source in docs:
            try:
                rows += (_row(source, found) for found in direct_quotations(doc))
            except ValueError:  # an odd number of quotation marks
                continue
        return rows

    return run


def _row(source: str, found: Any) -> dict[str, Any]:
    """Return one of textacy's triples as a row of ``quotes extract``."""
    start, end = found.speaker[0].idx, found.speaker[-1].idx + len(found.speaker[-1])
    name = found.content.doc.text[start:end]
    return {
        "article": source,
        "start": found.content.start_char,
        "end": found.content.end_char,
        "speaker": name,
        "mention": {"text": name, "start": start, "end": end},
    }


def read(folder: Path) -> list[Article]:
    """Return the articles of a folder."""
    articles = list(read_articles([str(folder)], on_error=lambda error: sys.exit(str(error))))
    if not articles:
        sys.exit(f"{folder}: holds no articles: name a folder with articles")
    return articles


def timed(run: Run, articles: Sequence[Article]) -> Times:
    """Return what one run over all articles takes."""
    cpu, wall = time.process_time(), time.perf_counter()
    run(articles)
    return time.process_time() - cpu, time.perf_counter() - wall


def compare(sides: dict[str, Run], articles: Sequence[Article], rounds: int) -> None:
    """Run all sides in turns and print one line each; the last one is held against the others."""
    for run in sides.values():
        run(articles[:WARM_UP])
    taken: dict[str, list[Times]] = {name: [] for name in sides}
    for _ in range(rounds):
        for name, run in sides.items():
            taken[name].append(timed(run, articles))
    words = words_of(articles)
    print(f"{'':<10} {'CPU s':>8} {'wall s':>8} {'words/CPU s':>12} {'words/wall s':>12}")
    for name, times in taken.items():
        cpu, wall = (min(column) for column in zip(*times, strict=True))
        print(f"{name:<10} {cpu:8.2f} {wall:8.2f} {words / cpu:12.0f} {words / wall:12.0f}")
    *others, own = taken
    for other in others:
        pairs = zip(taken[other], taken[own], strict=True)
        print(f"{own} / {other}: {spread([theirs[0] / ours[0] for theirs, ours in pairs])}")


def judge(sides: dict[str, Run], articles: Sequence[Article], polnear: Path) -> None:
    """Print what each side finds, against the labels of PolNeAR dev."""
    speakers = read_rows(polnear / "dev_speakers.jsonl", "gold")
    sources = list(read_brat(polnear / "dev"))
    print(f"{'':<10} {'found (F1)':>11} {'speaker':>8} {'surname':>8} {'source words':>13}")
    for name, run in sides.items():
        rows = run(articles)
        who, where = score_speakers(speakers, rows), score_mentions(sources, rows)
        strict, lenient = who.strict.value, who.lenient.value
        print(f"{name:<10} {who.f1:11.3f} {strict:8.3f} {lenient:8.3f} {where.right.value:13.3f}")


def sides_of(model: str) -> Iterator[tuple[str, Run]]:
    """Yield what is compared by name, the product last."""
    yield "nlp.pipe", baseline(model)
    try:
        yield "textacy", peer(model)
    except ModuleNotFoundError as error:
        print(f"textacy is left out, {error.name} is not installed (`make bench` installs it)")
    yield "quotes", product(model)


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder", type=Path, nargs="?", default=ARTICLES)
    arguments.add_argument("--polnear", type=Path, help="PolNeAR with labelled speakers")
    arguments.add_argument("--words", type=int, default=60_000)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--jobs", type=int, default=2)
    arguments.add_argument(
        "--enough", type=int, default=ENOUGH, help="articles for each of several processes"
    )
    arguments.add_argument("--model", help="an installed spaCy pipeline")
    options = arguments.parse_args()

    model, polnear = model_name(options.model), options.polnear
    if polnear and not (polnear / "dev_speakers.jsonl").exists():
        print(f"no labelled articles in {polnear}: accuracy is not measured")
        polnear = None
    once = read(polnear / "dev" / "text" if polnear else options.folder)
    articles = once * math.ceil(options.words / words_of(once))
    sides = dict(sides_of(model))
    print(f"{len(articles)} articles, {words_of(articles)} words, {model}, in turns")
    compare(sides, articles, options.rounds)
    if polnear:
        print(f"\naccuracy on {len(once)} articles of PolNeAR dev")
        judge({name: run for name, run in sides.items() if name != "nlp.pipe"}, once, polnear)
    print(f"\none process and {options.jobs}, start-up left out")
    scale(articles, model, options.jobs, options.rounds, options.enough)


if __name__ == "__main__":
    main()

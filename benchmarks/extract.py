"""How fast quotations are extracted and attributed, against spaCy's pipeline over the same text.

    python benchmarks/extract.py [FOLDER] [--words 30000] [--rounds 3] [--model NAME]

Reads the articles of FOLDER (default: the sample articles), repeats them up to at least that many
words, and runs both over them in turns, in one process. The time to load a model is left out: each
side handles some articles before the clock starts. Prints words per second of processor time (all
threads) and of wall time from the fastest round of each, and the ratio of the two.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from quotes.articles import read_articles
from quotes.records import Article
from quotes.settings import model_name

ARTICLES = Path(__file__).parents[1] / "seeds" / "articles"
WARM_UP = 20
"""Articles handled before the clock starts, so that everything is loaded."""

Run = Callable[[Sequence[Article]], None]
Times = tuple[float, float]
"""Processor seconds and wall seconds."""


def product(model: str) -> Run:
    """Return the product's own extraction: spans, attribution and speakers."""
    from quotes.pipeline import Extractor
    from quotes.seeds import load_speakers

    extractor = Extractor(load_speakers(), model=model)

    def run(articles: Sequence[Article]) -> None:
        for article in articles:
            extractor.extract(article)

    return run


def baseline(model: str) -> Run:
    """Return spaCy's whole pipeline over the whole text, in batches."""
    import spacy

    nlp = spacy.load(model)

    def run(articles: Sequence[Article]) -> None:
        for _ in nlp.pipe(article.body for article in articles):
            pass

    return run


def repeated(folder: Path, words: int) -> tuple[list[Article], int]:
    """Return the articles of ``folder``, all of them so often that they reach ``words``; words."""
    articles = list(read_articles([str(folder)], on_error=lambda error: sys.exit(str(error))))
    if not articles:
        sys.exit(f"{folder}: holds no articles: name a folder with articles")
    once = sum(len(article.body.split()) for article in articles)
    times = math.ceil(words / once)
    return articles * times, once * times


def timed(run: Run, articles: Sequence[Article]) -> Times:
    """Return what one run over all articles takes."""
    cpu, wall = time.process_time(), time.perf_counter()
    run(articles)
    return time.process_time() - cpu, time.perf_counter() - wall


def main() -> None:
    """Measure both sides in turns and print one line each."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder", type=Path, nargs="?", default=ARTICLES)
    arguments.add_argument("--words", type=int, default=30_000)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--model", help="an installed spaCy pipeline")
    options = arguments.parse_args()

    model = model_name(options.model)
    articles, words = repeated(options.folder, options.words)
    sides = {"nlp.pipe": baseline(model), "quotes": product(model)}
    for run in sides.values():
        run(articles[:WARM_UP])
    taken: dict[str, list[Times]] = {name: [] for name in sides}
    for _ in range(options.rounds):
        for name, run in sides.items():
            taken[name].append(timed(run, articles))

    best = {
        name: (min(cpu for cpu, _ in times), min(wall for _, wall in times))
        for name, times in taken.items()
    }
    print(f"{len(articles)} articles, {words} words, {model}, fastest of {options.rounds} rounds")
    print(f"{'':<10} {'CPU s':>8} {'wall s':>8} {'words/CPU s':>12} {'words/wall s':>12}")
    for name, (cpu, wall) in best.items():
        print(f"{name:<10} {cpu:8.2f} {wall:8.2f} {words / cpu:12.0f} {words / wall:12.0f}")
    cpu_ratio = best["nlp.pipe"][0] / best["quotes"][0]
    wall_ratio = best["nlp.pipe"][1] / best["quotes"][1]
    print(f"quotes is {cpu_ratio:.2f} times as fast by CPU time, {wall_ratio:.2f} by wall time")


if __name__ == "__main__":
    main()

"""What coreference brings and costs: speaker accuracy and words per second, off, auto and always.

    python benchmarks/coref.py GOLD.jsonl TEXTS [GOLD.jsonl TEXTS ...] [--rounds 2]

Every GOLD holds labelled quotations, TEXTS is the folder with their articles. Each mode extracts
the same articles in the same process, in turns; the time to load models is left out. Prints the
strict accuracy of the speakers, that of the most confident 80 %, how many quotations coreference
gave another speaker than the rules, and words per second of processor time in the fastest round.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from quotes.articles import read_articles
from quotes.evaluation.rows import Row, document, read_rows
from quotes.evaluation.speakers import score_speakers
from quotes.pipeline import Extractor
from quotes.records import Article
from quotes.seeds import load_speakers
from quotes.speakers.coreference import CorefMode

MODES: tuple[CorefMode, ...] = ("off", "auto", "always")
WARM_UP = 10
"""Articles handled before the clock starts, so that everything is loaded."""


def extracted(extractor: Extractor, articles: list[Article]) -> tuple[list[Row], int, float]:
    """Return the quotations of the articles, how many coreference decided, processor seconds."""
    rows: list[Row] = []
    asked = 0
    begun = time.process_time()
    for article in articles:
        found = extractor.extract(article)
        rows += (one.to_dict() for one in found.listed(everything=True))
        asked += sum(
            item.quotation.kind != "none"
            and item.speaker is not None
            and item.speaker.rule == "coreference"
            for item in found.quotations
        )
    return rows, asked, time.process_time() - begun


def measure(gold: Path, texts: Path, rounds: int) -> None:
    """Print one line a mode."""
    labels = read_rows(gold, "gold")
    wanted = {row["doc"] for row in labels}
    found = read_articles([str(texts)], on_error=lambda error: sys.exit(str(error)))
    articles = [article for article in found if document(article.source) in wanted]
    words = sum(len(article.body.split()) for article in articles)
    print(f"{gold}: {len(articles)} articles, {words} words")
    extractors = {mode: Extractor(load_speakers(), coref=mode) for mode in MODES}
    for extractor in extractors.values():
        extracted(extractor, articles[:WARM_UP])
    fastest = dict.fromkeys(MODES, float("inf"))
    lines = {}
    for _ in range(rounds):
        for mode, extractor in extractors.items():
            rows, decided, seconds = extracted(extractor, articles)
            fastest[mode] = min(fastest[mode], seconds)
            scores = score_speakers(labels, rows)
            right = f"{scores.strict.value:.4f} ({scores.strict})"
            best = scores.calibration.curve[80]
            lines[mode] = f"{right}  best 80 % {best:.4f}  decided {decided}"
    for mode, line in lines.items():
        print(f"  {mode:<7} {line}  {words / fastest[mode]:8.0f} words/CPU s")


def main() -> None:
    """Measure every pair of labels and articles."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pairs", type=Path, nargs="+", metavar="GOLD TEXTS")
    parser.add_argument("--rounds", type=int, default=2)
    given = parser.parse_args()
    if len(given.pairs) % 2:
        parser.error("give pairs: GOLD TEXTS")
    for gold, texts in zip(given.pairs[::2], given.pairs[1::2], strict=True):
        measure(gold, texts, given.rounds)


if __name__ == "__main__":
    main()

"""Merging beside simpler ways to do it, on the labelled articles.

    python benchmarks/baselines.py FOLDER

FOLDER holds ``corpora/``. On every set that has labelled merges: which labelled quotations become
one quote by this program, by equal words, by MinHash LSH (datasketch, word trigrams, a Jaccard
similarity of 0.5) and by rapidfuzz (a ``token_set_ratio`` of 85), the last three among the
quotations of one speaker in the set, joined by union-find. Once with labelled speakers, once from
raw text: the quotations and speakers that the program finds. Prints precision, recall and F1 over
pairs, the recall of pairs with a fragment of three words at most, and the look-alikes that were
merged. Of articles that nobody has read nothing is printed but figures.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from gate import CORPORA, QUOTES, Corpus, labelled_texts, run
from normalise import Groups

from quotes.database.session import open_connection
from quotes.evaluation.gold import ArticleFacts, gold_renderings
from quotes.evaluation.inputs import merging_gold
from quotes.evaluation.merging import MergingScores, score_merging
from quotes.evaluation.rows import Row, document, read_rows
from quotes.normaliser.fold import fold
from quotes.search.articles import stored_articles

ALIKE = 85
"""The ``token_set_ratio`` from which rapidfuzz takes two texts for one."""
JACCARD = 0.5
SIZES = 128

Method = Callable[[list[str]], list[int]]
"""Returns the group of each text."""


def equal(texts: list[str]) -> list[int]:
    """Group texts with the same folded words."""
    first: dict[str, int] = {}
    return [first.setdefault(fold(text), at) for at, text in enumerate(texts)]


def rapidfuzz(texts: list[str]) -> list[int]:
    """Group texts that are alike by their words, in whatever order."""
    from rapidfuzz import fuzz

    groups = Groups(len(texts))
    folded = [*map(fold, texts)]
    for at, text in enumerate(folded):
        for other in range(at):
            if fuzz.token_set_ratio(text, folded[other]) >= ALIKE:
                groups.join(other, at)
    return groups.roots()


def minhash(texts: list[str]) -> list[int]:
    """Group texts whose trigrams of words are alike, as near-duplicate removal does."""
    from datasketch import MinHash, MinHashLSH

    groups, index = Groups(len(texts)), MinHashLSH(threshold=JACCARD, num_perm=SIZES)
    for at, text in enumerate(texts):
        words = fold(text).split()
        sketch = MinHash(num_perm=SIZES, seed=1)
        grams = {" ".join(words[start : start + 3]) for start in range(max(1, len(words) - 2))}
        sketch.update_batch([gram.encode() for gram in grams])
        for other in index.query(sketch):
            groups.join(other, at)
        index.insert(at, sketch)
    return groups.roots()


BASELINES: Mapping[str, Method] = {"equal": equal, "MinHash": minhash, "rapidfuzz": rapidfuzz}


def grouped(said: Iterable[Row], method: Method) -> Iterator[Row]:
    """Yield quotations (article, start, end, text, speaker) with the quote that a method finds."""
    by_speaker: dict[str, list[Row]] = defaultdict(list)
    for row in said:
        if row["speaker"]:
            by_speaker[row["speaker"]].append(row)
    for speaker, rows in by_speaker.items():
        for row, group in zip(rows, method([row["text"] for row in rows]), strict=True):
            yield {**row, "quote_id": (speaker, group)}


def labelled(corpus: Path, database: Path) -> dict[str, Iterable[Row]]:
    """Return the quotes that each way makes of labelled quotations with labelled speakers."""
    segments = read_rows(corpus / "segments.jsonl", "segment")
    with open_connection(str(database)) as connection:
        facts = {
            document(row.source): ArticleFacts(row.published, row.outlet)
            for row in stored_articles(connection)
        }
    said = [{"speaker": None, **row, "article": row["doc"]} for row in segments]
    found: dict[str, Iterable[Row]] = {"quotes": [*gold_renderings(segments, facts)]}
    return found | {name: [*grouped(said, method)] for name, method in BASELINES.items()}


def raw(database: Path, work: Path) -> dict[str, Iterable[Row]]:
    """Return the quotes that each way makes of what the program finds in the texts."""
    paths = {what: work / f"{what}.jsonl" for what in ("renderings", "quotations")}
    for what, path in paths.items():
        run(QUOTES, "--db", database, "export", what, "--format", "jsonl", output=path)
    said = [
        {**row, "speaker": row["speaker_slug"]}
        for row in read_rows(paths["quotations"], "prediction")
    ]
    found: dict[str, Iterable[Row]] = {"quotes": read_rows(paths["renderings"], "rendering")}
    return found | {name: [*grouped(said, method)] for name, method in BASELINES.items()}


def measure(folder: Path, corpus: Corpus, work: Path) -> None:
    """Print the figures of one set."""
    own = folder / "corpora" / corpus.name
    gold, database = merging_gold([own], (), ()), work / f"{corpus.file}.db"
    run(QUOTES, "--db", database, "ingest", *labelled_texts(own, corpus, "segments.jsonl"))
    for how, found in (("labelled", labelled(own, database)), ("raw text", raw(database, work))):
        for name, rows in found.items():
            scores = score_merging(gold.segments, rows, gold.negatives, gold.skip)
            print(f"{corpus.title:<18}{how:<10}{name:<11}{line(scores)}", flush=True)


def line(scores: MergingScores) -> str:
    """Return the figures as they are printed."""
    shares = (scores.precision.value, scores.recall.value, scores.f1)
    return (
        "".join(f"{share:>8.3f}" for share in shares)
        + f"{scores.fragments!s:>12}{scores.false_merges!s:>13}"
    )


def main() -> None:
    """Measure every set with labelled merges."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--keep", type=Path, help="leave the databases in this folder")
    options = arguments.parse_args()
    heads = ("precision", "recall", "F1")
    print(f"{'':<39}" + "".join(f"{head:>8.8}" for head in heads) + "   fragments  look-alikes")
    with tempfile.TemporaryDirectory() as folder:
        work: Any = options.keep or Path(folder)
        work.mkdir(parents=True, exist_ok=True)
        for corpus in CORPORA:
            if (options.folder / "corpora" / corpus.name / "segments.jsonl").exists():
                measure(options.folder, corpus, work)


if __name__ == "__main__":
    sys.exit(main())

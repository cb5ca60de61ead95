"""The accuracy gate: measures on labelled articles, and fails where a figure is below its floor.

    python benchmarks/gate.py FOLDER [--keep FOLDER]

FOLDER holds ``corpora/`` and ``eval/`` (the scorers). The program itself is run, as a user would:
``quotes extract`` for who said what, ``quotes ingest`` into a new database and ``quotes export
renderings`` for merging. The floors are in ``tests/accuracy_floors.json``; they only rise.
``--keep`` leaves what was measured, predictions and renderings, in a folder.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

QUOTES = str(Path(sys.executable).with_name("quotes"))
FLOORS = Path(__file__).parents[1] / "tests" / "accuracy_floors.json"
AT_ONCE = 2
"""How many measurements run side by side."""


@dataclass(frozen=True)
class Corpus:
    """Where one corpus keeps its labels and texts, under ``corpora/``."""

    name: str
    speakers: str
    texts: tuple[str, ...]
    negatives: bool = True
    skip: bool = True


CORPORA = (
    Corpus("summit", "speakers.jsonl", ("text",)),
    Corpus("polnear", "dev_speakers.jsonl", ("dev/text", "train/text")),
    Corpus("basil", "speakers.jsonl", ("text",), skip=False),
)


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def labelled_texts(folder: Path, corpus: Corpus, labels: str) -> list[str]:
    """Return the paths of the texts that ``labels`` speak of."""
    wanted = {row["doc"] for row in rows(folder / labels)}
    texts = (path for name in corpus.texts for path in sorted((folder / name).iterdir()))
    return [str(path) for path in texts if path.stem in wanted]


def run(*command: object, output: Path | None = None) -> str:
    """Run a command that has to succeed; return what it printed, or write it to ``output``."""
    done = subprocess.run([*map(str, command)], capture_output=True, encoding="utf-8")
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command[:4]))} … failed:\n{done.stderr[-2000:]}")
    if output:
        output.write_text(done.stdout, encoding="utf-8")
    return done.stdout


def speakers(shared: Path, corpus: Corpus, work: Path) -> dict[str, float]:
    """Measure who said what."""
    folder = shared / "corpora" / corpus.name
    predictions = work / f"{corpus.name}.predictions.jsonl"
    texts = labelled_texts(folder, corpus, corpus.speakers)
    run(QUOTES, "extract", *texts, "--format", "jsonl", output=predictions)
    scorer = shared / "eval" / "score_speakers.py"
    figures = run(sys.executable, scorer, folder / corpus.speakers, predictions, "--json")
    return dict(json.loads(figures))


def merging(shared: Path, corpus: Corpus, work: Path) -> dict[str, float]:
    """Measure which printings became one quote."""
    folder = shared / "corpora" / corpus.name
    database, renderings = work / f"{corpus.name}.db", work / f"{corpus.name}.renderings.jsonl"
    run(QUOTES, "--db", database, "ingest", *labelled_texts(folder, corpus, "segments.jsonl"))
    run(QUOTES, "--db", database, "export", "renderings", "--format", "jsonl", output=renderings)
    options = ["--negatives", folder / "negatives.jsonl"] if corpus.negatives else []
    options += ["--skip", folder / "skip.jsonl"] if corpus.skip else []
    scorer = shared / "eval" / "score_merging.py"
    labels = folder / "segments.jsonl"
    figures = dict(json.loads(run(sys.executable, scorer, labels, renderings, *options, "--json")))
    merged, listed = map(int, figures["false_merges"].split("/"))
    return figures | {"look_alikes_apart": 1 - merged / listed if listed else 1.0}


def measure(shared: Path, work: Path) -> dict[str, dict[str, float]]:
    """Run all measurements; return the figures by corpus and task."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        running = {
            f"{corpus.name} {task.__name__}": pool.submit(task, shared, corpus, work)
            for task in (merging, speakers)
            for corpus in reversed(CORPORA)
        }
        return {name: future.result() for name, future in sorted(running.items())}


def compare(measured: dict[str, dict[str, float]]) -> Iterable[tuple[str, str, float, float]]:
    """Yield (task, figure, measured, floor) for every floor."""
    for task, floors in json.loads(FLOORS.read_text(encoding="utf-8")).items():
        for figure, floor in floors.items():
            yield task, figure, measured[task][figure], floor


def main() -> None:
    """Print a table of what was measured; exit with status 1 if something is below its floor."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        work = options.keep or Path(folder)
        work.mkdir(parents=True, exist_ok=True)
        compared = list(compare(measure(options.shared, work)))
    print(f"{'task':<17} {'figure':<18} {'measured':>8} {'floor':>7}")
    for task, figure, value, floor in compared:
        verdict = "ok" if value >= floor else "BELOW THE FLOOR"
        print(f"{task:<17} {figure:<18} {value:8.4f} {floor:7.4f}  {verdict}")
    sys.exit(any(value < floor for *_, value, floor in compared))


if __name__ == "__main__":
    main()

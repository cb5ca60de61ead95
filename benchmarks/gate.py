"""The accuracy gate: measures on labelled articles, and fails where a figure is below its floor.

    python benchmarks/gate.py FOLDER [--keep FOLDER]

FOLDER holds ``corpora/`` and ``eval/`` (the scorers). The program itself is run, as a user would:
``quotes extract`` for who said what, ``quotes ingest`` into a new database and ``quotes export
renderings`` for merging. The scorers' figures are held against the floors in
``tests/accuracy_floors.json``, which only rise; those of ``quotes evaluate`` must agree with them,
and make ``docs/accuracy.md`` and the tables of the README. ``--keep`` leaves what was measured in a
folder.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from accuracy_page import DIAGRAM, PAGE, Measured, diagram, page, summary

Figures = dict[str, Any]

ROOT = Path(__file__).parents[1]
QUOTES = str(Path(sys.executable).with_name("quotes"))
FLOORS = ROOT / "tests" / "accuracy_floors.json"
README = ROOT / "README.md"
BEGIN = "<!-- accuracy: written by `make eval` -->\n"
END = "<!-- end of accuracy -->\n"
"""Where the summary stands in the README."""

AT_ONCE = 2
"""How many measurements run side by side."""


@dataclass(frozen=True)
class Corpus:
    """Where one corpus keeps its labels and texts, under ``corpora/``.

    ``mentions`` is a folder of brat files, whose articles are extracted, too. ``read`` tells that
    its errors were read while the rules were written.
    """

    name: str
    title: str
    speakers: str
    texts: tuple[str, ...]
    mentions: str | None = None
    read: bool = True

    @property
    def file(self) -> str:
        """What the files about this corpus are called."""
        return self.name.replace("/", "-")


CORPORA = (
    Corpus("check/basil", "BASIL 2012, 2016", "speakers.jsonl", ("text",), read=False),
    Corpus("check/pages", "news pages, unread", "speakers.jsonl", ("text",), read=False),
    Corpus("check/gum-wikinews", "Wikinews", "speakers.jsonl", ("text",), read=False),
    Corpus("summit", "Alaska summit", "speakers.jsonl", ("text",)),
    Corpus("polnear", "PolNeAR dev", "dev_speakers.jsonl", ("dev/text", "train/text"), "dev"),
    Corpus("basil", "BASIL 2011, 2017", "speakers.jsonl", ("text",)),
    Corpus("pages", "news pages, read", "speakers.jsonl", ("text",)),
)

GAP = 0.05
"""By how much the speakers of unread articles may be right less often than those of READ."""
READ = "polnear"


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def labelled_texts(folder: Path, corpus: Corpus, labels: str) -> list[str]:
    """Return the paths of the texts that ``labels`` speak of."""
    wanted = {row["doc"] for row in rows(folder / labels)}
    texts = (path for name in corpus.texts for path in sorted((folder / name).iterdir()))
    return [str(path) for path in texts if path.stem in wanted]


def spoken_texts(folder: Path, corpus: Corpus) -> list[str]:
    """Return the paths of the texts with labelled speakers, or with labelled sources."""
    texts = set(labelled_texts(folder, corpus, corpus.speakers))
    if corpus.mentions:
        texts.update(map(str, (folder / corpus.mentions).rglob("*.txt")))
    return sorted(texts)


def run(*command: object, output: Path | None = None) -> str:
    """Run a command that has to succeed; return what it printed, or write it to ``output``."""
    done = subprocess.run([*map(str, command)], capture_output=True, encoding="utf-8")
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command[:4]))} … failed:\n{done.stderr[-2000:]}")
    if output:
        output.write_text(done.stdout, encoding="utf-8")
    return done.stdout


def evaluated(task: str, *arguments: object) -> Figures:
    """Return what ``quotes evaluate`` measures."""
    return dict(json.loads(run(QUOTES, "evaluate", task, *arguments, "--format", "json")))


def speakers(shared: Path, corpus: Corpus, work: Path) -> dict[str, Figures]:
    """Measure who said what; return the figures of the speakers, and of the mentions if any."""
    folder = shared / "corpora" / corpus.name
    gold, predictions = folder / corpus.speakers, work / f"{corpus.file}.predictions.jsonl"
    run(QUOTES, "extract", *spoken_texts(folder, corpus), "--format", "jsonl", output=predictions)
    own = evaluated("speakers", gold, "--predictions", predictions)
    scorer = shared / "eval" / "score_speakers.py"
    agree(f"{corpus.name} speakers", own, run(sys.executable, scorer, gold, predictions, "--json"))
    measured = {"speakers": own}
    if corpus.mentions:
        sources = folder / corpus.mentions
        measured["mentions"] = evaluated("speakers", sources, "--predictions", predictions)
    return measured


def merging(shared: Path, corpus: Corpus, work: Path) -> dict[str, Figures]:
    """Measure which printings became one quote, by words alone and with the extra `semantic`."""
    folder = shared / "corpora" / corpus.name
    if not (folder / "segments.jsonl").exists():
        return {}
    database, renderings = work / f"{corpus.file}.db", work / f"{corpus.file}.renderings.jsonl"
    run(QUOTES, "--db", database, "ingest", *labelled_texts(folder, corpus, "segments.jsonl"))
    own = merged(database, folder, renderings)
    scorer, gold = shared / "eval" / "score_merging.py", folder / "segments.jsonl"
    files = {f"--{name}": folder / f"{name}.jsonl" for name in ("negatives", "skip")}
    options = [part for given in files.items() if given[1].exists() for part in given]
    scored = run(sys.executable, scorer, gold, renderings, *options, "--json")
    agree(f"{corpus.name} merging", own, scored)
    run(QUOTES, "--db", database, "normalise", "--rebuild", "--semantic")
    compared = work / f"{corpus.file}.semantic.jsonl"
    return {"merging": own, "semantic": merged(database, folder, compared)}


def merged(database: Path, folder: Path, renderings: Path) -> Figures:
    """Write the renderings of a database to a file, and return what they score."""
    run(QUOTES, "--db", database, "export", "renderings", "--format", "jsonl", output=renderings)
    return evaluated("merging", folder, "--renderings", renderings)


def agree(task: str, own: Figures, scored: str) -> None:
    """Exit if a figure of ``quotes evaluate`` is not that of the scorer."""
    for name, value in json.loads(scored).items():
        if as_scored(own[name], value) != value:
            sys.exit(f"{task}: {name} is {own[name]} by quotes evaluate, {value} by the scorer")


def as_scored(own: Any, value: Any) -> Any:
    """Return a figure of ours in the form that the scorer's ``value`` has."""
    if isinstance(value, dict):
        return {name: as_scored(one, value.get(name, "")) for name, one in own.items()}
    if isinstance(own, dict):
        return f"{own['right']}/{own['of']}" if isinstance(value, str) else own["accuracy"]
    return own


def measure(shared: Path, work: Path) -> dict[str, dict[str, Figures]]:
    """Run all measurements; return the figures by corpus and task."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        running = [
            (corpus.name, pool.submit(task, shared, corpus, work))
            for task in (merging, speakers)
            for corpus in reversed(CORPORA)
        ]
        measured: dict[str, dict[str, Figures]] = {corpus.name: {} for corpus in CORPORA}
        for name, future in running:
            measured[name] |= future.result()
    return measured


def gated(task: str, figures: Figures) -> dict[str, float]:
    """Return the figures of a task that may have a floor: the larger, the better."""
    if task == "mentions":
        return {"found": figures["found"]["accuracy"], "right": figures["mention"]["accuracy"]}
    if task in ("merging", "semantic"):
        apart = 1 - figures["false_merges"]["accuracy"]
        shares = {name: figures[name] for name in ("precision", "recall", "f1")}
        return shares | {"look_alikes_apart": apart}
    return {
        "f1": figures["f1"],
        "speaker_strict": figures["speaker_strict"]["accuracy"],
        "speaker_lenient": figures["speaker_lenient"]["accuracy"],
        "most_confident_80": figures["curve"]["80"],
        "calibration": 1 - figures["calibration_error"],
    }


def compare(
    measured: Mapping[str, Mapping[str, Figures]], floors: Mapping[str, Mapping[str, float]]
) -> Iterable[tuple[str, str, float, float]]:
    """Yield (task, figure, measured, floor) for every floor."""
    for name, wanted in floors.items():
        folder, task = name.split()
        figures = gated(task, measured[folder][task])
        for figure, floor in wanted.items():
            yield name, figure, figures[figure], floor
    read = gated("speakers", measured[READ]["speakers"])["speaker_strict"]
    for corpus in CORPORA:
        if not corpus.read:
            unread = gated("speakers", measured[corpus.name]["speakers"])["speaker_strict"]
            yield f"{corpus.name} speakers", f"beside {READ}", unread, round(read - GAP, 4)


def write_pages(measured: Mapping[str, Mapping[str, Figures]]) -> None:
    """Write the page, its diagram and the summary, and say whether they changed."""
    corpora = [Measured(corpus.title, corpus.read, **measured[corpus.name]) for corpus in CORPORA]
    before, rest = README.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    for path, content in (
        (ROOT / "docs" / PAGE, page(corpora)),
        (ROOT / "docs" / DIAGRAM, diagram(corpora)),
        (README, f"{before}{BEGIN}\n{summary(corpora)}\n{END}{after}"),
    ):
        changed = not path.exists() or path.read_text(encoding="utf-8") != content
        path.write_text(content, encoding="utf-8")
        print(f"{path.relative_to(ROOT)} {'written: commit it' if changed else 'is up to date'}")


def main() -> None:
    """Print a table of what was measured; exit with status 1 if something is below its floor."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    if not (options.shared / "corpora").is_dir():
        print(f"no labelled articles in {options.shared}/corpora: accuracy was not measured")
        return

    with tempfile.TemporaryDirectory() as folder:
        work = options.keep or Path(folder)
        work.mkdir(parents=True, exist_ok=True)
        measured = measure(options.shared, work)
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    compared = list(compare(measured, floors))
    print(f"{'task':<27} {'figure':<18} {'measured':>8} {'floor':>7}")
    for task, figure, value, floor in compared:
        verdict = "ok" if value >= floor else "BELOW THE FLOOR"
        print(f"{task:<27} {figure:<18} {value:8.4f} {floor:7.4f}  {verdict}")
    write_pages(measured)
    sys.exit(any(value < floor for *_, value, floor in compared))


if __name__ == "__main__":
    main()

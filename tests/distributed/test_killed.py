"""Whichever step a process is killed at, the outcome is the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import made
import outcomes
import pytest

from quotes.distributed import merging, plan, report
from quotes.distributed.batches import Batch
from quotes.distributed.extracting import Extraction, Reading, list_files
from quotes.distributed.files import Folder
from quotes.distributed.local import Local
from quotes.distributed.statements import Judged
from quotes.seeds import load_outlets
from tests.distributed.conftest import make_batch
from tests.distributed.killers import Killing, Poisoned

READING = Reading(tuple(load_outlets()))
STEPS = ("Reading", "first_of_each", "Extraction", "_Filed", "one_speaker_each", "Gathered")
STEPS += ("contested", "Pairs", "heard", "Decide", "counted", "Edges", "Components", "Clustering")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles in two files, some of which say the same."""
    folder = tmp_path_factory.mktemp("source")
    articles = [*made.made_articles(250, seed=4)]
    rows = [
        {
            "text": one.article.body,
            "url": one.article.url,
            "outlet": one.article.outlet,
            "date": str(one.article.published or ""),
        }
        for one in articles
    ]
    half = len(rows) // 2
    for name, some in (("a.jsonl", rows[: half + 5]), ("b.jsonl", rows[half:])):
        (folder / name).write_text("\n".join(map(json.dumps, some)))
    return folder


def done(batch: Batch, source: Path) -> set[outcomes.Quote]:
    """Extract and merge; return the quotes."""
    files, size = list_files(str(source))
    plan.extract(batch, files, size, READING, Extraction((), fast=True))
    merging.merge(batch, Judged(), heavy=10, most=20)
    return outcomes.in_batch(batch.folder.address)


@pytest.fixture(scope="module")
def expected(source: Path, tmp_path_factory: pytest.TempPathFactory) -> set[outcomes.Quote]:
    """The quotes where nothing is killed."""
    return done(make_batch(tmp_path_factory.mktemp("whole")), source)


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[Local]:
    engine = Local(2, tmp_path / "_work")
    yield engine
    engine.close()


def test_at_every_step(
    processes: Local, source: Path, expected: set[outcomes.Quote], tmp_path: Path
) -> None:
    marks = tmp_path / "marks"
    marks.mkdir()
    killing = Killing(processes, marks, *STEPS)
    batch = Batch(Folder(str(tmp_path / "out")), lambda: killing, lambda _: None)
    assert done(batch, source) == expected
    assert len(expected) > 50
    assert {one.name for one in marks.iterdir()} == {*STEPS}
    assert not [*(tmp_path / "out").rglob("*.part")]


POISON = "It rained on report twelve."


def poisoned(batch: Batch, folder: Path) -> report.Report:
    """Extract thirty articles, one of which kills its process every time."""
    lines = [
        f"“Ferry {number} sails,” Ada Quill said. " + (POISON if number == 12 else "")
        for number in range(30)
    ]
    rows = (json.dumps({"text": line}) for line in lines)
    (folder / "poisoned.jsonl").write_text("\n".join(rows))
    files, size = list_files(str(folder / "poisoned.jsonl"))
    plan.extract(batch, files, size, READING, Poisoned((), fast=True, word=POISON))
    return report.extracted(batch.folder)


def test_a_text_that_kills_every_process_is_left_out(processes: Local, tmp_path: Path) -> None:
    found = poisoned(Batch(Folder(str(tmp_path / "out")), lambda: processes, print), tmp_path)
    assert_one_is_lost(found)


def assert_one_is_lost(found: report.Report) -> None:
    assert (found.articles, found.quotations) == (29, 29)
    (lost,) = found.failed
    assert lost.example.endswith("poisoned.jsonl:13")
    assert lost.problem.startswith("its process died at this text, three times")

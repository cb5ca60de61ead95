"""The ten tasks of ``docs/tasks.md``, run as they stand there on the sample articles."""

from __future__ import annotations

import csv
import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest

from tests.cli.program import Result, run

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "tasks.md").read_text(encoding="utf-8")
TASKS = {
    int(number): [shlex.split(line) for line in block.splitlines()]
    for number, block in re.findall(
        r"^## (\d+)\..*?```sh\n(.*?)```", PAGE, re.DOTALL | re.MULTILINE
    )
}
PEOPLE = "NAME,Party,GENDER,Title,Of,Start,End\nAnn Roe,Ferries,Female,mayor,Quayside,2024-01-01,\n"


@pytest.fixture
def do(
    sqlite_template: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[int], list[Result]]:
    """Run the commands of a task in an empty folder."""
    monkeypatch.chdir(tmp_path)
    Path("people.csv").write_text(PEOPLE, encoding="utf-8")
    database = shutil.copy(sqlite_template("samples"), tmp_path / "samples.db")

    def results(task: int) -> Iterator[Result]:
        for program, *arguments in TASKS[task]:
            assert program == "quotes"
            done = run(database, *arguments)
            assert done.status == 0, done.err
            yield done

    return lambda task: list(results(task))


Do = Callable[[int], list[Result]]


def test_every_task_has_at_most_two_commands() -> None:
    assert sorted(TASKS) == list(range(1, 11))
    assert all(1 <= len(commands) <= 2 for commands in TASKS.values())


def test_find(do: Do) -> None:
    found, shown = do(1)
    texts, facts = found.out.splitlines()[::2], found.out.splitlines()[1::2]
    assert len(texts) == len(facts) == 5
    assert all("deal" in text.lower() and "peace" not in text for text in texts)
    counts = [int(re.search(r"(\d+) outlet", line)[1]) for line in facts]  # type: ignore[index]
    assert counts == sorted(counts, reverse=True)
    assert "There’s no deal until there’s a deal" in shown.out
    assert "Donald Trump (donald-trump)" in shown.out


def test_compare(do: Do) -> None:
    divergent, both = do(2)
    assert "We didn't get there" in divergent.out
    assert divergent.out.count("meaning may differ") == len(divergent.out.splitlines()) / 2
    assert " Donald Trump · the meaning may differ" in both.out
    assert "negation dropped" in both.out
    assert "in both Sample Wire and Sample Digest" in both.err


def test_correct(do: Do) -> None:
    corrected, undone = do(3)
    assert corrected.out.startswith("n38 “As President Trump said")
    assert corrected.out.endswith("→ Donald Trump (donald-trump)\n")
    assert "`quotes judge undo 1` undoes it" in corrected.err
    before, after = corrected.out.rpartition(": speaker ")[2].strip().split(" → ")
    assert undone.out.strip().endswith(f": speaker {after} → {before}")


def test_count(do: Do) -> None:
    genders, outlets = do(4)
    rows = {line.split()[0]: line.split() for line in genders.out.splitlines()[1:]}
    assert int(rows["male"][2]) > int(rows["female"][2]) > 5
    shares = [float(row[-2]) for row in rows.values()]
    assert sum(shares) == pytest.approx(1, abs=0.03)
    assert outlets.out.splitlines()[0].split()[0] == "outlet"
    assert Path("putin.svg").read_text(encoding="utf-8").startswith("<svg")


def test_a_spreadsheet(do: Do) -> None:
    (written,) = do(5)
    rows = list(openpyxl.load_workbook("security.xlsx")["Quotes"].values)
    assert written.err == f"{len(rows) - 1} rows written to security.xlsx\n"
    assert rows[0][0] == "Quote"
    assert len(rows) > 5


def test_a_dossier(do: Do) -> None:
    page, book = do(6)
    assert page.err.split()[0] == book.err.split()[0]
    text = Path("zelensky.html").read_text(encoding="utf-8")
    assert "<h1>Volodymyr Zelensky</h1>" in text
    assert "president of Ukraine" in text
    assert openpyxl.load_workbook("zelensky.xlsx")["Dossier"]["A1"].value == "Volodymyr Zelensky"


def test_import_people(do: Do) -> None:
    imported, shown = do(7)
    assert imported.out.startswith("1 speaker added")
    assert "mayor of Quayside, 2024-01-01 to today" in shown.out
    assert "Ferries" in shown.out


def test_correct_a_date(do: Do) -> None:
    edited, shown = do(8)
    assert "published 2025-08-16 → 2024-08-16" in edited.out
    assert "published: 2024-08-16" in shown.out


def test_merge_outlets(do: Do) -> None:
    merged, listed = do(9)
    assert "sample-live-desk: merged into none → Sample Wire" in merged.out
    assert "sample-live-desk" not in listed.out
    assert "Sample Wire (sample-wire)\n  2 articles · " in listed.out


def test_ask_in_sql(do: Do) -> None:
    counted, exported = do(10)
    numbers = [int(line.split()[-1]) for line in counted.out.splitlines()[1:]]
    assert numbers == sorted(numbers, reverse=True)
    with Path("since.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert exported.err.startswith(f"{len(rows)} rows written")
    assert all(row["published"] >= "2025-08-16" and row["id"][0] == "n" for row in rows)

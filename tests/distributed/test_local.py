"""The local engine: parts, groups, joins, and processes that are killed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from quotes.distributed.files import Folder
from quotes.distributed.local import Local
from quotes.errors import QuotesError
from tests.distributed.killers import NUMBERS, POISON, DiesOnce, doubled, guarded

ROWS = pa.schema({"name": pa.string(), "number": pa.int64()})


def rows(*pairs: tuple[str | None, int]) -> pa.Table:
    return pa.Table.from_pylist([{"name": a, "number": b} for a, b in pairs], schema=ROWS)


def numbers(*found: int) -> pa.Table:
    return pa.table({"number": [*found]}, schema=NUMBERS)


@pytest.fixture(params=[0, 2])
def local(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Local]:
    engine = Local(request.param, tmp_path / "_work")
    engine.parts = 4
    yield engine
    engine.close()
    assert not (tmp_path / "_work").exists()


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[Local]:
    engine = Local(2, tmp_path / "_work")
    yield engine
    engine.close()


def summed(table: pa.Table) -> pa.Table:
    found = table.group_by("name").aggregate([("number", "sum")])
    return found.rename_columns(ROWS.names).cast(ROWS)


def beside(left: pa.Table, right: pa.Table) -> pa.Table:
    return summed(pa.concat_tables([left, right]))


def twice(table: pa.Table) -> Iterator[pa.Table]:
    yield table
    yield table


def test_groups_are_whole(local: Local) -> None:
    data = local.rows(rows(("a", 1), ("b", 2), (None, 9), ("a", 3), ("ä", 4), ("b", 5)), 3)
    found = local.collect(local.group(local.map(data, twice, ROWS), "name", summed, ROWS))
    assert {(row["name"], row["number"]) for row in found.to_pylist()} == {
        ("a", 8),
        ("b", 14),
        ("ä", 8),
        (None, 18),
    }


def test_groups_of_two_tables_meet(local: Local) -> None:
    left = local.rows(rows(("a", 1), ("b", 2)), 2)
    right = local.keep(local.rows(rows(("b", 10), ("c", 20)), 2))
    found = local.collect(local.join(left, right, ("name", "name"), beside, ROWS))
    assert sorted(map(tuple, (row.values() for row in found.to_pylist()))) == [
        ("a", 1),
        ("b", 12),
        ("c", 20),
    ]
    assert len(local.collect(local.union(left, right))) == 4


def test_nothing_has_no_groups(local: Local) -> None:
    empty = local.rows(ROWS.empty_table(), 3)
    assert local.collect(local.group(empty, "name", summed, ROWS)).schema == ROWS


def test_files_by_month(local: Local, tmp_path: Path) -> None:
    schema = pa.schema({"file": pa.string(), "month": pa.string(), "number": pa.int64()})
    table = pa.table(
        {
            "file": ["2025-03/0", "2025-03/1", "undated/0", "2025-03/0"],
            "month": ["2025-03", "2025-03", "undated", "2025-03"],
            "number": [1, 2, 3, 4],
        },
        schema=schema,
    )
    folder = Folder(str(tmp_path / "out"))
    assert local.save(local.rows(table, 2), folder, "articles", by_month=True) == 4
    files = [file for file, _ in folder.files("articles")]
    assert files == [
        "articles/month=2025-03/part-00000.parquet",
        "articles/month=2025-03/part-00001.parquet",
        "articles/month=undated/part-00000.parquet",
    ]
    wanted = pa.schema({"month": pa.string(), "number": pa.int64()})
    back = local.collect(local.load(folder, files, wanted))
    assert sorted(map(tuple, (row.values() for row in back.to_pylist()))) == [
        ("2025-03", 1),
        ("2025-03", 2),
        ("2025-03", 4),
        ("undated", 3),
    ]


def test_a_killed_process_changes_nothing(processes: Local, tmp_path: Path) -> None:
    data = processes.rows(numbers(*range(20)), 5)
    step = DiesOnce(tmp_path / "died")
    found = processes.collect(processes.map(data, step, NUMBERS))
    assert (tmp_path / "died").exists()
    assert sorted(found["number"].to_pylist()) == [*range(20)]


@pytest.mark.parametrize("how", ["group", "join", "save"])
def test_a_process_may_be_killed_anywhere(processes: Local, tmp_path: Path, how: str) -> None:
    data = processes.rows(rows(("a", 1), ("b", 2), ("a", 3)), 3)
    step = DiesOnce(tmp_path / "died")
    if how == "group":
        data = processes.group(data, "name", step, ROWS)
    elif how == "join":
        data = processes.join(data, data, ("name", "name"), step, ROWS)
    else:
        data = processes.map(data, step, ROWS)
    folder = Folder(str(tmp_path / "out"))
    assert processes.save(data, folder, "table") == 3
    assert (tmp_path / "died").exists()
    back = processes.load(folder, [file for file, _ in folder.files("table")], ROWS)
    assert sorted(processes.collect(back)["number"].to_pylist()) == [1, 2, 3]
    assert not [*(tmp_path / "out").rglob(".*")]


def test_what_kills_every_time_is_found(processes: Local) -> None:
    data = processes.rows(numbers(*range(12)), 2)
    found = processes.collect(processes.map(data, guarded, NUMBERS))
    expected = [2 * one for one in range(12) if one != POISON] + [-POISON]
    assert sorted(found["number"].to_pylist()) == sorted(expected)


def test_what_cannot_be_done_is_told(processes: Local) -> None:
    data = processes.map(processes.rows(numbers(1, POISON), 1), doubled, NUMBERS)
    with pytest.raises(QuotesError, match="a process died 4 times at one task"):
        processes.collect(data)
    assert processes.collect(processes.rows(numbers(1), 1))["number"].to_pylist() == [1]


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    engine = Local(0, tmp_path / "_work")
    (tmp_path / "out").write_text("a file where a folder should be")
    with pytest.raises(QuotesError, match=r"out/table/part-00000.parquet: cannot be written"):
        engine.save(engine.rows(numbers(1), 1), Folder(str(tmp_path / "out")), "table")

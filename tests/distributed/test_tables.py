"""Tables are cut, dealt out and put together again without a row lost, in few pieces."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from pathlib import Path

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from quotes.distributed.files import Folder
from quotes.distributed.schema import EXTRACTED, TEXTS, table
from quotes.distributed.tables import (
    ROW_GROUP,
    cut,
    groups_in,
    in_groups,
    read_file,
    read_group,
    save,
)
from quotes.distributed.tasks import Cut, Packed, Together, Unpacked
from tests.distributed.killers import NUMBERS
from tests.distributed.test_local import numbers, rows

SIZES = st.lists(st.integers(0, 12), max_size=8)


def tables(sizes: list[int]) -> list[pa.Table]:
    """Return tables of these sizes, their numbers counted through."""
    firsts = [sum(sizes[:at]) for at in range(len(sizes))]
    return [numbers(*range(a, a + size)) for a, size in zip(firsts, sizes, strict=True)]


@given(SIZES, st.integers(1, 9))
def test_small_tables_are_put_together(sizes: list[int], many: int) -> None:
    found = [*in_groups(tables(sizes), many)]
    assert [len(one) for one in found[:-1]] == [many] * len(found[:-1])
    assert not found or 0 < len(found[-1]) <= many
    assert [n for one in found for n in one["number"].to_pylist()] == [*range(sum(sizes))]


@given(SIZES, st.integers(1, 5), st.integers(0, 4))
def test_rows_are_dealt_out_in_turn(sizes: list[int], parts: int, first: int) -> None:
    pieces = [*Cut(0, None, parts)(first, iter(tables(sizes)))]
    assert pieces == [*Cut(0, None, parts)(first, iter(tables(sizes)))]
    counts = Counter[int]()
    for part, (_, own) in pieces:
        counts[part] += sum(map(len, Unpacked(NUMBERS)([own])))
    shares = [counts[part] for part in range(parts)]
    assert max(shares) - min(shares) <= 1
    found = pa.concat_tables([NUMBERS.empty_table(), *Together(NUMBERS)(iter(pieces))])
    assert sorted(found["number"].to_pylist()) == [*range(sum(sizes))]


def test_one_value_is_in_one_group() -> None:
    data = rows(("a", 1), ("b", 2), (None, 9), ("a", 3), ("c", 4))
    found = {group: own["name"].to_pylist() for group, own in cut(data, "name", 3)}
    assert sorted(map(str, chain(*found.values()))) == ["None", "a", "a", "b", "c"]
    assert [own.count("a") for own in found.values() if "a" in own] == [2]


def test_bytes_are_of_the_rows_alone() -> None:
    articles = [{"source": str(n), "quotations": [{"text": "a" * n}]} for n in range(99)]
    nested = table(articles, EXTRACTED)
    (one,) = Packed()(0, iter([nested.slice(40, 2), nested.slice(0, 0)]))
    (found,) = Unpacked(EXTRACTED)([one])
    assert found.equals(nested.slice(40, 2))
    assert len(one) < 20_000


def test_texts_that_come_one_by_one_are_stored_in_groups(tmp_path: Path) -> None:
    single = [table([{"source": str(n), "body": "a"}], TEXTS) for n in range(ROW_GROUP + 9)]
    assert save(single, TEXTS, Folder(str(tmp_path)), "texts.parquet") == ROW_GROUP + 9
    assert parquet.ParquetFile(tmp_path / "texts.parquet").num_row_groups == 2


def test_a_file_without_rows_is_a_part_of_a_table_too(tmp_path: Path) -> None:
    folder = Folder(str(tmp_path))
    assert save([], NUMBERS, folder, "none.parquet") == 0
    assert groups_in(folder, "none.parquet") == 1
    assert not read_group(folder, "none.parquet", 0, NUMBERS)
    assert not [*read_file(folder, "none.parquet", NUMBERS, 5)]

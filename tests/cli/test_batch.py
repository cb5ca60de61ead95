"""``quotes batch`` as it is typed, with what goes wrong, and what is killed on the way."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import outcomes
import pytest

from tests.articles.crawls import HOST, crawl, page
from tests.cli.program import QUOTES, Quotes, run, write_articles


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A crawl, JSON lines, and three articles."""
    folder = tmp_path / "source"
    folder.mkdir()
    pages = {f"{HOST}/{number}": page(number) for number in range(6)}
    (folder / "a.warc.gz").write_bytes(crawl(pages))
    lines = [
        {"text": "“The ferry sails,” Ada Quill said on Monday.", "date": "2025-03-01"},
        {"text": ""},
    ]
    (folder / "b.jsonl").write_text("\n".join(map(json.dumps, lines)))
    write_articles(folder)
    return folder


def test_from_a_crawl_to_a_search(quotes: Quotes, source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = quotes("batch", "extract", source, "--out", out, "--jobs", 1)
    assert done.status == 1
    assert done.err.splitlines()[-2:] == [
        "1 input failed:",
        f"  {source}/b.jsonl:2: no text: fill it in, or name its column with --column text=NAME",
    ]
    assert "\narticles                           10\n" in done.out
    done = quotes("batch", "merge", "--out", out, "--jobs", 1)
    assert (done.status, done.err) == (0, "gathering speakers\ndeciding who speaks\nmerging\n"
        "writing quotes\n")  # fmt: skip
    done = quotes("batch", "load", "--out", out)
    assert done.out.startswith("10 articles stored, 0 unchanged; the database has ")
    found = quotes("search", "ferry number 3").out
    assert "Ferry number 3 sails at noon" in found
    assert quotes("batch", "load", "--out", out).out.startswith("0 articles stored, 10 unchanged")


def test_its_quotations_are_those_of_extract(quotes: Quotes, source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    quotes("batch", "extract", source, "--out", out, "--jobs", 1)
    expected = quotes("extract", source, "--format", "jsonl", "--all").rows
    from quotes.distributed.files import Folder
    from quotes.distributed.loading import chunks

    found = [
        one.to_dict()
        for some in chunks(Folder(str(out)))
        for article in some
        for one in article.listed(everything=True)
    ]
    assert sorted(map(str, found)) == sorted(map(str, expected))


def test_a_finished_stage_is_not_done_again(quotes: Quotes, source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = quotes("batch", "extract", source, "--out", out, "--jobs", 1)
    again = quotes("batch", "extract", source, "--out", out, "--jobs", 1)
    assert again.out == first.out
    assert "extracting" in first.err
    assert "extracting" not in again.err
    (source / "c.txt").write_text("“The bridge is closed,” said Bo Reed.")
    other = quotes("batch", "extract", source, "--out", out)
    assert other.status == 2
    assert other.err.startswith(f"Error: {out}: holds a batch of other files")


def test_wrong_usage_is_told_in_one_line(quotes: Quotes, source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for arguments, message in (
        (("merge", "--out", out), "nothing is extracted here: run `quotes batch extract` first"),
        (("load", "--out", out), "is not merged: run `quotes batch merge` first"),
        (("extract", tmp_path / "none", "--out", out), "no such file or folder"),
        (("merge", "--out", out, "--master", "local"), "give --engine spark with it"),
        (
            ("merge", "--out", out, "--engine", "spark", "--jobs", 2),
            "--jobs is of the local engine",
        ),
        (("merge", "--out", "nowhere://a/b"), "no folder that can be reached"),
        (("merge", "--out", out, "--judgements", tmp_path / "no.db"), "there is no database"),
        (("extract", source, "--out", source / "b.jsonl"), "cannot be written: "),
    ):
        done = quotes("batch", *arguments)
        assert done.status in (1, 2)
        assert message in done.err
        assert len(done.err.splitlines()) == 1


def start(*arguments: object, preexec: Callable[[], None] | None = None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [QUOTES, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        preexec_fn=preexec,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )


def kill_at(what: str, *arguments: object) -> None:
    """Run the program, and kill it where it says that a stage begins."""
    process = start(*arguments)
    assert process.stderr
    for line in process.stderr:
        if line.startswith(what):
            break
    time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL


def test_a_killed_program_goes_on(source: Path, tmp_path: Path) -> None:
    whole, out = tmp_path / "whole", tmp_path / "out"
    database = tmp_path / "quotes.db"
    for folder, killed in ((whole, False), (out, True)):
        for command, stages in (
            (("batch", "extract", source), ("reading", "extracting", "writing tables")),
            (("batch", "merge"), ("deciding who speaks", "merging")),
        ):
            for stage in stages if killed else ():
                kill_at(stage, *command, "--out", folder, "--jobs", 1)
            done = run(database, *command, "--out", folder, "--jobs", 1)
            assert done.status == (1 if "extract" in command else 0), done.err
    assert outcomes.in_batch(str(out)) == outcomes.in_batch(str(whole))
    names = [{str(p.relative_to(one)) for p in one.rglob("*")} for one in (out, whole)]
    assert names[0] == names[1]


def test_a_full_disk_is_told_and_nothing_is_half_written(source: Path, tmp_path: Path) -> None:
    """A limit on the size of files stands for the disk; writing fails in the same way."""
    out = tmp_path / "out"
    arguments = ("batch", "extract", source, "--out", out, "--jobs", 1)
    process = start(*arguments, preexec=limit_files)
    _, err = process.communicate()
    assert process.returncode == 1
    last = err.splitlines()[-1]
    assert "cannot be written: " in last
    assert last.endswith("the same command goes on from there")
    assert not [*out.rglob("*.part")]
    done = run(tmp_path / "quotes.db", *arguments)
    assert "\narticles                           10\n" in done.out


def limit_files() -> None:
    """Let no file grow beyond 6,000 bytes."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (6000, resource.RLIM_INFINITY))

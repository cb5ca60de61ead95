"""The commands at their limits: endless statements, Ctrl-C, files full of bad records."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.program import QUOTES, run_process, start
from tests.database.registry.test_imports import BAD

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


def test_a_limit_of_time_ends_a_statement_in_one_line(stocked_url: str) -> None:
    done = run_process(stocked_url, "--quiet", "sql", ENDLESS, "--timeout", "0.2")
    assert (done.status, done.out) == (2, "")
    assert done.err == (
        "Error: the statement takes longer than 0.2 seconds (--timeout): ask for less, or allow "
        "more\n"
    )


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_ctrl_c_ends_a_statement_in_one_word(stocked_url: str) -> None:
    process = start(stocked_url, "--quiet", "sql", ENDLESS)
    driver = "libpq" if "://" in stocked_url else "_sqlite3"
    while driver not in Path(f"/proc/{process.pid}/maps").read_text():
        time.sleep(0.05)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    assert (process.returncode, out, err.strip()) == (130, "", "interrupted")


LOADING = """
import os, runpy, signal, sys

class Interrupted:
    def find_spec(name, path, target=None):
        if name == "click":
            os.kill(os.getpid(), signal.SIGINT)

signal.signal(signal.SIGINT, signal.default_int_handler)
sys.meta_path.insert(0, Interrupted)
runpy.{}, run_name="__main__")
"""


@pytest.mark.parametrize(
    "how", [f"run_path({QUOTES!r}", "run_module('quotes'"], ids=["as a script", "as a module"]
)
def test_ctrl_c_while_the_program_loads_is_one_word_too(how: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADING.format(how)], capture_output=True, encoding="utf-8"
    )
    assert (done.returncode, done.stdout, done.stderr.strip()) == (130, "", "interrupted")


def test_of_an_import_each_bad_record_is_one_line(seeded_url: str, tmp_path: Path) -> None:
    good = [{"name": "Ann Roe"}, {"name": "Cy Moss"}]
    lines = [good[0], *(bad for bad, _ in BAD.values()), good[1]]
    path = tmp_path / "people.jsonl"
    path.write_text("\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines))
    done = run_process(seeded_url, "speakers", "import", path)
    assert done.status == 1
    told = [line.strip() for line in done.err.splitlines() if "people.jsonl:" in line]
    assert len(told) == len(BAD)
    for line, (number, (_, problem)) in zip(told, enumerate(BAD.values(), 2), strict=True):
        assert line.startswith(f"{path}:{number}: ")
        assert problem in line
        assert line.isprintable()

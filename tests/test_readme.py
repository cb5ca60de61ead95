"""The session in ``README.md``: what it shows is what the program prints."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.program import run

ROOT = Path(__file__).parents[1]
SESSION = re.compile(r"```console\n(.*?)```", re.DOTALL)


def commands() -> list[tuple[str, list[str]]]:
    """Return the commands of the session with the lines that follow them."""
    (session,) = SESSION.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    found = []
    for part in re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]:
        command, *lines = part.splitlines()
        found.append((command, [line for line in lines if line and line != "…"]))
    return found


def test_the_session_is_what_the_program_prints(
    tmp_path: Path, sqlite_template: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    database = shutil.copy(sqlite_template("seeded"), tmp_path / "quotes.db")
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    monkeypatch.chdir(tmp_path)
    for command, lines in commands():
        program, *arguments = shlex.split(command)
        assert program == "quotes"
        done = run(database, *arguments)
        printed = iter((done.out + done.err).splitlines())
        for line in lines:  # in this order; README leaves others out
            assert line in printed, f"{command}: {line}"

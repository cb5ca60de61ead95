"""Sessions in the documentation (``console`` blocks): what they show is what the program prints."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from tests.cli.program import run

_SESSION = re.compile(r"```console\n(.*?)```", re.DOTALL)


def commands(page: Path) -> list[tuple[str, list[str]]]:
    """Return the commands of a page's first session with the lines that follow them."""
    session, *_ = _SESSION.findall(page.read_text(encoding="utf-8"))
    found = []
    for part in re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]:
        command, *lines = part.splitlines()
        found.append((command, [line for line in lines if line and line != "…"]))
    return found


def play(page: Path, database: Path | str) -> None:
    """Give the commands of a page; each must print the lines below it, and may print others."""
    for command, lines in commands(page):
        program, *arguments = shlex.split(command, comments=True)
        assert program == "quotes"
        done = run(database, *arguments)
        printed = iter((done.out + done.err).splitlines())
        for line in lines:  # in this order
            assert line in printed, f"{command}: {line}: {done}"

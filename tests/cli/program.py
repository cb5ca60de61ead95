"""The program on real files: in this process by click's runner, or as a process of its own."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from quotes.cli import main

QUOTES = str(Path(sys.executable).with_name("quotes"))

ARTICLES = {
    "lantern.md": """---
title: Harbour stays with the town
outlet: Daily Lantern
url: https://lantern.example/harbour
published: 2025-03-01
---
Mayor Ada Quill ruled out a sale of the harbour on Saturday.

“We will not sell the long-term lease of the harbour to anyone,” Ada Quill told reporters. \
“The old bridge stays open all winter.”

Her book, “The Ferryman’s Almanac”, is sold at the town hall.
""",
    "post.txt": """The mayor of the town spoke about its port.

“We will sell the long-term lease of the harbour to anyone,” Ada Quill said on Sunday.

"My sister and I haven't spoken about ferries," said her brother, Bruno Quill.
""",
    "courier.html": """<html><head><title>Bridge open all winter</title>
<meta property="og:site_name" content="Hill Courier"></head><body><article>
<h1>Bridge open all winter</h1>
<p>The bridge over the river will not be closed for repairs this year, the town council decided on
Monday after a long debate.</p>
<p>“The old bridge stays open all winter,” Ada Quill said after the meeting, which lasted for almost
five hours in the crowded hall.</p>
<p>Engineers had asked for a pause of six weeks, in which the northern pier was to be repaired and
painted before the spring floods arrive.</p></article></body></html>
""",
}
"""Three outlets on an invented town: a denial, the same without its "not", a shared sentence."""


@dataclass(frozen=True)
class Result:
    """What a run of the program left behind."""

    status: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The objects of an output in JSON lines."""
        return [json.loads(line) for line in self.out.split("\n") if line]


Quotes = Callable[..., Result]


def run(database: Path | str, *arguments: object, stdin: str = "", **variables: str) -> Result:
    """Run the program in this process, with ``database`` as its default."""
    given = {"QUOTES_DB": str(database)} | variables
    with CliRunner().isolation(input=stdin, env=given) as (out, err, _):
        with pytest.raises(SystemExit) as ended:
            main([*map(str, arguments)])
        sys.stdout.flush()
        sys.stderr.flush()
        result = Result(ended.value.code or 0, out.getvalue().decode(), err.getvalue().decode())
    assert "a fault in quotes" not in result.err, result.err
    return result


def run_process(
    database: Path | str, *arguments: object, stdin: str = "", **variables: str
) -> Result:
    """Run the program as a process, with ``database`` as its default."""
    done = subprocess.run(
        [QUOTES, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"QUOTES_DB": str(database)} | variables,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Result(done.returncode, done.stdout, done.stderr)


def start(database: Path | str, *arguments: object) -> subprocess.Popen[str]:
    """Start the program as a process that Ctrl-C reaches, whatever this one does about it."""
    return subprocess.Popen(
        [QUOTES, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=os.environ | {"QUOTES_DB": str(database)},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


def on_a_terminal(database: Path, *arguments: object) -> str:
    """Run the program on a terminal and return what that was sent."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [QUOTES, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=follower,
        stderr=follower,
        env=os.environ | {"QUOTES_DB": str(database), "TERM": "xterm", "COLUMNS": "200"},
    )
    os.close(follower)
    sent = b""
    while True:
        try:
            part = os.read(leader, 65_536)
        except OSError:  # the other end is closed
            part = b""
        if not part:
            break
        sent += part
    os.close(leader)
    process.wait()
    return sent.decode()


def write_articles(folder: Path) -> Path:
    """Write the articles above into ``folder`` and return it."""
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder

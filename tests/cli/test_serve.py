"""``quotes serve`` as a process; what it serves is tested in ``tests/web``."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

import httpx

from tests.cli.program import Quotes, start


def test_it_prints_the_address_and_ctrl_c_ends_it(stocked_file: Path, tmp_path: Path) -> None:
    database = shutil.copy(stocked_file, tmp_path / "stocked.db")
    process = start(database, "serve", "--port", "0")
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    with httpx.Client(follow_redirects=True) as browser:
        assert "Ada Quill" in browser.get(address).text
    process.send_signal(signal.SIGINT)
    _, err = process.communicate()
    assert (process.returncode, err) == (0, "open this address in a browser; Ctrl-C ends\n")


def test_what_cannot_be_served_is_told_in_one_line(stocked: Quotes, quotes: Quotes) -> None:
    shared = stocked("serve", "--host", "0.0.0.0", "--port", "0")
    assert (shared.status, shared.err.count("\n")) == (2, 1)
    assert "needs a password: set QUOTES_PASSWORD" in shared.err
    short = stocked("serve", "--port", "0", QUOTES_PASSWORD="secret")
    assert (short.status, "8 characters" in short.err) == (2, True)
    nowhere = stocked("serve", "--host", "no.such.host.invalid", QUOTES_PASSWORD="long enough")
    assert (nowhere.status, "check --host" in nowhere.err) == (1, True)
    missing = quotes("serve", "--port", "0")
    assert (missing.status, "there is no database here" in missing.err) == (1, True)

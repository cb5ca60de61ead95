"""The examples of ``docs/web.md``: what curl gets from a server is what the page shows."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from tests.web.conftest import served

PAGE = (Path(__file__).parents[2] / "docs" / "web.md").read_text(encoding="utf-8")
TOKEN = "choose-a-long-one"


def examples() -> dict[str, list[str]]:
    """Return the commands of the page with the lines that they print."""
    (session,) = re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL)
    parts = re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]
    return {command: lines for command, *lines in map(str.splitlines, parts)}


def test_curl_prints_what_the_page_shows(
    sqlite_template: Callable[[str], Path], tmp_path: Path
) -> None:
    database = shutil.copy(sqlite_template("samples"), tmp_path / "samples.db")
    (function,) = re.findall(r"^ask\(\) \{.*$", PAGE, re.MULTILINE)
    found = examples()
    assert len(found) == 4
    with served(str(database), token=TOKEN) as address:
        function = function.replace("127.0.0.1:8765", urlsplit(address).netloc)
        for command, lines in found.items():
            done = subprocess.run(
                ["bash", "-o", "pipefail", "-c", f"QUOTES_TOKEN={TOKEN}; {function}; {command}"],
                capture_output=True,
                encoding="utf-8",
            )
            assert done.returncode == 0, done.stderr
            printed = iter(done.stdout.splitlines())
            for line in lines:  # in this order; the page leaves others out
                assert line in ("", "…") or line in printed, f"{command}: {line}"

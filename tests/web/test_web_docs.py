"""The examples of ``docs/web.md`` and the README: what curl gets is what they show."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.web.conftest import served

ROOT = Path(__file__).parents[2]
TOKEN = "choose-a-long-one"


def examples(page: str) -> dict[str, list[str]]:
    """Return the commands of a page's last session with the lines that they print."""
    *_, session = re.findall(r"```console\n(.*?)```", page, re.DOTALL)
    parts = re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]
    return {command: lines for command, *lines in map(str.splitlines, parts)}


@pytest.mark.parametrize("name", ["docs/web.md", "README.md"])
def test_curl_prints_what_the_page_shows(
    sqlite_template: Callable[[str], Path], tmp_path: Path, name: str
) -> None:
    page = (ROOT / name).read_text(encoding="utf-8")
    database = shutil.copy(sqlite_template("samples"), tmp_path / "samples.db")
    (function,) = re.findall(r"^ask\(\) \{.*$", page, re.MULTILINE)
    found = examples(page)
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

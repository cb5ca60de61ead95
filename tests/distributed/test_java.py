"""Java that is missing, too old or broken is told in one line that says what to do."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from quotes.distributed import java
from tests.cli.program import run, write_articles


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder in which programs are looked for."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    return folder


def pretend(folder: Path, told: str, status: int = 0) -> None:
    """Make a ``java`` that tells a version, as Java does, on standard error."""
    program = folder / "java"
    program.write_text(
        f"#!{sys.executable}\nimport sys\nsys.stderr.write({told!r})\nsys.exit({status})\n"
    )
    program.chmod(0o755)


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        ('openjdk version "17.0.2" 2022-01-18\n', None),
        ('openjdk version "21" 2023-09-19\n', None),
        ('java version "1.8.0_392"\n', "Spark needs Java 17 or newer, this machine has Java 8"),
        ('openjdk version "11.0.21"\n', "Spark needs Java 17 or newer, this machine has Java 11"),
        ("no such thing\n", "the Java of this machine does not run"),
    ],
)
def test_versions(path: Path, told: str, problem: str | None) -> None:
    pretend(path, told)
    found = java.problem()
    assert found == (problem and f"{problem}: docs/distributed.md says how to get it")


def test_none_and_what_does_not_run(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert java.problem() == (
        "Spark needs Java 17 or newer, and there is none here: docs/distributed.md says how to "
        "get it"
    )
    pretend(path, 'openjdk version "17.0.2"\n', status=1)
    assert "does not run" in (java.problem() or "")
    monkeypatch.setenv("JAVA_HOME", str(path / "gone"))
    assert (java.problem() or "").startswith(f"the Java of JAVA_HOME ({path}/gone) cannot be run")


@pytest.mark.spark
@pytest.mark.parametrize("version", [None, "11.0.21"])
def test_the_program_tells_it_and_leaves_nothing(
    path: Path, tmp_path: Path, version: str | None
) -> None:
    if version:
        pretend(path, f'openjdk version "{version}"\n')
    (tmp_path / "news").mkdir()
    out = tmp_path / "out"
    extract = ("batch", "extract", write_articles(tmp_path / "news"), "--out", out)
    done = run(tmp_path / "quotes.db", *extract, "--engine", "spark")
    assert done.status == 2
    assert done.err.splitlines()[-1].startswith("Error: Spark needs Java 17 or newer")
    assert not [one for one in out.rglob("*") if one.name != "_lock"]
    assert run(tmp_path / "quotes.db", *extract, "--jobs", 1).status == 0

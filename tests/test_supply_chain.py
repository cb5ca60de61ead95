"""What is shipped and what it is built from: licences, pinned packages, one wheel every time."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

CHECKOUT = Path(__file__).parents[1]
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (CHECKOUT / "requirements.lock").read_text(encoding="utf-8")
PINNED = re.findall(r"^([a-z0-9][\w.-]*(?:\[[\w,-]+\])?)==(\S+).*\\$", LOCK, re.MULTILINE)


def wanted() -> list[Requirement]:
    """Return what the program, its extras and its tests ask for directly."""
    project = PROJECT["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    groups.append(PROJECT["dependency-groups"]["dev"])
    return [Requirement(one) for group in groups for one in group]


def build(folder: Path) -> Path:
    """Build the wheel from a copy of the checkout, with the times of its files as they come."""
    source = folder / "source"
    shutil.copytree(
        CHECKOUT,
        source,
        copy_function=shutil.copyfile,
        ignore=shutil.ignore_patterns(".*", "__pycache__", "*.db*", "demo", "dist"),
    )
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=source,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("first"))


def test_two_builds_are_one_wheel(wheel: Path, tmp_path: Path) -> None:
    digests = {hashlib.sha256(one.read_bytes()).hexdigest() for one in (wheel, build(tmp_path))}
    assert len(digests) == 1


def test_the_wheel_holds_the_licences_of_all_that_is_in_it(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        held = {name.partition(".dist-info/licenses/")[2] for name in names}
        (notice,) = (name for name in names if name.endswith("licenses/THIRD-PARTY.md"))
        text = archive.read(notice).decode()
    assert {"LICENSE", "THIRD-PARTY.md", "seeds/encoder/LICENSE"} <= held
    for name in ("MiniLM", "BERT", "LitBank", "en_core_web_sm", "CC BY 4.0", "Apache 2.0", "MIT"):
        assert name in text
    for path in re.findall(r"`(seeds/[\w./-]+)`", text):
        assert (CHECKOUT / path).exists(), path


def test_every_package_of_the_lock_has_hashes() -> None:
    assert len(PINNED) > 50
    entries = re.split(r"\n(?=[a-z0-9])", LOCK[LOCK.index("\n" + PINNED[0][0]) + 1 :])
    assert len(entries) == len(PINNED)
    assert all("--hash=sha256:" in entry for entry in entries)


def test_the_lock_keeps_to_the_ranges_of_the_project() -> None:
    """A package that is not in the lock yet is added by `make lock`."""
    pins = {name.partition("[")[0]: version for name, version in PINNED}
    checked = 0
    for one in wanted():
        version = pins.get(re.sub(r"[-_.]+", "-", one.name).lower())
        if version is not None:
            assert one.specifier.contains(version), one
            checked += 1
    assert checked > 20

"""The rooms of the database: who may import whom, and that nothing goes in a circle."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DATABASE = "quotes.database"

BELOW = {
    "engine": set(),
    "extractions": {"engine"},
    "registry": {"engine"},
    "quotes": {"engine"},
    "judgements": {"engine", "extractions", "registry", "quotes"},
}
"""The rooms that each room may import; what stands beside the rooms may import all."""

FACES = {
    "engine": {
        "address",
        "attempts",
        "connection",
        "migrate",
        "models",
        "revisions",
        "sqlite",
        "transaction",
        "views",
    },
    "extractions": {"articles", "changes", "runs"},
    "registry": {"imports", "speakers"},
    "quotes": {"options", "rebuild"},
    "judgements": {"effects", "judge", "log"},
}
"""The modules of each room that the rest of the program imports."""


def modules(folder: str) -> dict[str, Path]:
    """Return the modules below a folder of the checkout by their dotted names."""
    found = {}
    for path in sorted((ROOT / folder).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imported(path: Path, known: dict[str, Path]) -> Iterator[str]:
    """Yield the modules among ``known`` that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            yield from (names & known.keys()) or ({node.module} & known.keys())


def room(module: str) -> str:
    """Return the room of a module, "" for what stands beside the rooms."""
    name = module.removeprefix(DATABASE).lstrip(".").partition(".")[0]
    return name if name in BELOW else ""


MODULES = modules("quotes/database")


def test_every_room_is_listed() -> None:
    rooms = {path.name for path in (ROOT / "quotes/database").iterdir() if path.is_dir()}
    assert rooms - {"__pycache__"} == BELOW.keys()


@pytest.mark.parametrize("module", [name for name in MODULES if room(name)])
def test_a_room_imports_only_what_is_below_it(module: str) -> None:
    wrong = [
        other
        for other in imported(MODULES[module], MODULES)
        if room(other) not in {room(module), *BELOW[room(module)]}
    ]
    assert not wrong


def test_no_imports_go_in_a_circle() -> None:
    graph = {name: set(imported(path, MODULES)) - {name} for name, path in MODULES.items()}
    assert len(list(TopologicalSorter(graph).static_order())) == len(MODULES)


def test_the_rest_of_the_program_imports_faces() -> None:
    others = modules("quotes") | modules("benchmarks") | modules("alembic") | modules("docs")
    wrong = [
        (name, other)
        for name, path in others.items()
        if name not in MODULES
        for other in imported(path, MODULES)
        if room(other) and other.split(".")[3] not in FACES[room(other)]
    ]
    assert not wrong


@pytest.mark.parametrize("folder", ["database", "search", "export"])
def test_every_module_has_a_file_of_tests(folder: str) -> None:
    """The tables are tested together, ``models`` being a folder of them."""
    missing = []
    for path in (ROOT / "quotes" / folder).rglob("*.py"):
        place = path.relative_to(ROOT / "quotes")
        if place.stem == "__init__" or place.parent.name == "models":
            continue
        if not (ROOT / "tests" / place.parent / f"test_{place.name}").is_file():
            missing.append(str(place))
    assert not missing

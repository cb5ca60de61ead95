"""The order of the house: who may import whom, no circles, no module that nobody can oversee."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LONGEST_MODULE = 350  # lines

TOOLS = {"basics", "errors", "records", "resources", "seeds", "settings", "weights"}
"""What everything may use; among themselves they follow the order of ``BELOW``."""

BELOW: dict[str, set[str]] = {
    "errors": set(),
    "terminal": set(),
    "notes": set(),
    "basics": set(),
    "records": {"basics"},
    "ids": {"errors"},
    "resources": {"errors"},
    "settings": {"errors"},
    "weights": {"errors"},
    "workers": {"notes"},
    "seeds": {"errors", "records", "resources"},
    "columns": {"seeds"},
    "english": TOOLS | {"columns"},
    "outlets": {"english"},
    "articles": TOOLS | {"columns", "english"},
    "spans": TOOLS | {"english"},
    "attribution": TOOLS | {"english"},
    "speakers": TOOLS | {"english"},
    "normaliser": TOOLS | {"english"},
    "placing": {"english", "records"},
    "transcripts": {"english", "records"},
    "evaluation": TOOLS | {"english", "normaliser"},
    "database": TOOLS | {"english", "normaliser", "ids", "notes", "outlets", "workers"},
    "search": TOOLS | {"database", "english", "ids", "normaliser", "notes", "speakers"},
    "export": TOOLS | {"database", "ids", "normaliser", "search", "terminal"},
    "imports": TOOLS | {"columns", "english", "export"},
}
"""The parts of ``quotes`` that each part may import, besides itself."""

JOINS = {"__main__", "pipeline", "api", "cli", "distributed", "spacy_component", "web"}
"""What joins the parts, and may import all of them; nothing below imports it."""


def source(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def modules() -> dict[str, Path]:
    """Return the modules of the program by their dotted names."""
    found = {}
    for path in sorted((ROOT / "quotes").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imported(nodes: Iterator[ast.AST]) -> Iterator[str]:
    """Yield the modules of the program that some statements import."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules())
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            yield from (names & modules().keys()) or ({node.module} & modules().keys())


def part(module: str) -> str:
    """Return the part of the program that a module belongs to, "" for the face itself."""
    return f"{module}.".split(".")[1]


def at_start(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield the statements that run when a module is imported."""
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node


@pytest.mark.parametrize("name", [name for name in modules() if part(name) not in JOINS | {""}])
def test_a_part_imports_only_what_is_below_it(name: str) -> None:
    allowed = {"", part(name), *BELOW[part(name)]}
    wrong = [
        other for other in imported(ast.walk(source(modules()[name]))) if part(other) not in allowed
    ]
    assert not wrong


def test_the_order_has_no_circle() -> None:
    order = list(TopologicalSorter(BELOW).static_order())
    assert {part(name) for name in modules()} - JOINS - {""} == set(order)


def test_no_imports_go_in_a_circle() -> None:
    graph = {
        name: set(imported(at_start(source(path)))) - {name} for name, path in modules().items()
    }
    assert len(list(TopologicalSorter(graph).static_order())) == len(graph)


@pytest.mark.parametrize("name", modules())
def test_a_module_can_be_overseen(name: str) -> None:
    assert len(modules()[name].read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE

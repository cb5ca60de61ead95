"""The examples of ``docs/python.md`` and of the docstrings of ``import quotes`` are true."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

import quotes

PAGE = Path(__file__).parents[1] / "docs" / "python.md"
BLOCK = re.compile(r"^```pycon\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def run(examples: str, names: dict[str, object], where: str) -> tuple[int, str]:
    """Run examples one after another; return how many there were, and what went wrong."""
    test = doctest.DocTestParser().get_doctest(examples, names, where, None, 0)
    told: list[str] = []
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    doctest.DocTestRunner(verbose=False, optionflags=flags).run(test, out=told.append)
    return len(test.examples), "".join(told)


def test_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    count, problems = run("\n".join(blocks), {}, PAGE.name)
    assert count > 40
    assert not problems, problems


@pytest.mark.parametrize("name", ["", "extract"])
def test_docstrings(name: str) -> None:
    documented = getattr(quotes, name) if name else quotes
    count, problems = run(documented.__doc__ or "", {"extract": quotes.extract}, name)
    assert count > 0
    assert not problems, problems

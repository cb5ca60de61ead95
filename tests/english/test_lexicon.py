"""Every English word that the program knows is in ``seeds`` once, with tags that are explained."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from quotes.english import lexicon
from quotes.english.cues import load_lexicon

ROOT = Path(__file__).parents[2]
LONGEST_LIST = 6  # words: what is longer belongs into the files

# The scorers' definition of a right name must not move when the lexicon grows.
DEFINITIONS = {"quotes/evaluation/agreement.py", "quotes/evaluation/merging.py"}
ALTERNATIVES = re.compile(r"(?:[A-Za-z’'-]+\??\|)+[A-Za-z’'-]+\??")


def known_words() -> frozenset[str]:
    return frozenset(lexicon.tags()) | load_lexicon().verbs.keys()


def lists(source: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (line, words) of every list of words: of literals, in ``split`` or in a regex."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Set | ast.Tuple | ast.List):
            items = [one.value for one in node.elts if isinstance(one, ast.Constant)]
            yield node.lineno, [one for one in items if isinstance(one, str)]
        elif isinstance(node, ast.Attribute) and node.attr == "split":
            if isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
                yield node.lineno, node.value.value.split()
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            for group in ALTERNATIVES.findall(node.value):
                yield node.lineno, group.replace("?", "").split("|")


def second_lists(path: Path, known: frozenset[str]) -> Iterator[str]:
    for line, words in lists(path.read_text(encoding="utf-8")):
        shared = sorted({word.lower() for word in words} & known)
        if len(shared) > max(LONGEST_LIST, 0.6 * len(words)):
            yield f"{path.relative_to(ROOT)}:{line}: {' '.join(shared[:8])}"


def test_no_second_list_of_words_in_code() -> None:
    known = known_words()
    found = [
        one
        for path in sorted((ROOT / "quotes").rglob("*.py"))
        if path.relative_to(ROOT).as_posix() not in DEFINITIONS
        for one in second_lists(path, known)
    ]
    assert found == []

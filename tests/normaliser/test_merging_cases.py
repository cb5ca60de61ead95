"""The table of pairs: which renderings become one quote, and which are flagged."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from quotes.normaliser.model import Rendering
from quotes.normaliser.normalise import normalise

CASES = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "merging.yaml").read_text(encoding="utf-8")
)
FIRST_DAY = date(2024, 3, 1)


def outcome(case: dict[str, Any], *, swapped: bool = False) -> str:
    days = case.get("days", 0)
    second = None if days is None else FIRST_DAY + timedelta(days=days)
    first_article = "second" if case.get("article") == "same" else "first"
    # A third paper with the first wording makes it the better supported one.
    pair = [
        Rendering(1, "a-speaker", case["a"], FIRST_DAY, "Courier", first_article, 10),
        Rendering(2, "a-speaker", case["b"], second, "Herald", "second", 500),
        Rendering(3, "a-speaker", case["a"], FIRST_DAY, "Mercury", "third", 10),
    ]
    clusters = normalise(pair[::-1] if swapped else pair)
    (cluster,) = [c for c in clusters if any(member.key == 2 for member in c.members)]
    relations = {member.key: member.relation for member in cluster.members}
    if 1 not in relations:
        return "apart"
    return "divergent" if "divergent" in relations.values() else "merge"


@pytest.mark.parametrize("case", CASES, ids=[f"{c['expect']}: {c['why']}" for c in CASES])
def test_pair(case: dict[str, Any]) -> None:
    assert outcome(case) == case["expect"]
    assert outcome(case, swapped=True) == case["expect"]


def test_the_table_has_every_kind_of_case() -> None:
    assert len(CASES) >= 60
    assert {case["expect"] for case in CASES} == {"merge", "apart", "divergent"}

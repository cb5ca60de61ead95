from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from quotes.spans import find_quotations
from quotes.spans.score import WEIGHTS, features

CASES = Path(__file__).parents[1] / "cases"
ROWS: list[dict[str, Any]] = yaml.safe_load((CASES / "kinds.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"])
def test_kind_of_a_quotation(row: dict[str, Any]) -> None:
    quotation = find_quotations(row["text"])[row.get("which", 0)]
    assert quotation.kind == row["kind"], quotation.kind_rule
    if "rule" in row:
        assert quotation.kind_rule == row["rule"]


def test_every_feature_has_a_weight() -> None:
    from quotes.spans.context import Context

    body = "He said it was “Not Good At All” and “a shame” in “a place.”"
    for quotation in find_quotations(body):
        context = Context(
            body,
            quotation.start,
            quotation.end,
            quotation.inner_start,
            quotation.inner_end,
            0,
            len(body),
        )
        assert set(features(context)) <= set(WEIGHTS)

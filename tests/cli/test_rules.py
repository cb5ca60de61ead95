"""``quotes rules``: every rule once, with what was measured."""

from __future__ import annotations

import json

from click.testing import CliRunner

from quotes.attribution.rules import RULES
from quotes.cli import cli


def test_every_rule_is_listed_once() -> None:
    done = CliRunner().invoke(cli, ["rules", "--format", "json"])
    assert done.exit_code == 0
    rows = json.loads(done.stdout)
    assert [row["rule"] for row in rows] == list(dict.fromkeys(rule.name for rule in RULES))
    for row in rows:
        assert row["example"]
        assert (row["precision"] is None) == (row["cases"] is None)
        assert row["precision"] is None or 0 <= row["precision"] <= 1
    commonest = max(rows, key=lambda row: row["cases"] or 0)
    assert commonest["cases"] > 1000


def test_the_table_has_a_line_for_each() -> None:
    done = CliRunner().invoke(cli, ["rules"])
    assert done.exit_code == 0
    assert len(done.stdout.splitlines()) == len({rule.name for rule in RULES}) + 1

"""Fit the precision of every attribution rule on PolNeAR train and write ``seeds/rules.yaml``.

usage: python benchmarks/fit_rules.py POLNEAR_FOLDER [-o seeds/rules.yaml]

POLNEAR_FOLDER holds ``train/text`` and ``train/attributions`` (brat files). A proposal counts as
right when it overlaps the annotated source of the smallest content that covers at least half of
the quotation. Precision is that of a greedy decision list: the rule that is most precise on what
is still open comes next. Rare rules are drawn towards the precision of the construction that they
belong to (and that towards ``PRIORS``) with the weight of a few observations.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from quotes.attribution.attributor import Attributor, Decided
from quotes.attribution.decide import RuleTable
from quotes.english.document import Document
from quotes.evaluation.brat import Pieces, read_brat
from quotes.evaluation.mentions import gold_source, is_right
from quotes.spans import find_quotations

WEIGHT = 6.0
SURE = 0.9
"""From which precision on the parser is not asked while the table is fitted."""
ROUNDS = 6
# Constructions that US news of 2015-16 hardly shows but that mean one thing in print.
PRIORS = {
    "enclosing": 0.75,
    "trailer": 0.9,
    "trailer/below": 0.9,
    "label": 0.92,
    "label-inside": 0.92,
    "according-to": 0.9,
}
HEADER = """\
# Precision of each attribution rule, measured on PolNeAR 1.0 train as a decision list.
# Written by benchmarks/fit_rules.py; figures only, no text of the corpus. Do not edit by hand.
"""

Row = dict[str, bool]


def row_of(found: Decided, source: Pieces) -> Row:
    """Return, for each rule that proposed something, whether it was right."""
    row: Row = {}
    for proposal in found.proposals:
        row[proposal.name] = row.get(proposal.name, False) or is_right(proposal.mention, source)
    return row


def totals_of(rows: Sequence[Row]) -> dict[str, list[int]]:
    """Return (right, proposed) for each rule and each more general name of it."""
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        general: Row = {}
        for rule, right in row.items():
            parts = rule.split("/")
            for k in range(1, len(parts) + 1):
                name = "/".join(parts[:k])
                general[name] = general.get(name, False) or right
        for name, right in general.items():
            totals[name][0] += right
            totals[name][1] += 1
    return totals


def fit(rows: Sequence[Row]) -> dict[str, float]:
    """Return the precision of each rule in the greedy decision list over ``rows``."""
    totals = totals_of(rows)
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    where: dict[str, list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        for rule, right in row.items():
            counts[rule][0] += right
            counts[rule][1] += 1
            where[rule].append(i)
    expected = {rule: _expected(rule, totals) for rule in counts}

    def score(rule: str) -> float:
        right, n = counts[rule]
        return (right + WEIGHT * expected[rule]) / (n + WEIGHT)

    result: dict[str, float] = {}
    open_rows = [True] * len(rows)
    while counts.keys() - result.keys():
        rule = max(counts.keys() - result.keys(), key=lambda r: (score(r), counts[r][1], r))
        result[rule] = round(score(rule), 3)
        for i in where[rule]:
            if open_rows[i]:
                open_rows[i] = False
                for other, right in rows[i].items():
                    counts[other][0] -= right
                    counts[other][1] -= 1
    general = {name: round(_expected(name + "/", totals), 3) for name in totals}
    return PRIORS | general | result


def _expected(rule: str, totals: dict[str, list[int]]) -> float:
    parts = rule.split("/")
    value = PRIORS.get(parts[0], 0.5)
    for k in range(1, len(parts)):
        right, n = totals["/".join(parts[:k])]
        value = (right + WEIGHT * value) / (n + WEIGHT)
    return value


def load_parser() -> object:
    """Return the parser that the product uses."""
    from quotes.english.parser import load_model

    return load_model(None)


def main() -> None:
    """Fit and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("polnear", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=Path("seeds/rules.yaml"))
    options = parser.parse_args()
    corpus = [
        (document := Document(article.body), find_quotations(document), article.attributions)
        for article in read_brat(options.polnear / "train")
    ]
    table = dict(PRIORS)
    for step in range(ROUNDS):
        # The parser joins after the first round, when the surface rules know how sure they are.
        attributor = Attributor(
            load_parser if step else None,  # type: ignore[arg-type]
            rules=RuleTable(table),
            ranker=None,
            sure=SURE,
        )
        rows: list[Row] = []
        right = 0
        for text, quotations, gold in corpus:
            for index, found in attributor.decide(text, quotations).items():
                # Quotations inside quotations are annotated as part of the outer one only.
                nested = quotations[index].parent is not None
                source = () if nested else gold_source(quotations[index], gold)
                if source:
                    rows.append(row_of(found, source))
                    chosen = found.decision
                    right += chosen is not None and is_right(chosen[0].mention, source)
        print(f"round {step}: {len(rows)} sourced quotations, {right / len(rows):.4f} right")
        table = fit(rows)
    lines = [f'  "{rule}": {value}' for rule, value in sorted(table.items())]
    options.output.write_text(HEADER + "rules:\n" + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"wrote {len(table)} rules to {options.output}")


if __name__ == "__main__":
    main()

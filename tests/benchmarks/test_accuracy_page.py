"""The page of accuracy is what the figures say, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

from accuracy_page import Measured, diagram, page, summary


def share(right: int, of: int) -> dict[str, Any]:
    return {"accuracy": round(right / of, 4) if of else 0.0, "right": right, "of": of}


SPEAKERS = {
    "documents": 3,
    "quotes": 10,
    "precision": 0.9091,
    "recall": 1.0,
    "f1": 0.9524,
    "speaker_strict": share(8, 10),
    "speaker_lenient": share(9, 10),
    "speaker_strict_interval": {"low": 0.7, "high": 0.9},
    "by_error": {"pronoun": 2, "not speech": 1},
    "by_type": {"org": share(1, 2), "person": share(7, 8)},
    "by_rule": {"carry": share(2, 3), "none": share(0, 1), "syntax": share(6, 6)},
    "curve": {"100": 0.8889, "80": None},
    "calibration_error": 0.0478,
    "calibration": [{"confidence": 0.45, **share(1, 2)}, {"confidence": 1.0, **share(7, 7)}],
    "outside_gold": 0,
    "errors": [],
}
MERGING = {
    "segments": 12,
    "found": 11,
    "pairs": 4,
    "precision": 1.0,
    "recall": 0.75,
    "f1": 0.8571,
    "recall_easy": share(3, 3),
    "recall_hard": share(0, 1),
    "false_merges": share(1, 5),
}
SEMANTIC = MERGING | {"recall": 1.0, "f1": 1.0, "recall_hard": share(1, 1)}
MENTIONS = {"documents": 4, "segments": 20, "found": share(19, 20), "mention": share(17, 20)}
OTHER = SPEAKERS | {"by_rule": {"trailer": share(9, 10)}, "calibration": []}
CORPORA = [
    Measured("Harbour", False, SPEAKERS, MERGING, SEMANTIC, MENTIONS),
    Measured("Bridge", True, OTHER, MERGING, SEMANTIC),
    Measured("Canal", False, OTHER),
]


def test_every_figure_has_its_place() -> None:
    rows = page(CORPORA).splitlines()
    for row in (
        "| Harbour | 3 | 10 | 0.909 | 1.000 | 0.952 | 0.800 (8/10) | 0.700–0.900 | 0.900 (9/10) |",
        "| what went wrong | Harbour | Bridge | Canal |",
        "| pronoun | 20.0 (2) | 20.0 (2) | 20.0 (2) |",
        "| not speech | 10.0 (1) | 10.0 (1) | 10.0 (1) |",
        "| confidence | Harbour | Bridge | Canal |",
        "| 0.4 to 0.5 | 0.45 → 0.50 (2) |  |  |",
        "| 0.9 to 1.0 | 1.00 → 1.00 (7) |  |  |",
        "| **expected calibration error** | 0.048 | 0.048 | 0.048 |",
        "| 100 % | 0.889 | 0.889 | 0.889 |",
        "| 80 % |  |  |  |",
        "| person | 0.875 (7/8) | 0.875 (7/8) | 0.875 (7/8) |",
        "| Harbour | 4 | 20 | 0.950 (19/20) | 0.850 (17/20) |",
        "| Bridge | 12 | 1.000 | 0.750 | 0.857 | 3 of 3 | 0 of 1 | 1 of 5 |",
        "| Bridge | 12 | 1.000 | 1.000 | 1.000 | 3 of 3 | 1 of 1 | 1 of 5 |",
    ):
        assert row in rows


def test_the_summary_has_the_main_figures() -> None:
    rows = summary(CORPORA).splitlines()
    assert "| Harbour | 10 | 0.952 | 0.800 | 0.700–0.900 |  |" in rows
    assert "| Harbour | 1.000 | 0.750 | 0.857 | 1 of 5 |" in rows
    assert not any(row.startswith("| Canal | 1.000") for row in rows)


def test_articles_nobody_read_come_first() -> None:
    rows = [line.split(" | ")[0] for line in summary(CORPORA).splitlines()]
    names = ["| articles nobody read", "| Harbour", "| Canal"]
    names += ["| articles whose errors were read", "| Bridge"]
    assert [row for row in rows if row in names][:5] == names


def test_the_largest_sorts_come_first() -> None:
    rows = [line.split(" | ")[0] for line in page(CORPORA).splitlines()]
    rules = ["| trailer", "| syntax", "| carry", "| none"]
    assert [row for row in rows if row in rules] == rules
    assert "| trailer |  | 0.900 (9/10) | 0.900 (9/10) |" in page(CORPORA)


def test_the_same_figures_make_the_same_page() -> None:
    turned = [
        replace(one, speakers=dict(reversed(one.speakers.items())), mentions=None)
        for one in CORPORA
    ]
    plain = [replace(one, mentions=None) for one in CORPORA]
    assert page(turned) == page(plain)
    assert diagram(turned) == diagram(plain)


def test_the_diagram_shows_every_bin() -> None:
    root = ElementTree.fromstring(diagram(CORPORA))
    space = "{http://www.w3.org/2000/svg}"
    dots = [one for one in root.iter(f"{space}circle") if "fill-opacity" in one.attrib]
    assert len(dots) == 2
    low, high = ((float(one.attrib["cx"]), float(one.attrib["cy"])) for one in dots)
    assert low[0] < high[0]
    assert low[1] > high[1]
    words = {one.text for one in root.iter(f"{space}text")}
    assert {"Harbour", "Bridge", "confidence", "0", "1"} <= words

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from quotes.errors import QuotesError, UsageError
from quotes.export.plot import check_name, draw, write_plot
from quotes.search.stats import Counted

BARS = [
    Counted(None, "women & <men>", 2, 3, 1, 0.75, 0),
    Counted(None, "unknown", 1, 1, 1, 0.25, 0),
]
TIMES = [
    Counted(f"2025-0{month}", group, 1, month, 1, 0.5, 0) for month in (1, 2) for group in "ab"
]


@pytest.mark.parametrize("found", [BARS, TIMES, []])
def test_a_figure_is_well_formed(found: list[Counted]) -> None:
    root = ET.fromstring(draw("By <gender>", found))
    texts = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts[0] == "By <gender>"
    for one in found:
        assert one.group in texts


def test_bars_have_their_numbers() -> None:
    assert "3 (75%)" in draw("x", BARS)


def test_the_name_says_the_format(tmp_path: Path) -> None:
    write_plot(tmp_path / "a.svg", "x", BARS)
    assert (tmp_path / "a.svg").read_text().startswith("<svg")
    write_plot(tmp_path / "a.png", "x", TIMES)
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(UsageError, match=r"ends in \.svg or \.png"):
        check_name(tmp_path / "a.pdf")
    with pytest.raises(QuotesError, match="cannot be written"):
        write_plot(tmp_path / "no" / "a.svg", "x", BARS)

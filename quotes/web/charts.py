"""Where the bars of a figure are; the template draws them, and has the same as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotes.search.timeline import Week

WIDTH, HEIGHT = 720.0, 92.0
_NARROWEST = 200.0
"""The first and the last day stand side by side below the bars."""
_WIDEST = 24.0
_LEAST = 2.0
"""As high is a bar at least: few are not none."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar by its upper left corner and its size, in units of the figure."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """One bar a week that has any, the width of all, and the tallest count."""

    bars: tuple[Bar, ...]
    width: float
    most: int


def timeline(weeks: Sequence[Week]) -> Chart:
    """Return the figure of two or more weeks, from one edge to the other."""
    most = max(week.count for week in weeks)
    step = min(_WIDEST, WIDTH / len(weeks))
    width, wide = max(step * len(weeks), _NARROWEST), max(0.8, step * 0.82)
    apart = (width - wide) / (len(weeks) - 1)
    bars = []
    for at, week in enumerate(weeks):
        if week.count:
            tall = max(_LEAST, HEIGHT * week.count / most)
            bars.append(Bar(at * apart, HEIGHT - tall, wide, tall))
    return Chart(tuple(bars), width, most)

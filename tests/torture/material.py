"""Articles to torture with: made ones that share statements, mutated ones, and the worst texts."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

from quotes.records import ExtractedArticle

SAMPLES = sorted((Path(__file__).parents[2] / "seeds" / "articles").glob("*.txt")) + sorted(
    (Path(__file__).parents[2] / "seeds" / "articles").glob("*.md")
)
_NAMES = ["Ann Roe", "Bo Lind", "Cy Moss", "Dee Vane", "Eli Stark"]
_WORDS = (
    "the bridge stays open harbour winter we will not sell ferry town council before spring".split()
)


def articles(rng: random.Random, number: int) -> list[dict[str, str]]:
    """Return rows of a table of articles; many say the same, some nearly so."""
    said = [" ".join(rng.choices(_WORDS, k=rng.randint(6, 14))) for _ in range(1 + number // 3)]
    rows = []
    for at in range(number):
        lines = []
        for _ in range(rng.randint(1, 6)):
            words = rng.choice(said).split()
            if rng.random() < 0.3:
                words[rng.randrange(len(words))] = rng.choice(_WORDS)
            lines.append(f"“{' '.join(words).capitalize()},” said {rng.choice(_NAMES)}.")
        day = f"2025-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        rows.append(
            {"id": f"a{at}-{rng.random()}", "text": "\n\n".join(lines), "published": day,
             "outlet": f"Outlet {rng.randint(1, 9)}"}
        )  # fmt: skip
    return rows


def write(path: Path, rows: list[dict[str, str]]) -> Path:
    """Write a table of articles as JSON lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


_ODD = [
    *[
        "“",
        "”",
        '"',
        "'",
        "‘",
        "’",
        "«",
        "»",
        "…",
        "—",
        ".",
        "?",
        "!",
        "(",
        ")",
        "[",
        "U.S.",
        "Mr.",
    ],
    *["\n", "\n\n", "\r", "\t", "\x0b", "\x1c", "\u2028", "\u202e", "\u200b", "\ufeff"],
    *["é", "e\u0301", "𝔘", "🙂", "said", " said Ann Roe", "0" * 40, "A" * 300],
]


def mutated(rng: random.Random, text: str) -> str:
    """Return a part of ``text`` with odd characters put in, parts moved, doubled and cut out."""
    start = rng.randrange(max(1, len(text) - 200))
    text = text[start : start + rng.choice((50, 100, 200, 400, 800))]
    for _ in range(rng.randint(1, 12)):
        at, to = sorted(rng.choices(range(len(text) + 1), k=2))
        how = rng.randrange(4)
        if how == 0:
            text = text[:at] + rng.choice(_ODD) + text[at:]
        elif how == 1:
            text = text[:at] + text[min(to, at + 80) :]
        elif how == 2:
            text = text[:to] + text[at : min(to, at + 200)] + text[to:]
        else:
            text = text[at:to] + text[:at] + text[to:]
    return text


def wrong_offsets(found: ExtractedArticle) -> str | None:
    """Return what is not where an extraction says; None if everything is."""
    body = found.article.body
    for item in found.quotations:
        for span in (item.quotation, item.attribution.mention, item.attribution.cue):
            if span is not None and body[span.start : span.end] != span.text:
                return f"{span} is not there"
    for statements in found.statements:
        for said in statements:
            if not 0 <= said.start <= said.end <= len(body):
                return f"{said} is outside"
    return None


WORST: dict[str, Callable[[int], str]] = {
    "one quotation a line": lambda size: "“We sail at noon,” said Ann Roe.\n\n" * (size // 35),
    "one endless line": lambda size: "“We sail at noon,” said Ann Roe. " * (size // 34),
    "opening marks": lambda size: "“a " * (size // 3),
    "closing marks": lambda size: "a” " * (size // 3),
    "straight marks": lambda size: '" a ' * (size // 4),
    "apostrophes": lambda size: "'a' " * (size // 4),
    "nested": lambda size: "“a ‘b " * (size // 12) + "c’ d” " * (size // 12),
    "capitals": lambda size: "“Yes,” said " + "Roe " * (size // 4),
    "long names": lambda size: ("A" * 300 + " met. “Yes,” said Roe. ") * (size // 323),
    "one word": lambda size: "“" + "a" * size + "”",
    "line ends": lambda size: "“We sail”\n" * (size // 10),
    "white space": lambda size: "“We” " + " " * size + "said Ann Roe.",
    "names": lambda size: "".join(
        f"“We sail,” said Ann Roe{chr(97 + n % 26)}. " for n in range(size // 28)
    ),
}
"""Texts of about ``size`` characters that have made some program slow."""


_left: list[str] = []


def next_worst(rng: random.Random) -> str:
    """Return the name of one of the worst texts: of each once before one comes again."""
    if not _left:
        _left.extend(rng.sample([*WORST], len(WORST)))
    return _left.pop()

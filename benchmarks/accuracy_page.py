"""``docs/accuracy.md``, its diagram and a summary, from what ``benchmarks/gate.py`` measured.

Figures are what ``quotes evaluate … --format json`` prints. The same figures make the same page, to
the letter, and nothing of the labelled articles gets into it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Figures = Mapping[str, Any]
Cells = Iterable[object]

PAGE = "accuracy.md"
DIAGRAM = "accuracy.svg"


@dataclass(frozen=True)
class Measured:
    """One set of labelled articles: its title, and the figures of each task (None: not done).

    ``read`` tells that its errors were read while the program was written.
    """

    title: str
    read: bool
    speakers: Figures
    merging: Figures | None = None
    semantic: Figures | None = None
    mentions: Figures | None = None


INTRO = """\
<!-- Written by `make eval`: do not edit by hand. -->

# Accuracy

How often the program is right, measured on labelled articles that are not part of this
repository. Everything in quotation marks was labelled: whether it is speech, and who said it.

**Unread articles** say what to expect: nobody looked at their texts, labels or errors while the
program was written.

- **BASIL 2012, 2016**: US politics in three outlets (Fan et al. 2019).
- **News pages, unread**: health news of 2018–19 and news of 2022–25 from all over the world.
- **Wikinews**: articles of GUM (Zeldes 2017), with few quotations each.

**Read articles** say whether something broke. Their errors were read while the rules were
written, so these figures flatter:

- **Alaska summit**: one event of August 2025 in five outlets, one of them machine-translated.
- **PolNeAR dev**: US politics of 2016 in seven outlets (Newell, Margolin and Ruths 2018); for
  merging also articles of its training part.
- **BASIL 2011, 2017**: US politics in three outlets.
- **News pages, read**: as above, other pages.

`make eval` runs the program on these articles, as a user would, compares, writes this page, and
fails if a figure is below its floor in `tests/accuracy_floors.json`, or if a set of unread articles
falls more than five points behind PolNeAR dev. `quotes evaluate` prints the same figures of your
own labels. The weights were fitted on other articles, the training part of PolNeAR. Some labels are
arguable.
"""

SPEAKERS = """\
## Who said what

A label is *found* if a quotation of the program covers at least half of it. *Precision* is the
share of real quotations among what was found, the rest being titles, nicknames and scare
quotes; *recall* the share of the real quotations that were found; *F1* combines the two.
*Speaker right* is the share of all quotations with a known speaker that were found **and**
given the right one: first name and surname of a person, most of the name of an organisation or
group. *95 %* are the ends between which that share lies if other articles of the same sort had
been drawn (a bootstrap over articles). *Surname right* accepts the surname alone.
"""

ERRORS = """\
## What goes wrong

Quotations without the right speaker, in per cent of those with a known one: not found; nobody
named (*no mention*); a mention that led to nobody (*no speaker*); the right surname and the wrong
person (*name*); a pronoun or a description that led to somebody else, or was another's; another
name in the text. *Not speech* are titles, nicknames and scare quotes that were taken for speech.
"""

CONFIDENCE = """\
## Whether the confidence can be trusted

Every attribution has a confidence, the probability that the speaker is the right one. If it is
honest, then of the quotations with a confidence of about 0.9 about nine in ten are right. The
table compares the mean confidence with the share that is right, in steps of a tenth (quotations
in brackets; a step with few says little). The *expected calibration error* is the mean distance
of the two, weighted by quotations: 0 is perfect.
"""

DIAGRAM_TEXT = f"""\
![Confidence against the share that is right; on the diagonal the two agree]({DIAGRAM})

On the diagonal confidence and accuracy agree; below it the program is too sure, above it too
modest. The area of a dot is the number of quotations.
"""

CURVE = """\
## The most confident part

How often the speaker is right if only the most confident part of the attributed quotations is
kept: what `--min-confidence` buys.
"""

TYPES = """\
## By type of speaker

Right speakers of all labelled ones. An anonymous source is “a senior official” and the like.
"""

RULES = """\
## By rule

The construction that carried the attribution, with the right speakers of those that it decided.
*none* are quotations that were not found or got no speaker. The names are those of the first
part of `rule` in `quotes extract --format jsonl`.
"""

MENTIONS = """\
## The words that name the source

PolNeAR's own labels mark the words in the article that name the source of a statement (“the
mayor”, “she”). Of the segments between double quotation marks that lie in a labelled statement
with a source, this is the share whose words were found: the mention that the program chose
overlaps the labelled one. The right person behind the words is counted above; another mention
of the right person counts as wrong here. A few labels are slips (a verb marked as the source).
"""

MERGING = """\
## Merging

Which renderings became one quote, from raw text: the errors of finding and attributing count,
too. Over pairs of labelled quotations about one event: *precision* is the share of merged pairs
that belong together, *recall* the share of pairs that belong together and were merged. *Alike*
are pairs of which the shorter shares at least half of its words with the longer, *unlike* the
others. *Look-alikes* are listed pairs that must stay apart: how many were merged.
"""
SEMANTIC = """\
The same after `quotes normalise --rebuild --semantic`, which compares meanings where two statements
stand beside the same one ([normalising.md](normalising.md)):
"""


def page(corpora: Sequence[Measured]) -> str:
    """Return the page, in Markdown."""
    titles = [corpus.title for corpus in corpora]
    speakers = [corpus.speakers for corpus in corpora]
    sections = [
        INTRO,
        SPEAKERS,
        _table(
            "articles|documents|quotations|precision|recall|F1|speaker right|95 %|surname right",
            (_speaker_cells(corpus) for corpus in corpora),
        ),
        ERRORS,
        _table(["what went wrong", *titles], _by_error(speakers)),
        CONFIDENCE,
        _table(["confidence", *titles], _reliability(speakers)),
        DIAGRAM_TEXT,
        CURVE,
        _table(["kept", *titles], _curve(speakers)),
        TYPES,
        _table(["speaker", *titles], _by("by_type", speakers)),
        RULES,
        _table(["rule", *titles], _by("by_rule", speakers)),
        MENTIONS,
        _table("articles|documents|segments|found|source right", _mentions(corpora)),
        MERGING,
        _merging_table((corpus.title, corpus.merging) for corpus in corpora),
        SEMANTIC,
        _merging_table((corpus.title, corpus.semantic) for corpus in corpora),
    ]
    return "\n".join(sections)


def summary(corpora: Sequence[Measured]) -> str:
    """Return the tables of the README, in Markdown: unread articles first."""
    header = "quotations|found (F1)|speaker right|95 %|most confident 80 %"
    unread = [corpus for corpus in corpora if not corpus.read]
    read = [corpus for corpus in corpora if corpus.read]
    merged = [(corpus.title, corpus.merging) for corpus in corpora if corpus.merging]
    return "\n".join(
        [
            _table(f"articles nobody read|{header}", map(_summary_cells, unread)),
            _table(f"articles whose errors were read|{header}", map(_summary_cells, read)),
            _table(
                "merging, from raw text to quotes|precision|recall|F1|look-alikes wrongly merged",
                (_summary_merging_cells(*one) for one in merged),
            ),
        ]
    )


def _summary_cells(corpus: Measured) -> Cells:
    figures = corpus.speakers
    yield from (corpus.title, figures["quotes"], _number(figures["f1"]))
    yield _number(figures["speaker_strict"]["accuracy"])
    yield _interval(figures)
    yield _number(figures["curve"]["80"])


def _summary_merging_cells(title: str, figures: Figures) -> Cells:
    cells = _merging_cells(title, figures)
    return [cells[0], *cells[2:5], cells[-1]]


def _table(header: str | Sequence[str], rows: Iterable[Cells]) -> str:
    names = header.split("|") if isinstance(header, str) else header
    lines = [names, ["---"] + ["---:"] * (len(names) - 1), *rows]
    return "".join(f"| {' | '.join(map(str, cells))} |\n" for cells in lines)


def _speaker_cells(corpus: Measured) -> Cells:
    figures = corpus.speakers
    yield from (corpus.title, figures["documents"], figures["quotes"])
    yield from (_number(figures[name]) for name in ("precision", "recall", "f1"))
    yield _right(figures["speaker_strict"])
    yield _interval(figures)
    yield _right(figures["speaker_lenient"])


def _merging_table(measured: Iterable[tuple[str, Figures | None]]) -> str:
    header = "articles|quotations|precision|recall|F1|alike|unlike|look-alikes merged"
    return _table(header, (_merging_cells(title, one) for title, one in measured if one))


def _merging_cells(title: str, figures: Figures) -> list[object]:
    counted = (figures[name] for name in ("recall_easy", "recall_hard", "false_merges"))
    return [
        title,
        figures["segments"],
        *(_number(figures[name]) for name in ("precision", "recall", "f1")),
        *(f"{share['right']} of {share['of']}" for share in counted),
    ]


def _mentions(corpora: Iterable[Measured]) -> Iterator[Cells]:
    for corpus in corpora:
        if figures := corpus.mentions:
            found, right = figures["found"], figures["mention"]
            size = (figures["documents"], figures["segments"])
            yield corpus.title, *size, _right(found), _right(right)


def _reliability(speakers: Sequence[Figures]) -> Iterator[Cells]:
    for step in range(10):
        bins = [_bin(figures, step) for figures in speakers]
        if any(bins):
            yield f"{step / 10:.1f} to {(step + 1) / 10:.1f}", *map(_compared, bins)
    yield (
        "**expected calibration error**",
        *(_number(figures["calibration_error"]) for figures in speakers),
    )


def _bin(figures: Figures, step: int) -> Figures | None:
    """Return the bin of a step of a tenth; the last one has full confidence, too."""
    of_step = (one for one in figures["calibration"] if min(9, int(one["confidence"] * 10)) == step)
    return next(of_step, None)


def _compared(one: Figures | None) -> str:
    return f"{one['confidence']:.2f} → {one['accuracy']:.2f} ({one['of']})" if one else ""


def _curve(speakers: Sequence[Figures]) -> Iterator[Cells]:
    for coverage in speakers[0]["curve"]:
        yield f"{coverage} %", *(_number(figures["curve"][coverage]) for figures in speakers)


def _by(sort: str, speakers: Sequence[Figures]) -> Iterator[Cells]:
    """Yield a row for each sort of quotations, those with most of them first."""
    names = {name for figures in speakers for name in figures[sort]}
    sizes = {
        name: sum(figures[sort][name]["of"] for figures in speakers if name in figures[sort])
        for name in names
    }
    for name in sorted(names, key=lambda name: (-sizes[name], name)):
        shares = (figures[sort].get(name) for figures in speakers)
        yield name, *(_right(share) if share else "" for share in shares)


def _by_error(speakers: Sequence[Figures]) -> Iterator[Cells]:
    """Yield a row for each sort of error: in per cent of the quotations with a speaker."""
    sorts = dict.fromkeys(sort for figures in speakers for sort in figures["by_error"])
    totals = {sort: sum(figures["by_error"].get(sort, 0) for figures in speakers) for sort in sorts}
    for sort in sorted(sorts, key=lambda sort: (sort == "not speech", -totals[sort])):
        counted = (
            (figures["by_error"].get(sort, 0), figures["speaker_strict"]["of"])
            for figures in speakers
        )
        yield sort, *(f"{100 * count / of:.1f} ({count})" for count, of in counted)


def _interval(figures: Figures) -> str:
    ends = figures["speaker_strict_interval"]
    return f"{ends['low']:.3f}–{ends['high']:.3f}"


def _right(share: Figures) -> str:
    return f"{share['accuracy']:.3f} ({share['right']}/{share['of']})"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


SIZE, LEFT, TOP = 360, 56, 20
COLOURS = ("#0b6e99", "#c4541c", "#3d7a37", "#999999", "#b9a44c", "#8c6d8c", "#6d8c8c")
"""Side of the diagram's square and its margins in pixels; the colours of the series."""


def diagram(corpora: Sequence[Measured]) -> str:
    """Return the reliability diagram, as SVG."""
    bottom, right = TOP + SIZE, LEFT + SIZE
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {right + 150} {bottom + 50}" '
        'font-family="sans-serif" font-size="12">',
        "<title>Confidence against the share that is right</title>",
        '<rect width="100%" height="100%" fill="white"/>',
        f'<rect x="{LEFT}" y="{TOP}" width="{SIZE}" height="{SIZE}" fill="none" stroke="#888"/>',
        f'<line x1="{LEFT}" y1="{bottom}" x2="{right}" y2="{TOP}" stroke="#888" '
        'stroke-dasharray="4"/>',
        f'<text x="{LEFT + SIZE / 2:g}" y="{bottom + 40}" text-anchor="middle">confidence</text>',
        f'<text transform="translate(16 {TOP + SIZE / 2:g}) rotate(-90)" text-anchor="middle">'
        "share that is right</text>",
        *_ticks(),
    ]
    for number, corpus in enumerate(corpora):
        colour = COLOURS[number % len(COLOURS)]
        y = TOP + 12 + 22 * number
        lines.append(f'<circle cx="{right + 16}" cy="{y - 4}" r="5" fill="{colour}"/>')
        lines.append(f'<text x="{right + 28}" y="{y}">{corpus.title}</text>')
        lines += _series(corpus.speakers["calibration"], colour)
    return "\n".join([*lines, "</svg>", ""])


def _ticks() -> Iterator[str]:
    for tenth in range(0, 11, 2):
        x, y = _point(tenth / 10, tenth / 10)
        yield f'<text x="{x:g}" y="{TOP + SIZE + 18}" text-anchor="middle">{tenth / 10:g}</text>'
        yield f'<text x="{LEFT - 8}" y="{y + 4:g}" text-anchor="end">{tenth / 10:g}</text>'


def _series(bins: Sequence[Figures], colour: str) -> Iterator[str]:
    """Yield a line through the bins, and a dot for each: the larger, the more quotations."""
    points = [_point(one["confidence"], one["accuracy"]) for one in bins]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-opacity="0.5"/>'
    total = sum(one["of"] for one in bins)
    for (x, y), one in zip(points, bins, strict=True):
        radius = max(1.5, 16 * (one["of"] / total) ** 0.5)
        yield (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{colour}" '
            'fill-opacity="0.6"/>'
        )


def _point(confidence: float, accuracy: float) -> tuple[float, float]:
    return LEFT + SIZE * confidence, TOP + SIZE * (1 - accuracy)

"""Labels in brat's standoff format, as PolNeAR has them: sources, cues and contents of speech.

An ``.ann`` file labels the ``.txt`` file of the same name, which may lie in a neighbouring folder;
PolNeAR adds four hexadecimal digits to the name for the annotator. ``T`` lines hold spans (offsets
of characters, several pieces parted by semicolons) of the sorts Source, Cue and Content, ``E``
lines join them to attributions. Other sorts and lines are passed over.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from quotes.errors import UsageError
from quotes.evaluation.rows import read_lines

Pieces = tuple[tuple[int, int], ...]
"""The (start, end) of each piece of a span."""

_LINE = re.compile(r"[A-Z#*][^\t]*\t")
_SPAN = re.compile(r"(T\d+)\t\S+ (\d+ \d+(?:;\d+ \d+)*)(?:\t|$)")
_EVENT = re.compile(r"E\d+\t\S+:\S+(?: \S+:\S+)*\s*$")
_ANNOTATOR = re.compile(r"_[0-9a-f]{4}$")


@dataclass(frozen=True, slots=True)
class LabelledAttribution:
    """One attribution of the labels: who is the source (empty: nobody), and of what."""

    source: Pieces
    content: Pieces


@dataclass(frozen=True, slots=True)
class LabelledArticle:
    """A text with its attributions."""

    path: Path
    body: str
    attributions: tuple[LabelledAttribution, ...]


def read_brat(folder: Path) -> Iterator[LabelledArticle]:
    """Yield the labelled articles in a folder and those below; each once, by its first annotator.

    Raises UsageError, naming file and line, if a file breaks the format, has no text beside it, or
    there is none.
    """
    texts = {path.stem: path for path in sorted(folder.rglob("*.txt"))}
    seen: set[Path] = set()
    for path in sorted(folder.rglob("*.ann")):
        stem = path.stem.removesuffix(".txt")
        text = texts.get(stem) or texts.get(_ANNOTATOR.sub("", stem))
        if text is None:
            raise UsageError(f"{path}: its text is not there: put {stem}.txt below {folder}")
        if text not in seen:
            seen.add(text)
            yield LabelledArticle(text, _body(text), tuple(_attributions(path)))
    if not seen:
        raise UsageError(
            f"{folder}: holds no labels: name a file of JSON lines, or a folder of .ann and .txt"
        )


def _body(path: Path) -> str:
    """Return a text exactly as it is stored, so that offsets fit."""
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read as UTF-8: mend or remove it") from error


def _attributions(path: Path) -> Iterator[LabelledAttribution]:
    spans: dict[str, Pieces] = {}
    events: list[tuple[int, str]] = []
    previous = ""
    for number, line in enumerate(read_lines(path), start=1):
        if not line.strip() or (previous == "T" and not _LINE.match(line)):
            continue  # a span's text may run over several lines
        previous = line[0]
        if previous == "T":
            found = _SPAN.match(line)
            if found is None:
                raise UsageError(f"{path}:{number}: is not 'T1<tab>Sort start end': mend this line")
            spans[found[1]] = _pieces(found[2])
        elif previous == "E":
            if not _EVENT.match(line):
                raise UsageError(f"{path}:{number}: is not 'E1<tab>Role:T1 …': mend this line")
            events.append((number, line.split("\t")[1]))
        elif not _LINE.match(line):
            raise UsageError(f"{path}:{number}: is no line of the brat format: mend or remove it")
    for number, event in events:
        yield _joined(event, spans, f"{path}:{number}")


def _pieces(text: str) -> Pieces:
    pairs = (piece.split() for piece in text.split(";"))
    return tuple((int(start), int(end)) for start, end in pairs)


def _joined(event: str, spans: dict[str, Pieces], where: str) -> LabelledAttribution:
    """Return what an event joins; roles may carry a number (``Content2``)."""
    roles: dict[str, Pieces] = defaultdict(tuple)
    for part in event.split():
        role, _, key = part.rpartition(":")
        if key not in spans:
            raise UsageError(f"{where}: speaks of {key}, which the file does not have: add it")
        roles[role.rstrip("0123456789")] += spans[key]
    return LabelledAttribution(roles["Source"], roles["Content"])

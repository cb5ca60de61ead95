"""Subtitles (SRT, WebVTT): what was said, as a transcript with one turn a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotes.articles.decode import decode, read_limited
from quotes.articles.draft import Draft, Found, Reading
from quotes.articles.source import Source
from quotes.errors import ArticleError

_TIMES = re.compile(r"\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}\s*-->.*")
_BLOCK = re.compile(r"\n[ \t]*\n")
_NOTE = re.compile(r"\s*(?:WEBVTT|NOTE|STYLE|REGION)\b")
_VOICE = re.compile(r"<v(?:\.[\w.]+)?\s+([^>]+)>")
_TAG = re.compile(r"</?[a-zA-Z0-9][^<>]*>|\{\\[^{}]*\}")
_LABEL = re.compile(r"\s*(?:>>|[-–—]\s|[^\W\d_][\w.'’ \-]{0,40}(?:\([^()]{1,40}\))?\s*:\s)")


def read(source: Source, _reading: Reading) -> Iterator[Found]:
    """Read an ``.srt`` or ``.vtt``; the times are left out."""
    with source.open() as stream:
        text = decode(read_limited(stream, source.name), source.name).replace("\r\n", "\n")
    turns = [*_turns(text.lstrip("\ufeff"))]
    if not turns:
        raise ArticleError(source.name, "holds no subtitles: check the file")
    yield Draft(source.name, "\n".join(turns), form="transcript")


def _turns(text: str) -> Iterator[str]:
    """Yield what is said, a line for each change of speakers."""
    turn: list[str] = []
    voice, last = None, ""
    for line in _lines(text):
        found = _VOICE.search(line)
        said = " ".join(_TAG.sub("", line).split())
        if not said or said == last:  # captions that roll say each line twice
            continue
        last = said
        if found and found[1].strip() != voice:
            voice = found[1].strip()
            said = f"{voice}: {said}"
        if turn and (_LABEL.match(said)):
            yield " ".join(turn)
            turn = []
        turn.append(said)
    if turn:
        yield " ".join(turn)


def _lines(text: str) -> Iterator[str]:
    for block in _BLOCK.split(text):
        lines = block.strip().split("\n")
        times = next((at for at, line in enumerate(lines) if _TIMES.fullmatch(line)), None)
        if times is not None:
            yield from lines[times + 1 :]

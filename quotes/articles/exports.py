"""Exports of press archives (Nexis, Factiva, ProQuest): one text, many articles and facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from quotes.articles.bylines import byline_of
from quotes.articles.dates import parse_date
from quotes.articles.metadata import Metadata, clean, language, web_address
from quotes.columns import export_labels

_LABEL = re.compile(r"\s*(?P<label>[A-Z][A-Za-z/& -]{1,40}?)\s*:(?:\s+(?P<value>\S.*))?\s*$")
_RULE = re.compile(r"^\s*_{20,}\s*$", re.MULTILINE)
_BODY = ("body", "body:")
_LONG = 300  # characters of a line that is surely text


@dataclass(slots=True)
class Entry:
    """An article of an export: the lines above its text, its labelled fields, and the text."""

    head: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    body: str = ""

    def first(self, *names: str) -> str | None:
        """Return the value of the first field that is there."""
        return next((clean(self.fields[name]) for name in names if self.fields.get(name)), None)


def articles_in(text: str) -> list[tuple[str, Metadata]] | None:
    """Return the articles of an export and what it says of each; None for any other text."""
    for is_export, entries, facts in _ARCHIVES:
        if is_export(text):
            found = [(one.body.strip("\n\f "), facts(one)) for one in entries(text)]
            return [(body.rstrip(), known) for body, known in found if body.strip()] or None
    return None


# --- Nexis (LexisNexis): "1 of 50 DOCUMENTS" before an article or "End of Document" behind it

_NEXIS_COUNT = re.compile(r"^\s*(?:Document\s+)?\d+ of \d+ DOCUMENTS?\s*$", re.MULTILINE)
_NEXIS_END = re.compile(r"^\s*End of Document\s*$", re.MULTILINE)
_NEXIS_PAGE = re.compile(r"^\s*Page \d+ of \d+\s*$|^\f", re.MULTILINE)
_NEXIS_NOISE = re.compile(
    r"\s*(?:copyright\b.*|all rights reserved.*|link to (?:image|pdf).*|pdf)\s*", re.I
)
_NEXIS_RIGHTS = re.compile(r"copyright (?:\d{4}|©|\(c\)).*")
_EDITION = re.compile(r".*\b(?:edition|correction appended)\b.*", re.IGNORECASE)


def _is_nexis(text: str) -> bool:
    return bool(
        _NEXIS_COUNT.search(text)
        or (
            _NEXIS_END.search(text)
            and re.search(r"^\s*(?:Body\s*$|Load-Date:)", text, re.MULTILINE)
        )
    )


def _nexis(text: str) -> Iterator[Entry]:
    ends = _NEXIS_END if _NEXIS_END.search(text) else _NEXIS_COUNT
    for part in ends.split(text):
        lines = _NEXIS_PAGE.sub("", _NEXIS_COUNT.sub("", part)).split("\n")
        if entry := _nexis_entry(lines):
            yield entry


def _nexis_entry(lines: Sequence[str]) -> Entry | None:
    """Return the article: lines above, labelled fields, text up to the fields behind it."""
    entry = Entry()
    at = _after_head(lines, entry)
    if not any(parse_date(line) for line in entry.head):
        return None
    # A paragraph may look like a field: what stands before a long one is none.
    last = max((n + 1 for n, line in enumerate(lines) if len(line) > _LONG), default=at)
    ends = (n for n in range(max(at, last), len(lines)) if _is_nexis_tail(lines[n]))
    end = next(ends, len(lines))
    entry.body = "\n".join(lines[at:end])
    for line in lines[end:]:
        if match := _LABEL.match(line):
            entry.fields.setdefault(match["label"].lower(), match["value"] or "")
    return entry


def _is_nexis_tail(line: str) -> bool:
    """Whether a line belongs to the fields behind a text."""
    match = _LABEL.match(line)
    if match and match["label"].lower() in export_labels("nexis tail"):
        return True
    bare = line.strip().lower()
    return bare in export_labels("nexis headings") or bool(_NEXIS_RIGHTS.fullmatch(bare))


def _after_head(lines: Sequence[str], entry: Entry) -> int:
    """Fill in the lines above the text and the fields among them; return where the text begins."""
    label = None
    body = next((n for n, line in enumerate(lines) if line.strip().lower() in _BODY), None)
    for at, line in enumerate(lines):
        bare = line.strip()
        match = _LABEL.match(line)
        name = match["label"].lower() if match else ""
        if at == body:
            return at + 1
        if not bare:
            label = None if label is None or entry.fields[label] else label
        elif match and name in export_labels("nexis lead"):
            label = name
            entry.fields[label] = match["value"] or ""
        elif label is not None:
            entry.fields[label] += f" {bare}"
        elif entry.fields:
            if body is None or body < at:
                return at
        elif not _NEXIS_NOISE.fullmatch(bare):
            entry.head.append(bare)
    return len(lines)


def _nexis_facts(entry: Entry) -> Metadata:
    """Read "headline, outlet, date", or "outlet, date, headline" as it was before 2018."""
    dates = [number for number, line in enumerate(entry.head) if parse_date(line)]
    above = [line for line in entry.head[: dates[-1]] if not _EDITION.fullmatch(line)]
    below = [line for line in entry.head[dates[-1] + 1 :] if not _EDITION.fullmatch(line)]
    return Metadata(
        title=entry.first("headline") or clean(" ".join(below or above[-2:-1])),
        outlet=clean(above[-1]) if above else None,
        published=parse_date(entry.head[dates[-1]]),
        byline=byline_of(entry.first("byline", "author")),
        language=language(entry.first("language")),
        url=web_address(entry.first("url")),
    )


# --- Factiva: "Document RIVP000020240301ek3100001" behind each article

_FACTIVA_END = re.compile(r"^\s*(?:AN\s+)?Document\s+[A-Z][A-Za-z0-9]{9,}\s*$", re.MULTILINE)
_FACTIVA_CODES = (
    "SE HD CR BY WC PD ET SN SC ED PG VOL LA CY CX LP TD ART RF CO IN NS RE IPD IPC PUB AN".split()
)
_FACTIVA_FIELD = re.compile(rf"^\s*({'|'.join(_FACTIVA_CODES)})(?:\s{{2,}}|\t|\s*$)\s*(.*)$")
_FACTIVA_WORDS = re.compile(r"\s*[\d,.]+ words\s*")
_FACTIVA_PAGE = re.compile(
    r"^\s*Page \d+ of \d+.*$|^\s*(?:©|\(c\)) \d{4} Factiva.*$", re.MULTILINE | re.I
)
_CLOCK = re.compile(r"\s*\d{1,2}:\d{2}(?:\s*[AP]M)?(?:\s+[A-Z]{3,4})?\s*", re.IGNORECASE)
_RIGHTS = re.compile(r"\s*(?:copyright\b|©|\(c\)).*", re.IGNORECASE)


def _is_factiva(text: str) -> bool:
    return bool(_FACTIVA_END.search(text)) and any(
        _FACTIVA_WORDS.fullmatch(line) or re.match(r"\s*(?:HD|WC)\b", line)
        for line in text.split("\n")
    )


def _factiva(text: str) -> Iterator[Entry]:
    for part in _FACTIVA_END.split(_FACTIVA_PAGE.sub("", text))[:-1]:
        lines = part.split("\n")
        coded = sum(bool(_FACTIVA_FIELD.match(line)) for line in lines)
        yield _factiva_coded(lines) if coded >= 4 else _factiva_plain(lines)


def _factiva_coded(lines: Sequence[str]) -> Entry:
    """Read an article whose lines begin with codes: HD headline, LP and TD text."""
    entry = Entry()
    code = ""
    values: dict[str, list[str]] = {}
    for line in lines:
        if match := _FACTIVA_FIELD.match(line):
            code = match[1]
            values.setdefault(code, []).append(match[2])
        elif code:
            values[code].append(line.strip())
    entry.fields = {
        name.lower(): " ".join(filter(None, part))
        for name, part in values.items()
        if name not in ("LP", "TD")
    }
    entry.body = "\n".join([*values.get("LP", []), "", *values.get("TD", [])])
    return entry


def _factiva_plain(lines: Sequence[str]) -> Entry:
    """Read an article that begins with headline, byline, words, date, outlet, code, language."""
    entry = Entry()
    at = next((n for n, line in enumerate(lines) if _FACTIVA_WORDS.fullmatch(line)), None)
    if at is None:
        return entry
    head = [line.strip() for line in lines[:at] if line.strip()]
    rest = [(n, line.strip()) for n, line in enumerate(lines) if n > at and line.strip()]
    rights = next((k for k, (_, line) in enumerate(rest[:12]) if _RIGHTS.fullmatch(line)), None)
    facts = [line for _, line in rest[: rights if rights is not None else 5]]
    names = [one for one in facts if not parse_date(one) and not _CLOCK.fullmatch(one)]
    by = [line for line in head if re.match(r"by\b", line, re.IGNORECASE)]
    day = next((one for one in facts if parse_date(one)), "")
    spoken = next((one for one in names if language(one) and len(one) > 3), "")
    title = " ".join(line for line in head if line not in by)
    outlet = names[0] if names else ""
    entry.fields = {"hd": title, "by": " ".join(by), "pd": day, "sn": outlet, "la": spoken}
    last = rest[rights if rights is not None else len(facts) - 1][0] if rest else at
    entry.body = "\n".join(lines[last + 1 :])
    return entry


def _factiva_facts(entry: Entry) -> Metadata:
    return Metadata(
        title=entry.first("hd"),
        outlet=entry.first("sn"),
        published=parse_date(entry.first("pd") or ""),
        byline=byline_of(entry.first("by")),
        language=language(entry.first("la")),
    )


# --- ProQuest: rules of underscores between articles, "Full text:" before each

_PROQUEST_TEXT = re.compile(r"^\s*Full[ -]text:", re.MULTILINE | re.IGNORECASE)
_PROQUEST_COUNT = re.compile(r"\s*Document \d+ of \d+\s*")


def _is_proquest(text: str) -> bool:
    return bool(_PROQUEST_TEXT.search(text)) and bool(_RULE.search(text) or "ProQuest" in text)


def _proquest(text: str) -> Iterator[Entry]:
    for part in _RULE.split(text):
        if not _PROQUEST_TEXT.search(part):
            continue
        entry = Entry()
        label: str | None = None
        values: dict[str, list[str]] = {}
        for line in part.split("\n"):
            match = _LABEL.match(line.replace("Full text:", "Full text: ", 1))
            name = match["label"].lower().replace("-", " ") if match else ""
            if match and name in export_labels("proquest"):
                label = name
                values.setdefault(label, []).append(match["value"] or "")
            elif label:
                values[label].append(line)
            elif line.strip() and not _PROQUEST_COUNT.fullmatch(line):
                entry.head.append(line.strip())
        entry.body = "\n".join(values.pop("full text", []))
        entry.fields = {name: " ".join(lines) for name, lines in values.items()}
        yield entry


def _proquest_facts(entry: Entry) -> Metadata:
    info = (entry.first("publication info") or "").partition(";")
    place = re.search(r"\.\s+([^:]*\d{4})", info[2])
    day = parse_date(entry.first("publication date") or "") or parse_date(place[1] if place else "")
    return Metadata(
        title=clean(" ".join(entry.head)) or entry.first("title"),
        outlet=entry.first("publication title") or clean(info[0]),
        published=day,
        byline=byline_of(entry.first("author")),
        language=language(entry.first("language of publication", "language")),
        url=web_address(entry.first("document url")),
    )


_ARCHIVES: tuple[
    tuple[Callable[[str], bool], Callable[[str], Iterator[Entry]], Callable[[Entry], Metadata]],
    ...,
] = (
    (_is_nexis, _nexis, _nexis_facts),
    (_is_factiva, _factiva, _factiva_facts),
    (_is_proquest, _proquest, _proquest_facts),
)

"""The formats: which reader takes which files. A new format is one line here."""

from __future__ import annotations

from dataclasses import dataclass

from quotes.articles.draft import Reader
from quotes.articles.readers import jsonfile, jsonl, plain, table, webpage
from quotes.articles.sniff import foreign, signature, text_suffix, xml_suffix
from quotes.articles.source import Source
from quotes.errors import ArticleError


@dataclass(frozen=True, slots=True)
class Format:
    """A sort of files. ``many``: one file may hold many articles."""

    name: str
    suffixes: tuple[str, ...]
    read: Reader
    many: bool = False


FORMATS = (
    Format("plain text", (".txt", ".text"), plain.read),
    Format("Markdown", (".md", ".markdown"), plain.read),
    Format("web page", (".html", ".htm", ".xhtml"), webpage.read),
    Format("JSON lines", (".jsonl", ".ndjson"), jsonl.read, many=True),
    Format("JSON", (".json",), jsonfile.read, many=True),
    Format("table", (".csv", ".tsv"), table.read, many=True),
)
"""Every format; the reference of formats is made from it."""

READERS = {suffix: form for form in FORMATS for suffix in form.suffixes}
"""Suffix in lower case → format."""


class UnknownFormatError(ArticleError):
    """A file that no reader takes."""


def choose(source: Source) -> Format:
    """Return the format of a source: by its content where that leaves no doubt, else by its name.

    Raises UnknownFormatError where no reader takes it, ArticleError where it cannot be read.
    """
    head = source.head()
    if (found := signature(head)) and found in READERS:
        return READERS[found]
    if what := foreign(head):
        raise UnknownFormatError(source.name, f"is {what}: convert it to one of {known_suffixes()}")
    if source.suffix in READERS:
        return READERS[source.suffix]
    if source.suffix == ".xml" and (found := xml_suffix(head)) in READERS:
        return READERS[found or ""]
    if b"\0" not in head and (not source.suffix or source.asked) and source.suffix != ".xml":
        found = text_suffix(head)
        if found in READERS:
            return READERS[found]
    form = source.suffix or "without text"
    raise UnknownFormatError(
        source.name, f"its format ({form}) is not known: convert it to one of {known_suffixes()}"
    )


def known_suffixes() -> str:
    """Return the suffixes of all formats, for messages."""
    return " ".join(READERS)

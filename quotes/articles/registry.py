"""The formats: which reader takes which files. A new format is one line here."""

from __future__ import annotations

from dataclasses import dataclass

from quotes.articles.bounded import member, open_zip
from quotes.articles.draft import Reader
from quotes.articles.readers import (
    archives,
    crawl,
    documents,
    epub,
    feed,
    jsonfile,
    jsonl,
    mail,
    parquet,
    pdf,
    plain,
    subtitles,
    table,
    webpage,
)
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
    Format("Parquet table", (".parquet",), parquet.read, many=True),
    Format("spreadsheet", (".xlsx", ".xls", ".ods"), documents.read_workbook, many=True),
    Format("Word document", (".docx",), documents.read_word, many=True),
    Format("OpenDocument text", (".odt",), documents.read_odt, many=True),
    Format("Rich Text", (".rtf",), documents.read_rtf, many=True),
    Format("PDF", (".pdf",), pdf.read, many=True),
    Format("EPUB", (".epub",), epub.read, many=True),
    Format("mail", (".eml",), mail.read_mail, many=True),
    Format("web archive", (".mhtml", ".mht"), mail.read_mhtml, many=True),
    Format("feed", (".rss", ".atom"), feed.read, many=True),
    Format("subtitles", (".srt", ".vtt"), subtitles.read),
    Format("crawl", (".warc",), crawl.read, many=True),
    Format("packed crawl", (".wacz",), archives.read_wacz, many=True),
    Format("ZIP archive", (".zip",), archives.read_zip, many=True),
    Format("tar archive", (".tar",), archives.read_tar, many=True),
    Format("packed file", (".gz", ".tgz", ".bz2", ".xz"), archives.read_packed, many=True),
)
"""Every format; the reference of formats is made from it."""

READERS = {suffix: form for form in FORMATS for suffix in form.suffixes}
"""Suffix in lower case → format."""

_OFFICE = (".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".dot", ".odt", ".ods")
_INSIDE = (("word/", ".docx"), ("xl/", ".xlsx"), ("ppt/", ".pptx"))
_MIMETYPES = {
    b"application/epub+zip": ".epub",
    b"application/vnd.oasis.opendocument.text": ".odt",
    b"application/vnd.oasis.opendocument.text-template": ".odt",
    b"application/vnd.oasis.opendocument.spreadsheet": ".ods",
}


class UnknownFormatError(ArticleError):
    """A file that no reader takes."""


def choose(source: Source) -> Format:
    """Return the format of a source: by its content where that leaves no doubt, else by its name.

    Raises UnknownFormatError where no reader takes it, ArticleError where it cannot be read.
    """
    head = source.head()
    if not head and (source.asked or source.suffix in READERS):
        raise ArticleError(source.name, "holds no text (it is empty): get it again")
    found = signature(head)
    if found == ".zip":
        found = ".wacz" if source.suffix == ".wacz" else _zip_suffix(source)
    elif found == ".ole":
        found = _ole_suffix(source)
    elif found is None and (what := foreign(head)):
        raise UnknownFormatError(source.name, f"is {what}: convert it to text, HTML or PDF")
    elif found is None:
        found = _text_suffix(source, head)
    if found in READERS:
        return READERS[found]
    form = found or source.suffix or "no text"
    problem = f"its format ({form}) is not known: convert it to one of {known_suffixes()}"
    raise UnknownFormatError(source.name, problem)


def known_suffixes() -> str:
    """Return the suffixes of all formats, for messages."""
    return " ".join(READERS)


def _text_suffix(source: Source, head: bytes) -> str | None:
    """Return the suffix of the format of what has no signature."""
    if source.suffix == ".xml":
        return xml_suffix(head)
    if source.suffix in READERS:
        return source.suffix
    # Of files found in a folder, those with odd suffixes are programs and their settings.
    is_taken = source.asked or not source.suffix
    return text_suffix(head) if is_taken and b"\0" not in head else None


def _zip_suffix(source: Source) -> str | None:
    """Return what a ZIP archive is: a document of an office program, a book, or an archive."""
    with source.open() as stream, open_zip(stream, source.name) as archive:
        names = archive.namelist()
        if "mimetype" in names:
            with member(archive, archive.getinfo("mimetype"), source.name) as stated:
                return _MIMETYPES.get(stated.read(100).strip(), ".zip")
        if "[Content_Types].xml" in names:
            return next(
                (form for start, form in _INSIDE if any(n.startswith(start) for n in names)), None
            )
    return ".zip"


def _ole_suffix(source: Source) -> str:
    """Return ``.xls`` for an old workbook; raises ArticleError for what is locked or too old."""
    if source.suffix == ".xls":
        return ".xls"
    if source.suffix in (".docx", ".xlsx", ".pptx"):
        raise ArticleError(source.name, "has a password: save it without one")
    form = source.suffix or "an old Office file"
    raise ArticleError(source.name, f"is {form} of an old Office: save it as .docx or .xlsx")

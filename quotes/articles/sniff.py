"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

import re

from quotes.columns import Columns

_SIGNATURES = (
    (b"%PDF-", ".pdf"),
    (b"{\\rtf", ".rtf"),
    (b"WARC/", ".warc"),
    (b"PAR1", ".parquet"),
    (b"PK\x03\x04", ".zip"),
    (b"PK\x05\x06", ".zip"),
    (b"\x1f\x8b", ".gz"),
    (b"BZh", ".bz2"),
    (b"\xfd7zXZ\x00", ".xz"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".ole"),
)
_FOREIGN = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"BM", "a BMP image"),
    (b"\0\0\1\0", "an icon"),
    (b"ID3", "a sound recording"),
    (b"\xff\xfb", "a sound recording"),
    (b"OggS", "a sound recording"),
    (b"fLaC", "a sound recording"),
    (b"\x1aE\xdf\xa3", "a video"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"SQLite format 3", "a SQLite database"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"(\xb5/\xfd", "a Zstandard archive"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
)
_BOM = b"\xef\xbb\xbf"
_HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL
)
_XML = re.compile(
    rb"\s*(?:<\?xml.*?\?>\s*)?(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*>\s*)*<([\w:-]+)",
    re.DOTALL,
)
_ROOTS = {
    b"rss": ".rss",
    b"feed": ".rss",
    b"rdf": ".rss",
    b"urlset": ".rss",
    b"sitemapindex": ".rss",
    b"html": ".html",
}
_MAIL = re.compile(rb"(?:[A-Za-z][\w-]*:[ \t][^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n){3,}")
_MAIL_HEADERS = re.compile(
    rb"^(?:from|mime-version|message-id|received|return-path|content-type):", re.I | re.M
)
_CUE = re.compile(rb"\s*(?:\d+\s*\r?\n)?\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{3}\s+-->")


def signature(head: bytes) -> str | None:
    """Return the suffix of the format that the first bytes of a file leave no doubt about."""
    for mark, suffix in _SIGNATURES:
        if head.startswith(mark):
            return suffix
    text = head.removeprefix(_BOM)
    if _HTML.match(text):
        return ".html"
    return ".vtt" if text.startswith(b"WEBVTT") else None


def foreign(head: bytes) -> str | None:
    """Return what a file is that holds no text; None if it may hold some."""
    if head[4:8] == b"ftyp":
        return "a video"
    if head[:4] == b"RIFF":
        return "an image" if head[8:12] == b"WEBP" else "a sound recording or video"
    for mark, name in _FOREIGN:
        if head.startswith(mark) and (len(mark) > 2 or b"\0" in head[:64]):
            return name
    return None


def xml_suffix(head: bytes) -> str | None:
    """Return the suffix of the format of an XML file by its root element; None if it is unknown."""
    match = _XML.match(head.removeprefix(_BOM))
    return _ROOTS.get(match[1].lower().rpartition(b":")[2]) if match else None


def text_suffix(head: bytes) -> str:
    """Return the suffix of the likeliest format of a text without one in its name."""
    text = head.removeprefix(_BOM)
    if found := signature(head) or xml_suffix(text):
        return found
    start = text.lstrip()
    if start[:1] in (b"{", b"["):
        return ".json"
    mail = _MAIL.match(text)
    if mail and len(_MAIL_HEADERS.findall(mail[0])) >= 2:
        return ".eml"
    if _CUE.match(text):
        return ".srt"
    return ".csv" if _is_table(text) else ".txt"


def _is_table(text: bytes) -> bool:
    """Whether the first line is a header of columns, one of them known to hold texts."""
    header = text.partition(b"\n")[0].decode("utf-8", "replace").strip()
    delimiter = max(",;\t|", key=header.count)
    names = [name.strip(' "') for name in header.split(delimiter)]
    return 1 < len(names) == len(set(names)) and Columns().holds(names, "text")

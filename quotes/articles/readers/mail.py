"""Mail and web archives of one page (MHTML), with what is attached to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from email import policy
from email.message import EmailMessage, Message, MIMEPart
from email.parser import BytesParser

from quotes.articles.dates import parse_date
from quotes.articles.decode import decode, read_limited
from quotes.articles.draft import Draft, Found, Reading
from quotes.articles.markup import to_text
from quotes.articles.metadata import Metadata, clean, web_address
from quotes.articles.readers.documents import MAX_DOCUMENT
from quotes.articles.source import Source, bytes_source
from quotes.articles.texts import drafts_of
from quotes.errors import ArticleError

_MOST_PARTS = 1000
_PICTURES = re.compile(r"image/|audio/|video/|font/|text/css|javascript")


def read_mail(source: Source, reading: Reading) -> Iterator[Found]:
    """Read an ``.eml``: its text, and every attached document; a saved page if it is one."""
    message = _parse(source)
    if _is_page(message):
        yield from _page(message, source)
        return
    facts = Metadata(
        title=clean(_header(message, "subject")),
        published=parse_date(_header(message, "date") or ""),
    )
    if text := _body(message, source.name):
        for draft in drafts_of(text, source):
            yield Draft(draft.where, draft.body, stated=draft.stated, declared=facts)
    for part in _attachments(message):
        name = f"{source.name}/{clean(part.get_filename()) or 'attachment'}"
        if _PICTURES.search(part.get_content_type()):
            reading.account.skip(name, f"is {part.get_content_maintype()}, not text")
            continue
        known = Metadata(published=facts.published)
        depth = source.depth + 1
        yield bytes_source(name, _bytes(part), asked=False, depth=depth, known=known)


def _bytes(part: EmailMessage) -> bytes:
    """Return the content of an attachment; of a mail that was passed on, that mail."""
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload(0)
        return inner.as_bytes() if isinstance(inner, Message) else b""
    raw = part.get_payload(decode=True)
    return raw if isinstance(raw, bytes) else b""


def read_mhtml(source: Source, _reading: Reading) -> Iterator[Found]:
    """Read an ``.mht`` or ``.mhtml``: the page that a browser saved with all that belongs to it."""
    yield from _page(_parse(source), source)


def _parse(source: Source) -> EmailMessage:
    with source.open() as stream:
        raw = read_limited(stream, source.name, MAX_DOCUMENT)
    try:
        message = BytesParser(policy=policy.default).parsebytes(raw)
        if sum(1 for _ in zip(message.walk(), range(_MOST_PARTS + 1), strict=False)) > _MOST_PARTS:
            raise ArticleError(source.name, f"has more than {_MOST_PARTS:,} parts: save its text")
    except (RecursionError, ValueError, IndexError, LookupError) as error:
        raise ArticleError(source.name, "is not mail that can be read: save its text") from error
    return message


def _is_page(message: EmailMessage) -> bool:
    return bool(
        message.get("snapshot-content-location")
        or (message.get_content_type() == "multipart/related" and not message.get("to"))
    )


def _page(message: EmailMessage, source: Source) -> Iterator[Found]:
    """Yield the first page of a web archive, with its address."""
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            raw = part.get_payload(decode=True)
            address = _header(message, "snapshot-content-location")
            address = address or _header(part, "content-location")
            known = Metadata(url=web_address(clean(address)))
            html = raw if isinstance(raw, bytes) else b""
            charset = part.get_content_charset()
            if charset:
                with suppress(LookupError):
                    html = html.decode(charset, "replace").encode()
            yield bytes_source(
                source.name, html, inner="page.html", known=known, depth=source.depth + 1
            )
            return
    raise ArticleError(source.name, "holds no page: save it again, or as HTML")


def _body(message: EmailMessage, name: str) -> str | None:
    """Return the text of a mail: the plain one, or that of its HTML if it is longer."""
    texts = []
    for sort in ("plain", "html"):
        with suppress(KeyError, ValueError):
            part = message.get_body(preferencelist=(sort,))
            if part is not None:
                content = _content(part, name)
                texts.append(to_text(content) if sort == "html" else content)
    found = [text for text in texts if text.strip()]
    return max(found, key=lambda text: len(text.split())) if found else None


def _content(part: MIMEPart, name: str) -> str:
    raw = part.get_payload(decode=True)
    text = decode(raw if isinstance(raw, bytes) else b"", name, part.get_content_charset())
    return text.replace("\r\n", "\n")


def _attachments(message: EmailMessage) -> Iterator[EmailMessage]:
    with suppress(KeyError, ValueError, AttributeError, LookupError):
        yield from message.iter_attachments()


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        value = message.get(name)
        return None if value is None else str(value)
    except (ValueError, IndexError, LookupError, TypeError):  # the parser's, for broken headers
        return None

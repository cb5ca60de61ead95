from __future__ import annotations

from datetime import date
from email.message import EmailMessage

import pytest

from quotes.articles import Account

TEXT = "“The bridge is open,” the mayor said.\n"
HTML = "<html><body><article>" + f"<p>{TEXT}</p>" * 3 + "</article></body></html>"


def mail(**headers: str) -> EmailMessage:
    message = EmailMessage()
    defaults = {"From": "Ann Roe <ann@post.example>", "To": "b@c.example", "Subject": "Bridge öpen"}
    for name, value in (defaults | {"Date": "Fri, 15 Aug 2025 10:00:00 +0200"} | headers).items():
        message[name] = value
    return message


@pytest.mark.parametrize("name", ["a.eml", "nameless"])
def test_a_mail_is_its_text(put, read, name: str) -> None:
    message = mail()
    message.set_content(TEXT)
    message.add_alternative(f"<p>{TEXT}</p>", subtype="html")
    (article,), errors = read(put(name, message.as_bytes()))
    assert not errors
    assert article.body.strip() == TEXT.strip()
    assert (article.title, article.published) == ("Bridge öpen", date(2025, 8, 15))
    assert (article.outlet, article.byline) == (None, None)


def test_a_newsletter_in_html(put, read) -> None:
    message = mail()
    message.set_content(f"<p>{TEXT}</p><p>More.</p>", subtype="html", cte="quoted-printable")
    (article,), _ = read(put("a.eml", message.as_bytes()))
    assert article.body == f"{TEXT.strip()}\n\nMore."


def test_what_is_attached_is_read_as_what_it_is(put, read) -> None:
    inner = mail(Subject="Inner")
    inner.set_content("“No,” he said.")
    message = mail()
    message.set_content("See below.")
    message.add_attachment(TEXT.encode(), maintype="application", subtype="x", filename="a.txt")
    message.add_attachment(b"\x89PNG\0", maintype="image", subtype="png", filename="logo.png")
    message.add_attachment(inner)
    account = Account()
    path = put("a.eml", message.as_bytes())
    articles, errors = read(path, account=account)
    assert not errors
    assert [one.body.strip() for one in articles] == ["See below.", TEXT.strip(), "“No,” he said."]
    assert articles[1].published == date(2025, 8, 15)
    assert articles[2].title == "Inner"
    assert account.skipped == [(f"{path}/logo.png", "is image, not text")]


@pytest.mark.parametrize("name", ["a.mhtml", "a.mht", "a.eml", "nameless"])
@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_a_saved_page(put, read, name: str, charset: str) -> None:
    raw = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://post.example/bridge\r\n"
        "Subject: Bridge\r\nDate: Fri, 15 Aug 2025 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="XX"\r\n\r\n--XX\r\n'
        f"Content-Type: text/html; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        f"{HTML}\r\n--XX\r\nContent-Type: image/png\r\n\r\nxx\r\n--XX--\r\n"
    ).encode(charset)
    (article,), errors = read(put(name, raw))
    assert not errors
    assert article.body.startswith(TEXT.strip())
    assert article.url == "https://post.example/bridge"
    assert article.published is None  # the day on which it was saved says nothing


@pytest.mark.parametrize(
    ("name", "raw", "problem"),
    [
        ("a.eml", b"", "it is empty"),
        ("a.mhtml", b"Content-Type: image/png\n\nx", "holds no page"),
        ("a.mhtml", b"Content-Type: text/html\n\n", "it is empty"),
        ("a.eml", b"From: a@b.example\nSubject: x\nTo: a\n\n", "holds no articles"),
    ],
)
def test_mail_that_holds_nothing(put, read, name: str, raw: bytes, problem: str) -> None:
    articles, (error,) = read(put(name, raw))
    assert not articles
    assert problem in error.problem


def test_broken_headers_cost_the_fact_alone(put, read) -> None:
    headers = b"From: a\nDate: soon\nSubject: =?x?q?=80?=\nContent-Type: text/plain; charset=nope"
    raw = headers + b"\n\nHello you."
    (article,), errors = read(put("a.eml", raw))
    assert not errors
    assert article.published is None
    assert "Hello you." in article.body

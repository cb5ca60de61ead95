import subprocess
import sys
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.articles import Account
from quotes.articles.decode import MAX_BYTES

SPEECH = "“The bridge is open,” the mayor said.\n"
EXACT = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@EXACT
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="<&\\ÂÃâÐÑ")))
def test_body_is_exactly_what_was_written(put, read, text: str) -> None:
    articles, errors = read(put("a.txt", "x" + text))
    assert [article.body for article in articles] == ["x" + text]
    assert not errors


@pytest.mark.parametrize(
    "text", ["a\r\nb\rc\n\n", " \n\tled by space", "---\nno end", "--- \n-- a\n"]
)
def test_nothing_is_normalised(put, read, text: str) -> None:
    assert read(put("a.txt", text))[0][0].body == text


def test_byte_order_mark_is_no_text(put, read) -> None:
    assert read(put("a.txt", b"\xef\xbb\xbf" + SPEECH.encode()))[0][0].body == SPEECH


@pytest.mark.parametrize("name", ["a.txt", "a.md", "A.TXT"])
def test_front_matter(put, read, name: str) -> None:
    front = (
        "---\ntitle: 1984\noutlet: The Herald\nurl: https://herald.example/a\n"
        "published: 2025-08-15\nbyline: [Ann Lee, Bo Ray]\nlanguage: en-GB\ntags: {a: 1}\n---\n"
    )
    (article,), errors = read(put(name, front + "\n" + SPEECH))
    assert not errors
    assert article.body == "\n" + SPEECH
    assert (article.title, article.outlet, article.byline) == (
        "1984",
        "The Herald",
        "Ann Lee, Bo Ray",
    )
    assert (article.url, article.published, article.language) == (
        "https://herald.example/a",
        date(2025, 8, 15),
        "en",
    )


@pytest.mark.parametrize(
    ("fact", "provenance"),
    [
        ("provenance: machine-translated", "machine-translated"),
        ("Provenance: Transcript", "transcript"),
        ("provenance: heaven", None),
        ("machine translated: true", "machine-translated"),
        ("machine_translated: false", None),
        ("translated: yes", "translated"),
        ("is translated: 'no'", None),
        ("translation: Google Translate", "machine-translated"),
        ("translator: DeepL", "machine-translated"),
        ("translated by: Bo Reed", "translated"),
        ("translated from: Norwegian", "translated"),
        ("translator: n/a", None),
        ("language: fr", None),
    ],
)
def test_where_the_words_come_from(put, read, fact: str, provenance: str | None) -> None:
    (article,), errors = read(put("a.md", f"---\n{fact}\n---\n{SPEECH}"))
    assert not errors
    assert article.provenance == provenance


@pytest.mark.parametrize(
    "front",
    [
        "---\r\ntitle: A\r\n---\r\n",
        "---  \ntitle: 'A'\n...\n",
        "---\ntitle: A\nurl: ~\nfoo:\n---\n",
    ],
)
def test_forms_of_front_matter(put, read, front: str) -> None:
    (article,), errors = read(put("a.md", front + SPEECH))
    assert (article.title, article.body, article.url) == ("A", SPEECH, None)
    assert not errors


def test_empty_front_matter(put, read) -> None:
    assert read(put("a.md", "---\n---\n" + SPEECH))[0][0].body == SPEECH


@pytest.mark.parametrize(
    ("front", "line"),
    [
        ("---\noutlet: A\ntitle: Mayor: open\n---\n", ":3"),
        ("---\nonly words\n---\n", ":2"),
        ("---\n- a\n- b\n---\n", ":2"),
        ("---\na: [b\n---\n", ":3"),
        ("---\n? [a]\n: b\n---\n", ":2"),
        ("---\n" + "[" * 5000 + "\n---\n", ":2"),
        ("---\na: \x01\n---\n", ":2"),
    ],
)
def test_broken_front_matter_names_the_line(put, read, front: str, line: str) -> None:
    path = put("a.md", front + SPEECH)
    articles, (error,) = read(path)
    assert not articles
    assert error.source == path + line
    assert "front matter" in error.problem


@pytest.mark.parametrize("day", ["last week", "2025-02-30", "03/04/2025", "May 2025"])
def test_a_date_that_cannot_be_read_costs_the_date_alone(put, read, day: str) -> None:
    account = Account()
    path = put("a.md", f"---\npublished: {day}\noutlet: Herald\n---\n{SPEECH}")
    (article,), errors = read(path, account=account)
    assert not errors
    assert (article.published, article.outlet) == (None, "Herald")
    assert account.missing["published"] == 1
    how = "has two readings" if "/" in day else "could not be read"
    assert account.remarks == {f"a date {how}": (f"'{day}' in {path}", 1)}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "holds no text"),
        (b" \n\t\n", "holds no text"),
        (b"---\ntitle: A\n---\n \n", "holds no text"),
        (b"text\0text", "is not text"),
        (b"\x89PNG\r\n\x1a\n\0\xff", "is a PNG image"),
        (bytes(range(1, 256)) * 4, "encoding"),
        (b"x" * (MAX_BYTES + 1), "longer than 20 MB"),
    ],
    ids=["empty", "blank", "front-matter-only", "nul", "picture", "noise", "huge"],
)
def test_bad_texts(put, read, content: bytes, problem: str) -> None:
    path = put("a.txt", content)
    articles, (error,) = read(path)
    assert not articles
    assert error.source == path
    assert problem in error.problem


def test_standard_input() -> None:
    script = (
        "from quotes.articles import read_articles, count_inputs\n"
        "assert count_inputs(['-']) is None\n"
        "for a in read_articles(['-'], on_error=print): print(a.source, a.title, ascii(a.body))"
    )

    def run(text: str) -> str:
        command = [sys.executable, "-c", script]
        done = subprocess.run(command, input=text.encode(), capture_output=True, check=True)
        return done.stdout.decode().strip()

    assert run("“No”\r\n") == r"- None '\u201cNo\u201d\r\n'"
    assert run("---\ntitle: A\n---\nb") == "- A 'b'"
    assert run("") == "-: holds no text (it is empty): get it again"

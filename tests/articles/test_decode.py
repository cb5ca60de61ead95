from pathlib import Path

import pytest

from quotes.articles.decode import decode, encoding_of
from quotes.articles.source import file_source
from quotes.errors import ArticleError

ENGLISH = "“We’re open,” said the café’s owner – and she didn’t wait for the mayor.\r\n"
RUSSIAN = "«Мост открыт», — сказал мэр. Никто уже не помнит того дня, когда его закрыли."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"], ids=str)
def test_western_encodings(encoding: str) -> None:
    assert decode(ENGLISH.encode(encoding), "a.txt") == ENGLISH


@pytest.mark.parametrize("text", ["“It’s done”", "He said “no”.", ENGLISH * 500])
def test_curly_marks_of_cp1252_in_short_and_long_texts(text: str) -> None:
    assert decode(text.encode("cp1252"), "a.txt") == text


def test_capitals_inside_words() -> None:
    assert decode("“No,” said Raidió Teilifís na hÉireann.".encode("cp1252"), "a").endswith("nn.")


def test_other_alphabets() -> None:
    assert decode(RUSSIAN.encode("cp1251"), "a.txt") == RUSSIAN


def test_declared_encoding_counts_where_utf8_fails() -> None:
    assert decode("Tak, żółw śpi.".encode("iso-8859-2"), "a", "iso-8859-2") == "Tak, żółw śpi."
    assert decode("“Yes”".encode("cp1252"), "a", "iso-8859-1") == "“Yes”"
    assert decode("“Yes”, żółw".encode(), "a", "iso-8859-1") == "“Yes”, żółw"
    assert decode("“It’s done”".encode("cp1252"), "a", "no-such-charset") == "“It’s done”"
    for odd in ("rot13", "punycode", "unicode_escape", "hex", "x" * 1000, "\0"):
        assert decode("“It’s done”".encode("cp1252"), "a", odd) == "“It’s done”"


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"\x7fELF\x02\x01\x00\xff\xfe\x80", id="binary"),
        pytest.param(bytes(range(1, 256)) * 4, id="every-byte"),
        pytest.param(ENGLISH.encode("utf-16-le"), id="utf-16-without-mark"),
        pytest.param(b"\xff\xfea\x00b", id="utf-16-cut"),
        pytest.param("“We’re open,” she said".encode("mac-roman"), id="mac"),
        pytest.param(ENGLISH.encode() + b"\xe9", id="utf-8-with-a-broken-byte"),
    ],
)
def test_bytes_that_are_no_text_are_refused(raw: bytes) -> None:
    with pytest.raises(ArticleError) as refused:
        decode(raw, "a.txt")
    assert refused.value.source == "a.txt"


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (b"plain", "utf-8"),
        ("“é”".encode() * 400_000, "utf-8"),
        (b"\xef\xbb\xbfa", "utf-8-sig"),
        ("a,b".encode("utf-16"), "utf-16"),
        (b"x" * 2_000_000 + ENGLISH.encode("cp1252") * 9, "cp1252"),
    ],
    ids=["ascii", "chunks-cut-characters", "mark", "utf-16", "late-in-the-file"],
)
def test_encoding_of_a_file(tmp_path: Path, raw: bytes, encoding: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(raw)
    assert encoding_of(file_source(path, "table.csv")) == encoding

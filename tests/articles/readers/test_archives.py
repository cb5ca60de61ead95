from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Callable

import pytest

from quotes.articles import Account, Options, bounded

TEXT = "“The bridge is open,” the mayor said.\n"
ROWS = "".join(json.dumps({"id": name, "text": TEXT}) + "\n" for name in "ab")


def zipped(members: dict[str, bytes | str], **options: int) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", **options) as archive:  # type: ignore[arg-type]
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def tarred(members: dict[str, str], mode: str = "w") -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content.encode())
            archive.addfile(info, io.BytesIO(content.encode()))
    return stream.getvalue()


def locked() -> bytes:
    """An archive whose one member says that it is encrypted."""
    raw = bytearray(zipped({"a.txt": TEXT}))
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    return bytes(raw)


@pytest.mark.parametrize(
    ("name", "pack"),
    [("a.jsonl.gz", gzip.compress), ("a.jsonl.bz2", bz2.compress), ("a.jsonl.xz", lzma.compress)],
)
def test_packed_files_are_read_as_what_they_are(put, read, name: str, pack: Callable) -> None:
    path = put(name, pack(ROWS.encode()))
    articles, errors = read(path)
    assert not errors
    assert [(one.source, one.body) for one in articles] == [("a", TEXT), ("b", TEXT)]
    (error,) = read(put(name, pack(ROWS.encode() + b"{\n")))[1]
    assert error.source == f"{path}:3"


@pytest.mark.parametrize("suffix", [".txt.gz", ".html.gz", ".json.gz", ".csv.gz", ".gz", ""])
def test_packed_files_of_every_sort(put, read, suffix: str) -> None:
    content = {
        ".html.gz": f"<html><body><article>{'<p>' + TEXT + '</p>'}</article></body></html>",
        ".json.gz": json.dumps([{"text": TEXT}]),
        ".csv.gz": f'text\n"{TEXT}"\n',
    }.get(suffix, TEXT)
    (article,), errors = read(put(f"a{suffix}", gzip.compress(content.encode())))
    assert not errors
    assert article.body.strip() == TEXT.strip()


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.tgz", "archive"])
def test_archives_are_folders(put, read, name: str) -> None:
    members = {
        "x/2025-08-15.txt": TEXT,
        "y.jsonl": ROWS,
        "photo.gif": "GIF89a\0\0",
        "__MACOSX/._y.jsonl": "x",
        "notes.css": "p {}",
        "bad.csv": "id\n1\n",
    }
    pack = {"a.tar": tarred, "a.zip": zipped, "archive": zipped}.get(name)
    raw = pack(members) if pack else tarred(members, "w:gz")  # type: ignore[operator]
    account = Account()
    path = put(name, raw)
    articles, (error,) = read(path, account=account)
    assert [one.source for one in articles] == [f"{path}/x/2025-08-15.txt", "a", "b"]
    assert error.source == f"{path}/bad.csv"
    assert sorted(reason for _, reason in account.skipped) == [
        "is a GIF image",
        "is hidden",
        "its format (.css) is not known",
    ]
    articles, _ = read(path, options=Options(only=("*.txt",)))
    assert [one.body for one in articles] == [TEXT]


def test_archives_in_archives(put, read) -> None:
    raw: bytes | str = TEXT
    for level in range(3):
        raw = zipped({"a.zip" if level else "a.txt": raw})
    (_,), errors = read(put("a.zip", raw))
    assert not errors
    for _ in range(4):
        raw = zipped({"a.zip": raw})
    articles, (error,) = read(put("b.zip", raw))
    assert not articles
    assert "archives in archives" in error.problem


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.zip", b"PK\x03\x04 and no more", "damaged or cut off"),
        ("a.zip", zipped({"a.txt": TEXT * 99})[:-30], "damaged or cut off"),
        ("a.zip", locked(), "has a password"),
        ("a.zip", zipped({}), "holds no articles"),
        ("a.gz", b"\x1f\x8b", "damaged or cut off"),
        ("a.txt.gz", gzip.compress(TEXT.encode() * 99)[:-20], "damaged or cut off"),
        ("a.csv.gz", gzip.compress(b"text\n" + TEXT.encode() * 99)[:-20], "damaged or cut off"),
        ("a.jsonl.gz", b"no gzip at all", "damaged or cut off"),
        ("a.xz", lzma.compress(TEXT.encode() * 99)[:-20], "damaged or cut off"),
        ("a.tar", b"no tar at all", "damaged or cut off"),
        ("a.tar.gz", gzip.compress(b"x" * 2000), "damaged or cut off"),
    ],
    ids=[*"abcdefghijk"],  # the same in every process: archives hold the time
)
def test_what_cannot_be_unpacked(put, read, name: str, content: bytes, problem: str) -> None:
    articles, (error,) = read(put(name, content))
    assert not articles
    assert problem in error.problem


def test_the_rest_of_an_archive_goes_on(put, read) -> None:
    raw = bytearray(zipped({"a.txt": TEXT, "b.txt": TEXT.replace("open", "shut")}))
    raw[raw.index(b"bridge")] = 0x58  # its checksum is wrong now
    path = put("a.zip", bytes(raw))
    (article,), (error,) = read(path)
    assert "shut" in article.body
    assert (error.source, "damaged" in error.problem) == (f"{path}/a.txt", True)


@pytest.mark.parametrize("suffix", [".txt", ".csv", ".jsonl", ".json", ".html"])
def test_bombs_are_refused(put, read, suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "FREE", 1_000_000)
    begin = b"text\n" if suffix == ".csv" else b'{"text": "'
    # Every line of JSON lines is a problem of its own: few of them are enough.
    flood = begin + (b"a b " * 2500 + b"\n" if suffix == ".jsonl" else b"a b\n" * 2500) * 800
    for path in (
        put(f"a{suffix}.gz", gzip.compress(flood)),
        put("a.zip", zipped({f"a{suffix}": flood}, compression=zipfile.ZIP_DEFLATED)),
    ):
        articles, errors = read(path)
        assert all(len(one.body) < 100 for one in articles)
        assert "unpacks to more than" in errors[-1].problem

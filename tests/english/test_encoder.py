"""The encoder that ships with the program: what it says, and that nothing else bears on it."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.english.encoder import FILES, Encoder, load_encoder, missing
from quotes.errors import ModelError
from quotes.resources import folder
from quotes.weights import CHECKSUMS

SHIPPED = folder("seeds") / "encoder"
TEXT = (
    "The lock will close in May, the port authority told reporters on Monday.\n"
    "“We cannot wait any longer,” Ann Roe, who runs the ferries, said after a walk along the "
    "quay with Bo Lind. The mayor, Cy Vell, did not answer questions.\n"
    "“It was bound to happen,” said Bo Lind, a skipper. His brother had left before noon."
)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    found = load_encoder()
    assert found is not None
    return found


def spans(text: str, *parts: str) -> list[tuple[int, int]]:
    return [(text.index(part), text.index(part) + len(part)) for part in parts]


def quotations(text: str) -> list[tuple[int, int]]:
    return spans(text, "“We cannot wait any longer,”", "“It was bound to happen,”")


def test_it_is_small() -> None:
    assert sum(path.stat().st_size for path in SHIPPED.iterdir()) < 25_000_000


def test_nothing_is_missing_here() -> None:
    assert missing() is None


def test_it_points_to_who_spoke(encoder: Encoder) -> None:
    names = spans(TEXT, "Ann Roe", "Bo Lind", "Cy Vell", "the port authority")
    second = (TEXT.rindex("Bo Lind"), TEXT.rindex("Bo Lind") + 7)
    (_, one), (_, other) = encoder.read(TEXT, quotations(TEXT), [0, 1])
    assert int(one.of(names).argmax()) == 0
    assert int(other.of([*names, second]).argmax()) == 4


def test_shares_sum_to_one_and_mentions_far_away_have_one(encoder: Encoder) -> None:
    text = "Cy Vell left. " + "Nobody came. " * 100 + TEXT
    names = spans(text, "Cy Vell", "Ann Roe")
    ((_, opinion),) = encoder.read(text, quotations(text), [0])
    shares = np.exp(opinion.of(names))
    assert shares.sum() == pytest.approx(1)
    assert shares[0] < shares[1]


def test_what_it_says_of_a_quotation_does_not_depend_on_what_else_is_asked(
    encoder: Encoder,
) -> None:
    names = spans(TEXT, "Ann Roe", "Bo Lind", "Cy Vell")
    together = dict(encoder.read(TEXT, quotations(TEXT), [0, 1]))
    for number, opinion in together.items():
        ((_, alone),) = encoder.read(TEXT, quotations(TEXT), [number])
        assert alone.of(names).tolist() == opinion.of(names).tolist()


def test_another_encoder_says_the_same(encoder: Encoder) -> None:
    names = spans(TEXT, "Ann Roe", "Bo Lind", "Cy Vell")
    ((_, one),) = encoder.read(TEXT, quotations(TEXT), [0])
    ((_, other),) = Encoder(SHIPPED).read(TEXT, quotations(TEXT), [0])
    assert one.of(names).tolist() == other.of(names).tolist()


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Ann", "“", "”", ".", "\n", "said", "é", "\ud800", "日"]), max_size=300
    )
)
def test_any_text_is_read(encoder: Encoder, parts: list[str]) -> None:
    text = " ".join(parts)
    middle = len(text) // 2
    asked = [(0, middle), (middle, len(text))] if middle else []
    for _, opinion in encoder.read(text, asked, range(len(asked))):
        assert np.isfinite(opinion.of([(0, middle), (middle, len(text))])).all()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "encoder"))


@pytest.mark.parametrize("name", FILES)
def test_an_altered_file_is_refused(copy: Path, name: str) -> None:
    path = copy / name
    content = path.read_bytes()
    path.write_bytes(content[:100] + b"." + content[101:])
    with pytest.raises(ModelError, match=rf"{name}: altered since it was made; reinstall quotes"):
        Encoder(copy)


@pytest.mark.parametrize("name", [*FILES, CHECKSUMS])
def test_a_missing_file_is_named(copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(ModelError, match=rf"{name}.*reinstall quotes"):
        Encoder(copy)

"""What must hold for any text at all."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quotes.english.document import Document
from quotes.records import Quotation
from quotes.spans import find_quotations, kinds
from quotes.spans.score import FEATURES, SpeechModel

MARKS = "“”\"‘’'«»„‚`"
PIECE = st.one_of(
    st.sampled_from([*MARKS, "''", "\n", "\n\n", " ", ", ", ". ", "=", "<b>", "6'2\"", " s’ "]),
    st.sampled_from(["he said", "We won", "Mr. Rae", "a", "the film", "don’t", "’90s", "é", "🚢"]),
    st.text(max_size=4),
)
TEXT = st.lists(PIECE, max_size=60).map("".join)
PARAGRAPH = st.lists(PIECE.filter(lambda piece: "\n" not in piece), max_size=30).map(
    lambda pieces: "".join(pieces).replace("\n", " ").replace("\r", " ")
)


@settings(deadline=None)
@given(TEXT)
def test_offsets_give_the_exact_text(body: str) -> None:
    document = Document(body)
    body = document.text
    for quotation in find_quotations(document):
        assert body[quotation.start : quotation.end] == quotation.text
        assert quotation.start <= quotation.inner_start < quotation.inner_end <= quotation.end
        assert body[quotation.inner_start : quotation.inner_end] == quotation.inner
        assert any(char.isalnum() for char in quotation.inner)
        assert quotation.opened == (quotation.start < quotation.inner_start)
        assert quotation.closed == (quotation.inner_end < quotation.end)


@settings(deadline=None)
@given(TEXT)
def test_confidence_in_the_kind_is_a_probability(body: str) -> None:
    for quotation in find_quotations(Document(body)):
        assert 0.0 <= quotation.kind_confidence <= 1.0


@settings(deadline=None)
@given(TEXT, st.floats(-9.0, 9.0))
def test_weights_change_kinds_but_no_span(body: str, bias: float) -> None:
    model = SpeechModel({"bias": bias, "weights": dict.fromkeys(FEATURES, 0.0)})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kinds, "load_speech_model", lambda: model)
        other = find_quotations(Document(body))
    places = [(q.start, q.end, q.parent, q.continues) for q in find_quotations(Document(body))]
    assert [(q.start, q.end, q.parent, q.continues) for q in other] == places


@settings(deadline=None)
@given(TEXT)
def test_quotations_are_apart_or_inside_each_other(body: str) -> None:
    found = find_quotations(Document(body))
    assert [q.start for q in found] == sorted(q.start for q in found)
    for index, quotation in enumerate(found):
        around = [other for other in range(index) if found[other].end > quotation.start]
        assert quotation.parent == (around[-1] if around else None)
        for other in around:
            outer = found[other]
            assert outer.inner_start <= quotation.start
            assert quotation.end <= outer.inner_end


@settings(deadline=None)
@given(TEXT)
def test_continued_speech_was_left_open_in_the_paragraph_before(body: str) -> None:
    found = find_quotations(Document(body))
    for index, quotation in enumerate(found):
        if quotation.continues is not None:
            assert quotation.continues < index
            assert not found[quotation.continues].closed


@settings(deadline=None)
@given(st.lists(PARAGRAPH, max_size=4), PARAGRAPH)
def test_a_paragraph_never_changes_the_quotations_of_others(
    paragraphs: list[str], broken: str
) -> None:
    body = "\n".join(paragraphs)
    for joined in (f"{body}\n{broken}", f"{broken}\n{body}", body):
        assume(Document(joined).text == joined)  # no quotation runs on over the end of a line
    alone = find_quotations(Document(body))
    assert find_quotations(Document(f"{body}\n{broken}"))[: len(alone)] == alone
    shift = len(broken) + 1
    after = [q for q in find_quotations(Document(f"{broken}\n{body}")) if q.start >= shift]
    assert [(q.start - shift, q.end - shift, q.opened, q.closed) for q in after] == [
        _shape(q) for q in find_quotations(Document(body))
    ]


def _shape(quotation: Quotation) -> tuple[int, int, bool, bool]:
    return quotation.start, quotation.end, quotation.opened, quotation.closed

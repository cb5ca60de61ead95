from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quotes.search.articles import QuotationListed
from quotes.search.passages import Piece, paragraphs


def marked(number: int, start: int, end: int) -> QuotationListed:
    return QuotationListed(number, "", "direct", None, None, 1.0, "", None, None, None, start, end)


def test_quotations_are_marked_also_inside_each_other_and_over_paragraphs() -> None:
    body = "She said “yes ‘no’.\n\nAnd more” then."
    outer, inner = (body.index("“"), body.index("”") + 1), (body.index("‘"), body.index("’") + 1)
    found = list(paragraphs(body, [marked(1, *outer), marked(2, *inner)]))
    assert found == [
        [
            Piece("She said ", (), ()),
            Piece("“yes ", (1,), (1,)),
            Piece("‘no’", (1, 2), (2,)),
            Piece(".", (1,), ()),
        ],
        [Piece("And more”", (1,), ()), Piece(" then.", (), ())],
    ]


def test_an_empty_body_has_no_paragraph() -> None:
    assert list(paragraphs("", [])) == []


@given(st.text("a“”\n ", max_size=60), st.data())
def test_the_pieces_are_the_body(body: str, data: st.DataObject) -> None:
    places = st.tuples(st.integers(0, len(body)), st.integers(0, len(body)))
    spans = {tuple(sorted(place)) for place in data.draw(st.lists(places, max_size=5))}
    chosen = [marked(at, *span) for at, span in enumerate(spans) if span[0] < span[1]]
    pieces = [piece for paragraph in paragraphs(body, chosen) for piece in paragraph]
    joined = "".join(piece.text for piece in pieces)
    assert "".join(joined.split()) == "".join(body.split())
    begun = [number for piece in pieces for number in piece.begins]
    assert len(begun) == len(set(begun))

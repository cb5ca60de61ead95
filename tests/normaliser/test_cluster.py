from __future__ import annotations

from quotes.normaliser.cluster import components, cut
from quotes.normaliser.links import Link


def test_components() -> None:
    assert components(5, [(3, 1), (4, 3)]) == [[0], [1, 3, 4], [2]]


def test_wordings_join_only_if_their_fullest_wordings_are_linked() -> None:
    # 0 and 2 both resemble 1, but not each other: the better link wins.
    links = [Link(0, 1, 0.9), Link(1, 2, 0.8)]
    assert cut([30.0, 20.0, 30.0], links) == [[0, 1], [2]]


def test_a_piece_goes_to_one_whole_only() -> None:
    links = [Link(2, 0, 0.85, "piece"), Link(2, 1, 0.9, "piece")]
    assert cut([40.0, 40.0, 10.0], links) == [[0], [1, 2]]


def test_pieces_of_one_extent_go_where_the_fullest_of_them_fits() -> None:
    # 1 is “the law and order candidate”, 2 “law and order”, which alone is a piece of 0.
    links = [Link(2, 1, 0.9), Link(2, 0, 0.85, "piece")]
    assert cut([40.0, 12.0, 10.0], links) == [[0], [1, 2]]
    assert cut([40.0, 12.0, 10.0], [*links, Link(1, 0, 0.8, "piece")]) == [[0, 1, 2]]


def test_pieces_of_pieces_follow_their_whole() -> None:
    links = [
        Link(1, 0, 0.9, "piece"),
        Link(2, 1, 0.95, "piece"),
        Link(2, 0, 0.8, "piece"),
    ]
    assert cut([40.0, 20.0, 10.0], links) == [[0, 1, 2]]


def test_same_joins_without_a_link_and_different_keeps_apart() -> None:
    links = [Link(0, 1, 1.0)]
    assert cut([9.0, 9.0, 20.0], links, same=[(1, 2)]) == [[0, 1, 2]]
    assert cut([9.0, 9.0], links, different=[(0, 1)]) == [[0], [1]]


def test_nodes_that_clash_stay_apart_unless_a_person_joins_them() -> None:
    links = [Link(0, 1, 1.0)]
    assert cut([9.0, 9.0], links, clash=lambda left, right, whole: True) == [[0], [1]]
    joined = cut([9.0, 9.0], links, same=[(0, 1)], clash=lambda left, right, whole: True)
    assert joined == [[0, 1]]


def test_a_word_goes_to_the_only_statement_that_it_fits() -> None:
    elsewhere, own = Link(2, 1, 0.95, "word"), Link(2, 0, 0.7, "word", own=True)
    assert cut([40.0, 40.0, 10.0], [elsewhere]) == [[0], [1, 2]]
    assert cut([40.0, 40.0, 10.0], [elsewhere, Link(2, 0, 0.7, "word")]) == [[0], [1], [2]]
    # What its own article says in full comes first.
    assert cut([40.0, 40.0, 10.0], [elsewhere, own]) == [[0, 2], [1]]
    second = Link(2, 3, 0.6, "word", own=True)
    assert cut([40.0, 40.0, 10.0, 40.0], [elsewhere, own, second]) == [[0], [1], [2], [3]]


def test_two_statements_that_are_one_make_a_word_sure() -> None:
    one, other = Link(2, 0, 0.7, "word"), Link(2, 1, 0.6, "word")
    assert cut([40.0, 40.0, 10.0], [one, other, Link(0, 1, 0.9)]) == [[0, 1, 2]]

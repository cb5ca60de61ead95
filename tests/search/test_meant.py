from __future__ import annotations

import pytest
from sqlalchemy import Connection

from quotes.api.judging import Judge
from quotes.database.session import open_reader
from quotes.errors import UnknownError, UsageError
from quotes.search.meant import Meant, find_meant, quotation_meant, quote_meant
from quotes.search.reading import ask


def one(connection: Connection, query: str) -> int:
    (row,) = ask(connection, query)
    return int(row[0])


def test_a_letter_says_what_is_meant(stocked: Connection) -> None:
    for letter in "qnvra":
        meant = find_meant(stocked, f"{letter}1", "qnvra")
        assert meant == Meant(letter, 1)
        assert str(meant) == f"{letter}1"


def test_a_bare_number_is_refused_with_all_readings(stocked: Connection) -> None:
    with pytest.raises(UsageError) as refused:
        find_meant(stocked, "1", "qn")
    text = str(refused.value)
    assert text.startswith("1 may be q1 (quote “We won’t sell")
    assert " or n1 (quotation “We won’t sell" in text
    assert text.endswith("write the letter, too")
    assert "\n" not in text


def test_a_bare_number_is_taken_where_nothing_else_has_it(stocked: Connection) -> None:
    last = one(stocked, "SELECT max(id) FROM quotation_list")
    assert last > one(stocked, "SELECT max(id) FROM quote_list")
    assert find_meant(stocked, str(last), "qn") == Meant("n", last)


def test_what_is_not_there_is_one_line(stocked: Connection) -> None:
    for given, words in (("q99", "no quote q99"), ("99", "no quote or quotation 99")):
        with pytest.raises(UsageError, match=words):
            find_meant(stocked, given, "qn")


def test_a_quote_is_meant_by_what_it_holds(stocked: Connection) -> None:
    for rendering in ask(stocked, "SELECT * FROM rendering_list WHERE quote_id IS NOT NULL"):
        for given in (f"q{rendering.quote_id}", f"v{rendering.variant_id}", f"r{rendering.id}"):
            assert quote_meant(stocked, given) == rendering.quote_id
    silent = one(stocked, "SELECT id FROM quotation_list WHERE text LIKE '%café%'")
    with pytest.raises(UsageError, match=f"n{silent} belongs to no quote"):
        quote_meant(stocked, f"n{silent}")


def test_a_quote_means_its_quotation_where_it_has_one(stocked: Connection) -> None:
    bridge = one(stocked, "SELECT id FROM quote_list WHERE text LIKE '%bridge%'")
    held = one(stocked, "SELECT id FROM quotation_list WHERE text LIKE '%bridge%'")
    assert quotation_meant(stocked, f"q{bridge}") == held == quotation_meant(stocked, f"n{held}")
    lease = one(stocked, "SELECT id FROM quote_list WHERE text LIKE '%lease%'")
    with pytest.raises(UsageError) as refused:
        quotation_meant(stocked, f"q{lease}")
    assert f"q{lease} is in 3 quotations: give one of n" in str(refused.value)
    assert "(Daily Lantern, 2025-03-01)" in str(refused.value)


def test_what_is_in_a_removed_article_says_who_removed_it(stocked_url: str) -> None:
    with open_reader(stocked_url) as connection:
        (alone,) = ask(
            connection,
            "SELECT quote_id, quotation_id, id, article_id FROM rendering_list"
            " WHERE text LIKE '%timetable%'",
        )
    judge = Judge(stocked_url, "Ann")
    number = judge.remove(f"a{alone.article_id}")
    where = f"a{alone.article_id} (“undated.txt”)"
    told = {
        f"q{alone.quote_id}": f"is in {where}, which",
        f"n{alone.quotation_id}": f"is in {where}, which",
        f"r{alone.id}": f"is in {where}, which",
        f"a{alone.article_id}": "(“undated.txt”)",
    }
    with open_reader(stocked_url) as connection:
        for given, words in told.items():
            with pytest.raises(UnknownError) as refused:
                find_meant(connection, given, "qnvra")
            assert str(refused.value).startswith(f"{given} {words} was removed by Ann on 20")
            assert str(refused.value).endswith(f": `quotes judge undo {number}` brings it back")
    judge.undo(number)
    with open_reader(stocked_url) as connection:
        assert quote_meant(connection, f"n{alone.quotation_id}") == quote_meant(
            connection, f"q{alone.quote_id}"
        )


def test_a_quote_that_another_one_took_over_means_that_one(stocked_url: str) -> None:
    with open_reader(stocked_url) as connection:
        lease = one(connection, "SELECT id FROM quote_list WHERE text LIKE '%lease%'")
        bridge = one(connection, "SELECT id FROM quote_list WHERE text LIKE '%bridge%'")
    Judge(stocked_url, "Ann").same(f"q{lease}", f"q{bridge}")
    with open_reader(stocked_url) as connection:
        assert find_meant(connection, f"q{bridge}", "qnvr") == Meant("q", lease)

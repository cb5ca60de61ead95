from __future__ import annotations

import pytest

from quotes.english.givennames import full_name, same_given_name


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("robert", "bob", True),
        ("robert", "robby", True),
        ("j", "john", True),
        ("bill", "william", True),
        ("kathryn", "kate", True),
        ("steve", "stephen", True),
        ("sasha", "oleksandr", True),
        ("liz", "beth", True),
        ("anna", "peter", False),
        ("j", "anna", False),
        ("bill", "robert", False),
        ("dan", "dave", False),
        ("ann", "anthony", False),
        ("", "ann", False),
    ],
)
def test_short_forms_of_given_names(one: str, other: str, same: bool) -> None:
    assert same_given_name(one, other) is same
    assert same_given_name(other, one) is same


def test_a_short_form_that_means_one_name() -> None:
    assert full_name("mike") == "michael"
    assert full_name("harry") == "harry"  # Henry, Harold, Harrison
    assert full_name("glorp") == "glorp"

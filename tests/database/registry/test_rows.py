from __future__ import annotations

from datetime import date

import pytest

from quotes.database.registry.rows import free_slug, name_row, role_row
from quotes.records import Role


@pytest.mark.parametrize(
    ("taken", "slug"),
    [
        (set(), "ada-quill"),
        ({"ada"}, "ada-quill"),
        ({"ada-quill"}, "ada-quill-2"),
        ({"ada-quill", "ada-quill-2", "ada-quill-4"}, "ada-quill-3"),
    ],
)
def test_a_slug_that_is_taken_gets_the_first_free_number(taken: set[str], slug: str) -> None:
    assert free_slug("ada-quill", taken) == slug


def test_a_spelling_is_found_without_accents_and_capitals() -> None:
    row = name_row(7, "Zoë ÅKERLUND", "article", 3)
    assert row == {
        "speaker_id": 7,
        "name": "Zoë ÅKERLUND",
        "folded": "zoe akerlund",
        "uses": 3,
        "origin": "article",
    }


def test_an_office_is_stored_as_it_is() -> None:
    role = Role("mayor", "Quayside", date(2020, 1, 1), None)
    assert role_row(7, role, "seed") == {
        "speaker_id": 7,
        "title": "mayor",
        "of": "Quayside",
        "start": date(2020, 1, 1),
        "end": None,
        "origin": "seed",
    }

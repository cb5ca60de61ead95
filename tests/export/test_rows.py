from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Connection

from quotes.errors import UsageError
from quotes.export.rows import COLUMNS, PEOPLE, export_rows, for_people
from quotes.search.query import Level, SearchQuery
from tests.factories import HARBOUR


def rows(connection: Connection, what: str, **query: object) -> list[dict[str, object]]:
    found = export_rows(connection, what, SearchQuery(**query))
    return [dict(zip(COLUMNS[what], row, strict=True)) for row in found]


def test_a_rendering_has_the_fields_that_other_programs_rely_on(stocked: Connection) -> None:
    first = rows(stocked, "renderings")[0]
    assert (
        first
        | {
            "quote_id": 1,
            "variant_id": 1,
            "quotation_id": 1,
            "article": "lantern.txt",
            "start": 0,
            "end": 99,
            "rendering_start": 1,
            "rendering_end": 60,
            "text": HARBOUR,
            "speaker": "Ada Quill",
            "outlet": "Daily Lantern",
            "published": date(2025, 3, 1),
            "relation": "canonical",
            "disputed": 0,
        }
        == first
    )


@pytest.mark.parametrize(
    ("what", "count"), [("quotes", 4), ("quotations", 7), ("variants", 5), ("renderings", 6)]
)
def test_everything_is_exported(stocked: Connection, what: str, count: int) -> None:
    found = rows(stocked, what)
    assert len(found) == count
    assert all(row["text"] for row in found)


@pytest.mark.parametrize(
    ("query", "quotes", "quotations", "variants", "renderings"),
    [
        ({"text": "won't"}, 1, 1, 2, 3),
        ({"text": "café"}, 0, 1, 0, 0),
        ({"text": "*"}, 0, 0, 0, 0),
        ({"speaker": "ada-quill"}, 2, 4, 3, 4),
        ({"divergent": True}, 1, 1, 2, 3),
        ({"outlet": "Evening Post"}, 2, 2, 2, 2),
        ({"outlet": "Daily Lantern"}, 2, 3, 2, 2),
        ({"since": date(2025, 3, 2), "until": date(2025, 3, 4)}, 1, 1, 1, 1),
        ({"min_confidence": 0.8, "speaker": "Ada Quill"}, 2, 3, 3, 4),
        ({"limit": 1}, 1, 1, 1, 1),
    ],
)
def test_filters(
    stocked: Connection,
    query: dict[str, object],
    quotes: int,
    quotations: int,
    variants: int,
    renderings: int,
) -> None:
    found = {what: len(rows(stocked, what, **query)) for what in COLUMNS}
    assert found == {
        "quotes": quotes,
        "quotations": quotations,
        "variants": variants,
        "renderings": renderings,
    }


def test_quotations_without_a_speaker_are_exported_with_the_reason(stocked: Connection) -> None:
    (found,) = [row for row in rows(stocked, "quotations") if row["reason"]]
    assert found["speaker"] is None
    assert found["quote_id"] is None
    assert found["reason"] == "no source named"


@pytest.mark.parametrize("what", ["quotations", "renderings"])
def test_people_read_a_sentence_instead_of_a_rule(stocked: Connection, what: Level) -> None:
    machine = rows(stocked, what)
    read = [
        dict(zip(PEOPLE[what], row, strict=True))
        for row in for_people(what, export_rows(stocked, what))
    ]
    assert not {"rule", "reason"} & read[0].keys()
    for one, same in zip(read, machine, strict=True):
        sure = f"; {round(100 * same['confidence'])} % sure"
        assert one["why"].endswith(sure if same["speaker"] else "no source named")
    assert read[0]["id"] == f"{what[0].replace('q', 'n')}{machine[0]['id']}"


def test_mistakes_are_explained(stocked: Connection) -> None:
    with pytest.raises(UsageError, match="no speaker"):
        rows(stocked, "quotes", speaker="Nemo")
    with pytest.raises(UsageError, match="leave out --raw"):
        rows(stocked, "quotes", text="AND (", raw=True)


def test_rows_are_streamed(stocked: Connection) -> None:
    stream = export_rows(stocked, "renderings")
    assert next(stream)[-1] == 1
    stream.close()
    assert len(rows(stocked, "renderings")) == 6

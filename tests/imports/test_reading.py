"""Files with speakers in the formats that others publish, good and bad ones; no database."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from quotes.errors import SeedError
from quotes.imports import read_speakers
from quotes.records import KnownSpeaker, Role


def read(*paths: Path) -> tuple[list[KnownSpeaker], list[str]]:
    """Return the speakers of files, and what was wrong as "number: problem"."""
    found = list(read_speakers(paths))
    good = [record for _, record in found if isinstance(record, KnownSpeaker)]
    bad = [
        f"{place.rsplit(':', 1)[1]}: {problem}"
        for place, problem in found
        if isinstance(problem, str)
    ]
    return good, bad


def write(path: Path, content: object) -> Path:
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


# --- Wikidata


def item(number: str, name: str | None = None, **claims: list[dict[str, Any]]) -> dict[str, Any]:
    labels = {"en": {"language": "en", "value": name}} if name else []
    return {"type": "item", "id": number, "labels": labels, "aliases": [], "claims": claims or []}


def value(number: str) -> dict[str, Any]:
    value = {"entity-type": "item", "numeric-id": int(number[1:]), "id": number}
    return {"snaktype": "value", "datavalue": {"type": "wikibase-entityid", "value": value}}


def time(text: str, precision: int) -> dict[str, Any]:
    value = {"time": text, "precision": precision, "timezone": 0}
    return {"snaktype": "value", "datavalue": {"type": "time", "value": value}}


def held(office: str, rank: str = "normal", **times: dict[str, Any]) -> dict[str, Any]:
    qualifiers = {property_: [snak] for property_, snak in times.items()}
    return {"mainsnak": value(office), "rank": rank, "qualifiers": qualifiers}


HUMAN = {"mainsnak": value("Q5"), "rank": "normal"}
MAYOR = item("Q900010", "Mayor of Bergen")
UNKNOWN = {"snaktype": "somevalue"}


@pytest.mark.parametrize(
    ("statement", "roles"),
    [
        (held("Q900010"), [Role("mayor", "Bergen")]),
        (
            held("Q900010", P580=time("+2031-05-09T00:00:00Z", 11), P582=UNKNOWN),
            [Role("mayor", "Bergen", date(2031, 5, 9))],
        ),
        (
            held(
                "Q900010",
                P580=time("+2031-00-00T00:00:00Z", 9),
                P582=time("+2034-01-01T00:00:00Z", 9),
            ),
            [Role("mayor", "Bergen", date(2031, 1, 1), date(2034, 12, 31))],
        ),
        (
            held(
                "Q900010",
                P580=time("+2031-02-00T00:00:00Z", 10),
                P582=time("+2032-02-00T00:00:00Z", 10),
            ),
            [Role("mayor", "Bergen", date(2031, 2, 1), date(2032, 2, 29))],
        ),
        (held("Q900010", P580=time("+2030-00-00T00:00:00Z", 8)), [Role("mayor", "Bergen")]),
        (held("Q900010", P580=time("-0044-03-15T00:00:00Z", 11)), [Role("mayor", "Bergen")]),
        (held("Q900010", rank="deprecated"), []),
        ({"mainsnak": UNKNOWN, "rank": "normal"}, []),
    ],
)
def test_a_position_held(tmp_path: Path, statement: dict[str, Any], roles: list[Role]) -> None:
    person = item("Q900001", "Ada Quill", P31=[HUMAN], P39=[statement])
    path = write(tmp_path / "q.json", {"entities": {"Q900001": person, "Q900010": MAYOR}})
    office = [] if roles else [("Mayor of Bergen", "organisation")]  # an entity of its own then
    (ada, *others), bad = read(path)
    assert (ada.wikidata, ada.type, list(ada.roles), bad) == ("Q900001", "person", roles, [])
    assert [(one.name, "organisation") for one in others] == office


def test_the_office_stands_in_a_file_of_its_own(tmp_path: Path) -> None:
    person = item("Q900001", "Ada Quill", P31=[HUMAN], P39=[held("Q900010")])
    one = write(tmp_path / "Q900001.json", {"entities": {"Q900001": person}})
    other = write(tmp_path / "Q900010.json", {"entities": {"Q900010": MAYOR}})
    (alone,), (problem,) = read(one)
    assert alone.roles == ()
    assert problem.startswith("1: office Q900010 is left out: give the file with its entity")
    (both,), bad = read(one, other)
    assert (both.roles, bad) == ((Role("mayor", "Bergen"),), [])


def test_a_dump_has_brackets_commas_and_bad_lines(tmp_path: Path) -> None:
    lines = [
        "[",
        json.dumps(item("Q900001", "Ada Quill", P31=[HUMAN], P39=[held("Q900010")])) + ",",
        '{"id": "Q900002", "labels": {"en":',
        json.dumps(item("Q900003", P31=[HUMAN])) + ",",
        json.dumps(MAYOR) + ",",
        '{"id": "Q900004", "labels": 7, "claims": {"P39": [{"mainsnak": 3}]}},',
        json.dumps(item("Q900005", "Cleo Marsh", P31=[HUMAN])),
        "]",
    ]
    for text in ("\n".join(lines), "\r\n".join(lines[:2] + lines[2:])):
        good, bad = read(write(tmp_path / "dump.json", text))
        assert [one.name for one in good] == ["Ada Quill", "Cleo Marsh"]
        assert good[0].roles == (Role("mayor", "Bergen"),)
        assert [text.split(" (")[0] for text in bad] == [
            "3: is not JSON",
            "4: entity Q900003 has no label",
            "6: has another form than expected",
        ]


# --- Popolo

PERSON = {"id": "p", "name": "Dan Reed"}
TOWN = {"id": "town", "name": "Bergen Council"}
HOUSE = {"id": "house", "name": "House of Fords", "classification": "legislature"}
PARTY = {"id": "blue", "name": "Blue Party", "classification": "party"}
BODIES = [TOWN, HOUSE, PARTY]


@pytest.mark.parametrize(
    ("membership", "role"),
    [
        ({"organization_id": "town", "role": "Mayor"}, Role("mayor", "Bergen Council")),
        ({"organization_id": "town", "role": "Mayor", "area_id": "a"}, Role("mayor", "Bergen")),
        ({"post_id": "mayor", "start_date": "2031-05"}, Role("mayor", "Bergen", date(2031, 5, 1))),
        (
            {"organization_id": "house", "legislative_period_id": "t/1", "area_id": "a"},
            Role("member", "House of Fords", date(2030, 1, 1), date(2033, 12, 31)),
        ),
        (
            {
                "organization_id": "house",
                "role": "member",
                "start_date": "2031",
                "end_date": "2032",
            },
            Role("member", "House of Fords", date(2031, 1, 1), date(2032, 12, 31)),
        ),
        ({"organization_id": "blue", "role": "member"}, None),
        ({"organization_id": "gone", "role": "envoy"}, Role("envoy")),
    ],
)
def test_a_membership(tmp_path: Path, membership: dict[str, str], role: Role | None) -> None:
    data = {
        "persons": [PERSON],
        "organizations": BODIES,
        "posts": [{"id": "mayor", "label": "Mayor", "organization_id": "town", "area_id": "a"}],
        "areas": [{"id": "a", "name": "Bergen"}],
        "events": [{"id": "t/1", "start_date": "2030", "end_date": "2033"}],
        "memberships": [{"person_id": "p", **membership}],
    }
    (reed,), bad = read(write(tmp_path / "popolo.json", data))
    assert (reed.roles, bad) == ((role,) if role else (), [])
    assert reed.party == ("Blue Party" if role is None else None)


def test_persons_of_popolo(tmp_path: Path) -> None:
    persons = [
        {**PERSON, "gender": "other", "other_names": [{"name": "Daniel Reed"}, {"lang": "fr"}],
         "identifiers": [{"scheme": "wikidata", "identifier": "Q900003"}, {"scheme": "x"}]},
        {"id": "q"},
        "nobody",
        {"name": "Eva Stone", "identifiers": [{"scheme": "wikidata", "identifier": "7"}]},
        {"id": "s", "name": "Finn Moor", "gender": "male"},
    ]  # fmt: skip
    on_behalf = {"person_id": "s", "organization_id": "house", "on_behalf_of_id": "blue"}
    data = {"persons": persons, "organizations": BODIES, "memberships": [on_behalf]}
    good, bad = read(write(tmp_path / "popolo.json", data))
    assert [(one.name, one.gender, one.wikidata, one.party) for one in good] == [
        ("Dan Reed", None, "Q900003", None),
        ("Finn Moor", "male", None, "Blue Party"),
    ]
    assert good[0].names == ("Dan Reed", "Daniel Reed")
    assert bad == [
        "2: has no name",
        "3: is not a JSON object",
        "4: '7' is not a Wikidata identifier such as Q42",
    ]


# --- tables and JSON lines


def test_other_delimiters_and_a_byte_order_mark(tmp_path: Path) -> None:
    path = write(tmp_path / "people.csv", "\ufeffname;title;of;end\nEva Stone;mayor;Bergen;2031\n")
    (eva,), bad = read(path)
    assert (eva.roles, bad) == ((Role("mayor", "Bergen", None, date(2031, 12, 31)),), [])


def test_bad_rows_are_told_by_their_lines(tmp_path: Path) -> None:
    rows = [
        '{"name": "Ada Quill", "names": ["A. Quill"], "roles": [{"title": "mayor"}]}',
        "[1, 2]",
        '{"name": "Bruno Quill", "roles": [{"of": "Bergen"}]}',
        '{"name": "Cleo Marsh", "roles": [{"title": "mayor", "start": "2031", "end": "2030"}]}',
        '{"name": "Dan Reed", "roles": [{"title": "mayor", "start": "2031-13"}]}',
        '{"name": "Eva Stone"}',
        "{",
    ]
    good, bad = read(write(tmp_path / "people.jsonl", "\n".join(rows)))
    assert [one.name for one in good] == ["Ada Quill", "Eva Stone"]
    assert [text.split(" (")[0] for text in bad] == [
        "2: is not a JSON object",
        "3: an office has no title",
        "4: the office mayor ends before it begins",
        "5: '2031-13' is not a date such as 2021-05-31",
        "7: is not JSON",
    ]


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("people.csv", "nom,prenom\nQuill,Ada\n", "has no column 'name' in its first line"),
        ("people.csv", "", r"has no column 'name' in its first line \(empty\)"),
        ("people.json", '{\n"entities": {\n"Q1":', "is neither CSV .* nor JSON"),
        ("people.txt", "Ada Quill\nBruno Quill\n", "is neither CSV .* nor JSON"),
        ("people.json", "[" * 100_000, "is neither CSV .* nor JSON"),
    ],
)
def test_files_that_are_something_else(
    tmp_path: Path, name: str, content: str, problem: str
) -> None:
    with pytest.raises(SeedError, match=rf"{name}: {problem}"):
        read(write(tmp_path / name, content))


def test_an_empty_file_holds_nobody(tmp_path: Path) -> None:
    assert read(write(tmp_path / "people.jsonl", "[]")) == ([], [])

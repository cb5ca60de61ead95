from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from quotes.database.registry.imports import Outcome, import_speakers
from quotes.database.registry.speakers import known_speakers
from quotes.errors import SeedError
from quotes.export.writers import write_file
from quotes.imports import read_speakers, speaker_rows
from quotes.pipeline import Extractor
from quotes.records import Article, KnownSpeaker, Role


def entity(number: str, name: str, *positions: tuple[str, str, str | None]) -> dict[str, object]:
    """Return an entity in the form of Special:EntityData."""

    def snak(property_: str, value: object, type_: str = "wikibase-entityid") -> dict[str, object]:
        return {"snaktype": "value", "property": property_,
                "datavalue": {"value": value, "type": type_}}  # fmt: skip

    def moment(property_: str, day: str) -> list[dict[str, object]]:
        return [snak(property_, {"time": f"+{day}T00:00:00Z", "precision": 11}, "time")]

    held = [
        {
            "mainsnak": snak("P39", {"entity-type": "item", "id": office}),
            "rank": "normal",
            "qualifiers": {"P580": moment("P580", start)}
            | ({"P582": moment("P582", end)} if end else {}),
        }
        for office, start, end in positions
    ]
    return {
        "type": "item",
        "id": number,
        "labels": {"en": {"language": "en", "value": name}},
        "aliases": {
            "en": [{"language": "en", "value": f"{name.split()[0][0]}. {name.split()[1]}"}]
        },
        "claims": {
            "P31": [{"mainsnak": snak("P31", {"id": "Q5"}), "rank": "normal"}],
            "P21": [{"mainsnak": snak("P21", {"id": "Q6581072"}), "rank": "normal"}],
            "P39": held,
        },
    }


QUILL = entity("Q900001", "Ada Quill", ("Q900010", "2031-02-01", "2034-03-00"))
MARSH = entity(
    "Q900002", "Cleo Marsh", ("Q900010", "2034-03-02", None), ("Q900011", "2030-01-01", None)
)

OFFICE = {"id": "Q900010", "labels": {"en": {"language": "en", "value": "Mayor of Kyiv"}}}
ENTITIES = {str(one["id"]): one for one in (QUILL, MARSH, OFFICE)}

POPOLO = {
    "persons": [
        {
            "id": "p1",
            "name": "Dan Reed",
            "gender": "male",
            "other_names": [{"name": "Daniel Reed"}],
            "identifiers": [{"scheme": "wikidata", "identifier": "Q900003"}],
        },
        {"id": "p2"},
    ],
    "organizations": [{"id": "o1", "name": "Iceland"}],
    "memberships": [
        {
            "person_id": "p1",
            "organization_id": "o1",
            "role": "Foreign minister",
            "start_date": "2031-05",
            "end_date": "2033",
        }
    ],
}


def load(session: Session, path: Path) -> Outcome:
    found = (
        (place.removeprefix(f"{path.parent}/"), record) for place, record in read_speakers([path])
    )
    return import_speakers(session, found)


def known(session: Session, slug: str) -> KnownSpeaker:
    with session.begin():
        return next(one for one in known_speakers(session) if one.slug == slug)


def counts(outcome: Outcome) -> tuple[int, int, int]:
    return outcome.added, outcome.completed, outcome.unchanged


@pytest.mark.parametrize("form", ["entities", "dump"])
def test_wikidata(session: Session, tmp_path: Path, form: str) -> None:
    path = tmp_path / "entities.json"
    if form == "entities":
        path.write_text(json.dumps({"entities": ENTITIES}))
    else:
        path.write_text(
            f"[\n{json.dumps(QUILL)},\n{{broken,\n{json.dumps(OFFICE)},\n{json.dumps(MARSH)}\n]\n"
        )
    outcome = load(session, path)
    assert counts(outcome) == (2, 0, 0)
    lines = ["entities.json:2:"] if form == "entities" else ["entities.json:3:", "entities.json:5:"]
    assert [text[:16] for text in outcome.bad] == lines
    assert "office Q900011 is left out" in outcome.bad[-1]
    again = load(session, path)
    assert (counts(again), again.conflicts) == ((0, 0, 2), [])
    quill = known(session, "ada-quill")
    assert (quill.wikidata, quill.gender, quill.names) == (
        "Q900001", "female", ("Ada Quill", "A. Quill"),
    )  # fmt: skip
    assert quill.roles == (Role("mayor", "Kyiv", date(2031, 2, 1), date(2034, 3, 31)),)


def test_imported_roles_resolve(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "entities.json"
    path.write_text(json.dumps({"entities": ENTITIES}))
    load(session, path)
    with session.begin():
        registry = known_speakers(session)
    body = "“We will rebuild it,” the mayor of Kyiv said."
    for day, slug in ((date(2033, 12, 31), "ada-quill"), (date(2035, 1, 1), "cleo-marsh")):
        [found] = Extractor(registry).extract(Article("a", body, published=day)).quotations
        assert found.speaker is not None
        assert found.speaker.slug == slug


def test_popolo(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "popolo.json"
    path.write_text(json.dumps(POPOLO))
    outcome = load(session, path)
    assert (counts(outcome), outcome.bad) == ((1, 0, 0), ["popolo.json:2: has no name"])
    reed = known(session, "dan-reed")
    assert reed.names == ("Dan Reed", "Daniel Reed")
    assert reed.roles == (
        Role("foreign minister", "Iceland", date(2031, 5, 1), date(2033, 12, 31)),
    )
    assert counts(load(session, path)) == (0, 0, 1)


def test_csv_with_bad_lines_and_conflicts(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(
        "name,names,gender,wikidata,title,of,start\n"
        "Eva Stone,E. Stone|Eva S.,female,Q900004,mayor,Bergen,2031-01-01\n"
        ",,,,,,\n"
        "Finn Moor,,unknown,,,,\n"
        "Gus Vale,,male,Q900005,mayor,Oslo,soon\n"
        "Hugo Brook,,male,42,,,\n"
        "Eva Stone,,male,Q900004,,,\n",
        encoding="utf-8",
    )
    outcome = load(session, path)
    assert counts(outcome) == (1, 0, 1)
    assert [text.split(": ")[0] for text in outcome.bad] == [
        f"people.csv:{line}" for line in (3, 4, 5, 6)
    ]
    assert outcome.conflicts == ["people.csv:7: eva-stone has gender female, the file male: kept"]
    assert known(session, "eva-stone").gender == "female"


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_what_is_exported_is_imported(session: Session, tmp_path: Path, form: str) -> None:
    path = tmp_path / "popolo.json"
    path.write_text(json.dumps(POPOLO))
    load(session, path)
    with session.begin():
        before = known_speakers(session)
    path = tmp_path / f"speakers.{form}"
    columns, rows = speaker_rows(before, form)
    write_file(path, rows, columns, form)
    outcome = load(session, path)
    assert (counts(outcome), outcome.bad, outcome.conflicts) == ((0, 0, 1), [], [])
    with session.begin():
        assert known_speakers(session) == before


GOOD = {"name": "Ann Roe", "names": ["A. Roe"], "roles": [{"title": "mayor", "start": 2019}]}
FROM = "2019-02-30"
BAD: dict[str, tuple[object, str]] = {
    "half": ({"name": "Ann \udc80 Roe"}, "not characters: save it as UTF-8"),
    "nul": ({"name": "Ann \0 Roe"}, "holds a NUL character"),
    "number": ({"name": 7}, "a number where a text belongs"),
    "infinite": ({"name": "Bo Lind", "party": float("inf")}, "a number where a text belongs"),
    "list": ({"name": ["Bo Lind"]}, "a list where a text belongs"),
    "object": ({"name": "Bo Lind", "names": [{"a": 1}]}, "an object where a text belongs"),
    "long": ({"name": "Bo" * 1_500_000}, "a text of 3,000,000 characters: at most 200"),
    "many": ({"name": "Bo Lind", "names": ["x"] * 5_000}, "has 5,000 names: at most"),
    "deep": ("[" * 100_000, "nested too deeply"),
    "digits": ({"name": "Bo", "roles": [{"title": "mayor", "start": "1" * 4_000}]}, "a text of"),
    "date": ({"name": "Bo", "roles": [{"title": "mayor", "start": FROM}]}, "is not a date"),
    "slug": ({"name": "Bo Lind", "slug": "Bo Lind\x1b[2J"}, "a-z, 0-9 and hyphens only"),
    "roles": ({"name": "Bo Lind", "roles": 7}, "roles is no list"),
}


@pytest.mark.parametrize("kind", BAD)
def test_one_bad_record_is_one_reported_line(session: Session, tmp_path: Path, kind: str) -> None:
    bad, problem = BAD[kind]
    path = tmp_path / "people.jsonl"
    lines = [GOOD, bad, {"name": "Cy Moss"}]
    path.write_text("\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines))
    outcome = load(session, path)
    assert (outcome.added, len(outcome.bad)) == (2, 1)
    assert outcome.bad[0].startswith("people.jsonl:2: ")
    assert problem in outcome.bad[0]
    assert len(outcome.bad[0]) < 200


@pytest.mark.parametrize("kind", ["latin", "long", "nul", "slug"])
def test_one_bad_row_of_a_table_is_one_reported_line(
    session: Session, tmp_path: Path, kind: str
) -> None:
    row = {
        "latin": b"Jos\xe9 Roe,",
        "long": b"Bo" * 1_500_000 + b",",
        "nul": b"Bo \0 Lind,",
        "slug": b"Bo Lind,Bo Lind",
    }[kind]
    path = tmp_path / "people.csv"
    path.write_bytes(b"name,slug\nAnn Roe,ann-roe\n" + row + b"\nCy Moss,\n")
    outcome = load(session, path)
    assert (outcome.added, len(outcome.bad)) == (2, 1)
    assert outcome.bad[0].startswith("people.csv:3: ")


@pytest.mark.parametrize("kind", ["popolo", "wikidata"])
def test_records_of_another_form_are_reported(session: Session, tmp_path: Path, kind: str) -> None:
    """Wherever a list or an object is expected stands something else."""
    path = tmp_path / "people.json"
    odd: list[object] = [7, None, [], {}, "x", {"id": []}, {"id": {}, "labels": 3}]
    if kind == "popolo":
        members = [*odd, {"person_id": []}, {"person_id": "1", "organization_id": {}}]
        persons = [*odd, {"id": "1", "name": "Bo Lind"}, {"id": "2", "name": "Ann Roe"}]
        content: object = {"persons": persons, "memberships": members, "posts": odd, "events": 3}
    else:
        label = {"en": {"value": "Ann Roe"}}
        entities = [
            *odd,
            {"id": "Q1", "labels": label, "claims": {"P39": 5, "P31": [3]}},
            {"id": "Q2", "labels": [], "claims": []},
            {"id": "Q3", "labels": {"en": 4}},
        ]
        content = {"entities": {str(at): one for at, one in enumerate(entities)}}
    path.write_text(json.dumps(content))
    outcome = load(session, path)
    assert outcome.added == 1
    assert known(session, "ann-roe").name == "Ann Roe"
    assert len(outcome.bad) >= 7


def test_exported_cells_are_not_formulas(session: Session, tmp_path: Path) -> None:
    people = tmp_path / "people.jsonl"
    people.write_text(json.dumps({"name": "=Ann Roe", "party": "@SUM(A1)", "names": ["+1 Roe"]}))
    load(session, people)
    with session.begin():
        before = known_speakers(session)
    columns, rows = speaker_rows(before, "csv")
    target = tmp_path / "speakers.csv"
    write_file(target, rows, columns, "csv")
    _, row = csv.reader(target.read_text().splitlines())
    assert not any(cell.startswith(("=", "+", "@", "-")) for cell in row)
    outcome = load(session, target)
    assert (counts(outcome), outcome.bad, outcome.conflicts) == ((0, 0, 1), [], [])


def test_an_unreadable_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.mkdir()
    with pytest.raises(SeedError, match=r"people\.csv: cannot be read \(Is a directory\)"):
        list(read_speakers([path]))


def role(title: str, start: str | None, end: str | None) -> str:
    fields = {"name": "Eva Stone", "roles": [{"title": title, "start": start, "end": end}]}
    return json.dumps(fields)


@pytest.mark.parametrize(
    ("start", "end", "outcome"),
    [
        ("2031-05-09", "2034-06-01", "unchanged"),
        ("2031-05", "2034-06", "unchanged"),
        ("2031", "2034", "unchanged"),
        (None, "2034", "unchanged"),
        ("2034-06-02", None, "completed"),
        ("2034", "2037", "completed"),
        ("2025", "2031", "completed"),
        ("2031-05-10", "2034-06-01", "conflict"),
        ("2031", "2033", "conflict"),
        ("2031", None, "conflict"),
        (None, None, "unchanged"),
    ],
)
def test_an_office_at_another_time(
    session: Session, tmp_path: Path, start: str | None, end: str | None, outcome: str
) -> None:
    path = tmp_path / "people.jsonl"
    path.write_text(role("mayor", "2031-05-09", "2034-06-01"))
    load(session, path)
    path.write_text(role("Mayor", start, end))
    for again in (False, True):
        found = load(session, path)
        new = outcome == "completed" and not again
        assert counts(found) == (0, int(new), int(not new))
        assert len(found.conflicts) == (outcome == "conflict")
        assert all("mayor 2031-05-09 to 2034-06-01" in text for text in found.conflicts)
    assert len(known(session, "eva-stone").roles) == 1 + (outcome == "completed")


def test_another_type_is_a_conflict(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "bodies.csv"
    path.write_text("slug,name,type\nharbour,Harbour,group\nharbour,Harbour,organisation\n")
    outcome = load(session, path)
    assert outcome.conflicts == [
        "bodies.csv:3: harbour is of type group, in the file organisation: kept"
    ]

"""The seed files hold together, state known facts, and break with a message that helps."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from quotes.errors import SeedError
from quotes.records import Role
from quotes.seeds import load_countries, load_outlets, load_speakers

CASES = Path(__file__).parent / "cases" / "office_holders.yaml"

SPEAKERS = load_speakers()
COUNTRIES = load_countries()
OUTLETS = load_outlets()
COUNTRY_NAMES = {country.name for country in COUNTRIES}


def titles(text: str) -> frozenset[str]:
    return frozenset(title.strip() for title in text.split(";"))


# One holder at a time, wherever the office is; hand-overs may overlap by a month.
EXCLUSIVE = titles("""
    president; president-elect; vice president; prime minister; first minister; chancellor; king;
    queen; emir; pope; supreme leader; chief executive; first lady; nominee; leader; mayor;
    governor; foreign minister; defence minister; finance minister; interior minister;
    foreign secretary; defence secretary; home secretary; chancellor of the exchequer;
    secretary of state; secretary of defense; treasury secretary; attorney general;
    homeland security secretary; national security adviser; chief of staff; press secretary;
    speaker of the house; senate majority leader; senate minority leader; house majority leader;
    house minority leader; ambassador to the United Nations; director; chair; chairman;
    secretary general; director general; foreign policy chief; supreme allied commander Europe
""")
NATIONAL = titles("""
    president-elect; vice president; prime minister; king; queen; emir; pope; supreme leader;
    first lady; foreign minister; defence minister; finance minister; interior minister;
    foreign secretary; defence secretary; home secretary; secretary of state; secretary of defense;
    treasury secretary; attorney general
""")
STATE_ATTORNEYS = {"California", "Florida"}  # the one national title that US states have as well
SPOKEN_FOR = {"spokesman", "spokeswoman", "press secretary", "deputy spokesman"}


def slugify(name: str) -> str:
    """Lower case ASCII words joined by hyphens, accents and apostrophes dropped."""
    plain = name.translate(str.maketrans("øØłŁđĐıß", "oOlLdDis")).replace("'", "")
    ascii_only = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only.lower()).strip("-")


def held_on(role: Role, day: date) -> bool:
    return role.start is not None and role.start <= day and (role.end is None or day <= role.end)


def repeated(values: list[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def test_there_are_enough_people() -> None:
    kinds = Counter(speaker.type for speaker in SPEAKERS)
    assert kinds["person"] >= 150
    assert kinds["organisation"] >= 50
    assert kinds["anonymous"] == 0


def test_every_person_has_a_gender_and_no_body_has_one() -> None:
    assert all((s.gender is not None) == (s.type == "person") for s in SPEAKERS)


@pytest.mark.parametrize("records", [SPEAKERS, OUTLETS], ids=["speakers", "outlets"])
def test_slugs_are_the_names_in_plain_letters(records: list) -> None:
    assert [r.slug for r in records if r.slug != slugify(r.name)] == []
    assert repeated([r.slug for r in records]) == []


@pytest.mark.parametrize(
    "records", [SPEAKERS, COUNTRIES, OUTLETS], ids=["speakers", "countries", "outlets"]
)
def test_names_are_not_shared_and_hold_the_name_itself(records: list) -> None:
    assert all(r.names[0] == r.name for r in records)
    spellings = [name for r in records for name in {name.casefold() for name in r.names}]
    assert repeated(spellings) == []
    assert [n for r in records for n in r.names if n != n.strip() or n.startswith("the ")] == []


def test_wikidata_ids_are_well_formed_and_unique() -> None:
    ids = [speaker.wikidata for speaker in SPEAKERS if speaker.wikidata]
    assert all(re.fullmatch(r"Q[1-9]\d*", number) for number in ids)
    assert repeated(ids) == []


def test_roles_are_in_order_and_end_after_they_start() -> None:
    for speaker in SPEAKERS:
        starts = [role.start for role in speaker.roles if role.start]
        assert starts == sorted(starts), speaker.slug
        for role in speaker.roles:
            assert not (role.end and not role.start), speaker.slug
            assert not (role.start and role.end) or role.start <= role.end, speaker.slug


def test_exclusive_offices_have_one_holder_at_a_time() -> None:
    terms = defaultdict(list)
    for speaker in SPEAKERS:
        for role in speaker.roles:
            if role.title in EXCLUSIVE and role.start:
                terms[role.title, role.of].append((role.start, role.end or date.max, speaker.slug))
    assert len(terms) > 200
    clashes = [
        (office, earlier[2], later[2])
        for office, held in terms.items()
        for earlier, later in pairwise(sorted(held))
        if (earlier[1] - later[0]).days > 31
    ]
    assert clashes == []


def test_national_offices_name_a_country_of_the_list() -> None:
    missing = {
        (speaker.slug, role.of)
        for speaker in SPEAKERS
        for role in speaker.roles
        if role.title in NATIONAL
        and role.of not in COUNTRY_NAMES
        and not (role.title == "attorney general" and role.of in STATE_ATTORNEYS)
    }
    assert missing == set()


def test_spokespeople_speak_for_a_body_or_country_of_the_lists() -> None:
    known = COUNTRY_NAMES | {s.name for s in SPEAKERS if s.type != "person"}
    missing = {
        (speaker.slug, role.of)
        for speaker in SPEAKERS
        for role in speaker.roles
        if role.title in SPOKEN_FOR and role.of not in known
    }
    assert missing == set()


@pytest.mark.parametrize(
    "case",
    yaml.safe_load(CASES.read_text(encoding="utf-8")),
    ids=lambda case: f"{case['title']}, {case['of']}, {case['date']}",
)
def test_who_held_an_office_on_a_day(case: dict) -> None:
    holders = {
        speaker.slug
        for speaker in SPEAKERS
        for role in speaker.roles
        if (role.title, role.of) == (case["title"], case["of"]) and held_on(role, case["date"])
    }
    if "not" in case:
        assert case["not"] not in holders
        assert holders
    else:
        assert holders == ({case["holder"]} if case["holder"] else set())


@pytest.mark.parametrize(
    ("spelling", "slug"),
    [
        ("Volodymyr Zelenskyy", "volodymyr-zelensky"),
        ("Volodymyr Zelenskiy", "volodymyr-zelensky"),
        ("Vitaliy Klychko", "vitali-klitschko"),
        ("Viktor Orban", "viktor-orban"),
        ("Sergey Lavrov", "sergei-lavrov"),
        ("Hillary Rodham Clinton", "hillary-clinton"),
        ("Moammar Gadhafi", "muammar-gaddafi"),
        ("Nobody Inparticular", None),
    ],
)
def test_spellings_lead_to_one_speaker(spelling: str, slug: str | None) -> None:
    found = {speaker.slug for speaker in SPEAKERS if spelling in speaker.names}
    assert found == ({slug} if slug else set())


def test_families_with_one_surname_are_kept_apart() -> None:
    slugs = {speaker.slug for speaker in SPEAKERS}
    assert {"donald-trump", "melania-trump", "ivanka-trump", "donald-trump-jr"} <= slugs
    assert {"bill-clinton", "hillary-clinton", "chelsea-clinton"} <= slugs
    assert {"george-w-bush", "george-h-w-bush", "jeb-bush", "barbara-bush"} <= slugs
    assert {"vitali-klitschko", "wladimir-klitschko"} <= slugs


def test_countries_cover_the_world() -> None:
    codes = [country.iso for country in COUNTRIES if country.iso]
    assert len(codes) >= 195
    assert repeated(codes) == []
    assert all(re.fullmatch(r"[A-Z]{2}", code) for code in codes)
    assert {"NO", "XK", "TW", "PS"} <= set(codes)  # "NO" is Norway, not a truth value
    assert all(country.adjectives for country in COUNTRIES)


def test_a_place_stands_for_one_government_only() -> None:
    assert repeated([place for country in COUNTRIES for place in country.metonyms]) == []


@pytest.mark.parametrize(
    ("country", "field", "word"),
    [
        ("United States", "adjectives", "U.S."),
        ("United States", "metonyms", "White House"),
        ("Russia", "metonyms", "Kremlin"),
        ("United Kingdom", "metonyms", "Downing Street"),
        ("United Kingdom", "names", "Britain"),
        ("France", "metonyms", "Élysée"),
        ("European Union", "metonyms", "Brussels"),
        ("Ukraine", "capital_names", "Kiev"),
        ("Netherlands", "adjectives", "Dutch"),
        ("Turkey", "names", "Türkiye"),
    ],
)
def test_countries_know_their_usual_words(country: str, field: str, word: str) -> None:
    (record,) = [c for c in COUNTRIES if c.name == country]
    assert word in getattr(record, field)


def test_outlets_have_domains_of_their_own_and_a_country() -> None:
    domains = [domain for outlet in OUTLETS for domain in outlet.domains]
    assert len(OUTLETS) >= 60
    assert all(outlet.domains for outlet in OUTLETS)
    assert all(re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", domain) for domain in domains)
    assert not any(domain.startswith("www.") for domain in domains)
    assert repeated(domains) == []
    assert {outlet.country for outlet in OUTLETS} <= COUNTRY_NAMES


ENTRY = "- slug: ada-example\n  name: Ada Example\n  type: person\n"


def test_a_file_of_ones_own_is_read(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(
        ENTRY
        + "  gender: female\n  names: [A. Example, Ada Example]\n  roles:\n"
        + "    - {title: mayor, of: NO, start: 2020-01-02, approximate: true}\n",
        encoding="utf-8",
    )
    (speaker,) = load_speakers(file)
    assert speaker.names == ("Ada Example", "A. Example")
    assert speaker.roles == (Role(title="mayor", of="NO", start=date(2020, 1, 2)),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["must be a list"]),
        ("name: Ada Example\n", ["must be a list"]),
        ("- just words\n", ["entry 1", "must be a mapping"]),
        ("- slug: [\n", ["not valid YAML"]),
        ("- &a {slug: x}\n- *a\n", ["aliases"]),
        ("- {slug: x, slug: y}\n", ["repeated key 'slug'"]),
        ("- name: Ada Example\n  type: person\n", ["entry 1 (Ada Example)", "slug"]),
        ("- slug: ada-example\n  type: person\n", ["entry 1 (ada-example)", "name"]),
        (ENTRY + ENTRY, ["entry 2 (ada-example)", "twice"]),
        (ENTRY.replace("ada-example", "Ada Example"), ["entry 1 (Ada Example)", "hyphens"]),
        (ENTRY.replace("person", "robot"), ["entry 1 (ada-example)", "robot"]),
        (ENTRY + "  partei: none\n", ["entry 1 (ada-example)", "unknown key 'partei'"]),
        (ENTRY + "  names: Ada\n", ["entry 1 (ada-example)", "names"]),
        (ENTRY + "  roles:\n    - mayor\n", ["entry 1 (ada-example)", "mapping"]),
        (ENTRY + "  roles: mayor\n", ["entry 1 (ada-example)", "roles"]),
        (ENTRY + "  roles:\n    - {of: Kyiv}\n", ["entry 1 (ada-example)", "title"]),
        (ENTRY + "  roles:\n    - {title: mayor, form: Kyiv}\n", ["ada-example", "'form'"]),
        (ENTRY + "  roles:\n    - {title: mayor, start: 2020}\n", ["ada-example", "start"]),
        (
            ENTRY + "  roles:\n    - {title: mayor, start: 2021-01-01, end: 2020-01-01}\n",
            ["ada-example", "'mayor' ends before it starts"],
        ),
    ],
)
def test_a_malformed_file_names_the_entry(tmp_path: Path, text: str, expected: list[str]) -> None:
    file = tmp_path / "broken.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SeedError) as caught:
        load_speakers(file)
    message = str(caught.value)
    assert str(file) in message
    assert "\n" not in message
    for part in expected:
        assert part in message


def test_a_missing_or_undecodable_file_is_reported(tmp_path: Path) -> None:
    with pytest.raises(SeedError, match=r"nowhere\.yaml: cannot be read"):
        load_countries(tmp_path / "nowhere.yaml")
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("- name: Türkiye\n".encode("latin-1"))
    with pytest.raises(SeedError, match=r"latin\.yaml: cannot be read"):
        load_outlets(latin)

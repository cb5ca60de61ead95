"""SQL by people, and texts to be tried."""

from __future__ import annotations

import httpx
import pytest

from tests.web.conftest import client, served

TEXT = "“We sail at noon,” said Ann Roe, the harbour master.\r\n\r\n“<b>We stay</b>,” she added."


def test_a_statement_is_run(town: httpx.Client) -> None:
    asked = {
        "sql": "SELECT speaker, count(*) AS quotes FROM quote_list GROUP BY speaker ORDER BY 1"
    }
    page = town.get("/sql", params=asked).text
    assert '<td>Ada Quill</td><td class="n">2</td>' in page
    found = town.get("/sql.json", params=asked).json()
    assert found["columns"] == ["speaker", "quotes"]
    assert found["rows"][0] == ["Ada Quill", 2]
    assert town.get("/sql.csv", params=asked).text.startswith("speaker,quotes\r\nAda Quill,2\r\n")
    assert "quotation_list" in town.get("/sql").text
    faulty = town.get("/sql?sql=SELECT+nothing").text  # which lists the views, too
    assert 'role="alert">' in faulty
    assert "--schema" not in faulty


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM quotes",
        "INSERT INTO options VALUES ('semantic')",
        "DROP TABLE quotes",
        "SELECT 1; DELETE FROM quotes",
        "WITH x AS (SELECT 1) DELETE FROM quotes",
        "PRAGMA writable_schema = 1",
        "ATTACH DATABASE '/tmp/stolen.db' AS stolen",
        "SELECT nothing FROM nowhere",
        "-- nothing",
    ],
)
def test_a_statement_that_writes_is_refused(town: httpx.Client, statement: str) -> None:
    before = town.get("/search.json").json()["total"]
    for form in ("", ".json", ".csv"):
        answer = town.get(f"/sql{form}", params={"sql": statement})
        assert answer.status_code == 400
    assert town.get("/search.json").json()["total"] == before == 4


def test_a_statement_may_not_take_long(
    town: httpx.Client, monkeypatch: pytest.MonkeyPatch, backend: str
) -> None:
    monkeypatch.setattr("quotes.web.pages.sql.SECONDS", 0.2)
    endless = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
        if backend == "sqlite"
        else "SELECT pg_sleep(60)"
    )
    answer = town.get("/sql.json", params={"sql": endless})
    assert (answer.status_code, "takes longer than" in answer.json()["error"]) == (400, True)


def test_many_rows_are_shown_in_part(town: httpx.Client) -> None:
    numbers = "SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 600"
    many = f"WITH RECURSIVE n(i) AS ({numbers}) SELECT i FROM n"
    found = town.get("/sql.json", params={"sql": many}).json()
    assert (len(found["rows"]), found["more"]) == (500, True)
    assert town.get("/sql.csv", params={"sql": many}).text.count("\n") == 601


@pytest.mark.parametrize("backend", ["postgresql"])
def test_a_role_with_all_rights_is_told_and_on_a_shared_server_refused(stocked_url: str) -> None:
    with served(stocked_url) as address, client(address) as asked:
        assert "with all rights" in asked.get("/sql?sql=SELECT+1").text
    with served(stocked_url, password="a long secret") as address, client(address) as asked:
        answer = asked.get("/sql.json?sql=SELECT+1")
        assert (answer.status_code, "refused here" in answer.json()["error"]) == (400, True)


def test_a_text_is_tried_and_nothing_is_stored(town: httpx.Client) -> None:
    assert "Find quotations" in town.get("/try").text
    page = town.post("/try", data={"text": TEXT, "published": "2025-03-01"}).text
    assert '<mark id="t1">“We sail at noon,”</mark>' in page
    assert "Ann Roe" in page
    assert "<b>We" not in page
    unsure = town.post("/try", data={"text": "“It is over,” one of them said."}).text
    assert 'one of them<span class="doubt"' in unsure
    found = town.post("/try.json", data={"text": TEXT}).json()["quotations"]
    assert [one["speaker"] for one in found] == ["Ann Roe", "Ann Roe"]
    rows = town.post("/try.csv", data={"text": TEXT}).text.splitlines()
    assert len(rows) == 3
    assert town.get("/articles.json").json()["total"] == 4


@pytest.mark.parametrize(
    ("form", "problem"),
    [
        ({"text": "  "}, "give a text"),
        ({"url": "https://example.org/"}, "start `quotes serve` with --fetch"),
        ({"text": "a", "published": "someday"}, "is not a date"),
    ],
)
@pytest.mark.parametrize("backend", ["sqlite"])
def test_what_cannot_be_tried_is_told(
    town: httpx.Client, form: dict[str, str], problem: str
) -> None:
    answer = town.post("/try", data=form)
    assert (answer.status_code, problem in answer.text) == (400, True)
    assert problem in town.post("/try.json", data=form).json()["error"]


@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_page_of_this_network_is_never_fetched(stocked_url: str) -> None:
    with served(stocked_url, fetch=True) as address, client(address) as asked:
        for url in (
            str(asked.base_url),
            "http://[::1]/",
            "file:///etc/passwd",
            "http://10.0.0.1/x",
        ):
            answer = asked.post("/try.json", data={"url": url})
            assert answer.status_code == 400, url
            assert "private network" in answer.text or "not an address" in answer.text

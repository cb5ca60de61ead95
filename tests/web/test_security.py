"""What another site, another machine or a text from an article must not do."""

from __future__ import annotations

import re
import socket
from urllib.parse import urlsplit

import httpx
import pytest
from markupsafe import escape
from sqlalchemy.orm import Session

from quotes.errors import QuotesError, UsageError
from quotes.web.pages.entering import local
from quotes.web.security import Access, Password, known_hosts
from quotes.web.server import Serving, prepared
from tests.web import hostile
from tests.web.conftest import client, served


@pytest.fixture
def backend() -> str:
    """Nothing here depends on the database."""
    return "sqlite"


def bare(town: httpx.Client) -> httpx.Client:
    """Return a client that nobody let in."""
    return httpx.Client(base_url=town.base_url)


@pytest.mark.parametrize(
    "path", ["/", "/quotes/1.json", "/search.csv", "/nowhere", "/api/v1/quotes"]
)
def test_nothing_is_told_without_the_token(town: httpx.Client, path: str) -> None:
    with bare(town) as stranger:
        for given in ({}, {"Authorization": "Bearer wrong"}, {"Cookie": "quotes=x; ;=; quotes-1"}):
            answer = stranger.get(path, headers=given)
            assert answer.status_code == 403
            assert "Quill" not in answer.text
        assert stranger.get(path, params={"token": "wrong"}).status_code == 403


def test_the_token_becomes_a_cookie_and_leaves_the_address(stocked_url: str) -> None:
    with served(stocked_url) as address:
        answer = httpx.get(address.replace("/?", "/search?q=deal&"))
        assert (answer.status_code, answer.headers["location"]) == (303, "/search?q=deal")
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly; SameSite=Strict; Path=/" in cookie
        token = urlsplit(address).query.removeprefix("token=")
        base = address.partition("/?")[0]
        for path in ("/quotes/1.json", "/search.csv", "/search"):
            given = {"Authorization": f"Bearer {token}"}
            assert httpx.get(base + path, headers=given).status_code == 200
        assert httpx.get(f"{base}/quotes/1.json?token={token}").status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "10.0.0.7", "", "a b",
                                  "localhost@evil.example", "[::1"])  # fmt: skip
def test_another_host_is_refused(town: httpx.Client, host: str) -> None:
    answer = town.get("/", headers={"Host": host})
    assert answer.status_code in (400, 421)
    assert "Quill" not in answer.text


def test_every_answer_has_the_headers(town: httpx.Client) -> None:
    for path in ("/", "/nowhere", "/quotes/1.json", "/static/style.css", "/search.csv"):
        headers = town.get(path).headers
        assert headers["content-security-policy"].startswith(
            "default-src 'none'; script-src 'self'"
        )
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "server" not in headers


@pytest.mark.parametrize(
    "path",
    ["/static/../app.py", "/static/..%2fapp.py", "/static/%2e%2e/%2e%2e/settings.py",
     "/static//etc/passwd", "/static/..\\app.py", "/static/"],
)  # fmt: skip
def test_a_path_cannot_leave_its_folder(town: httpx.Client, path: str) -> None:
    with socket.create_connection((town.base_url.host, town.base_url.port)) as raw:
        raw.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: raw.recv(65536), b""))
    assert answer.split()[1] in (b"404", b"403", b"400"), answer[:200]
    assert b"import" not in answer


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(town: httpx.Client, method: str) -> None:
    assert town.request(method, "/search").status_code == 405


def test_a_shared_server_asks_for_its_password(stocked_url: str) -> None:
    with pytest.raises(UsageError, match="needs a password"), served(stocked_url, host="0.0.0.0"):
        pass
    with pytest.raises(UsageError, match="8 characters"), served(stocked_url, password="short"):
        pass
    with served(stocked_url, password="a long secret", names=("desk.example",)) as address:
        base = address.partition("/?")[0]
        with httpx.Client(base_url=base, headers={"Origin": base}) as reader:
            asked = reader.get("/search?q=harbour")
            assert asked.headers["location"] == "/login?next=%2Fsearch%3Fq%3Dharbour"
            assert reader.get("/quotes/1.json").status_code == 403
            assert 'type="password"' in reader.get("/login").text
            wrong = reader.post("/login", data={"password": "guess", "next": "/search"})
            assert (wrong.status_code, "set-cookie" in wrong.headers) == (403, False)
            right = {"password": "a long secret", "next": "//evil.example"}
            entered = reader.post("/login", data=right)
            assert (entered.status_code, entered.headers["location"]) == (303, "/")
            assert reader.get("/search?q=harbour").status_code == 200
            assert reader.get("/", headers={"Host": "desk.example"}).status_code == 200
            assert reader.get("/", headers={"Host": "evil.example"}).status_code == 421


def test_a_password_is_kept_as_a_hash_alone() -> None:
    password = Password("a long secret")
    assert password.matches("a long secret")
    assert not password.matches("a long secres")
    assert "secret" not in repr(Access("token", "cookie", password=password))
    assert "secret" not in str(vars(password))


def test_hosts() -> None:
    assert known_hosts("127.0.0.1", ["Desk.Example."]) == {
        "127.0.0.1", "localhost", "::1", "desk.example",
    }  # fmt: skip
    shared = Access("t", "c", known_hosts("0.0.0.0"), Password("a long secret"))
    assert shared.is_known("192.168.1.7:8765")
    assert not shared.is_known("evil.example:8765")


@pytest.mark.parametrize(
    ("path", "safe"),
    [("/quotes/5?a=b", True), ("//evil.example", False), ("/\\evil.example", False),
     ("https://evil.example", False), ("quotes", False), ("/a\r\nSet-Cookie: x", False),
     ("", False)],
)  # fmt: skip
def test_a_form_leads_nowhere_else(path: str, safe: bool) -> None:
    assert local(path) == (path if safe else "/")


def test_a_taken_port_is_told(stocked_url: str) -> None:
    with served(stocked_url) as address:
        port = urlsplit(address).port
        assert port
        with pytest.raises(QuotesError, match="another program listens there"):  # noqa: SIM117
            with prepared(Serving(stocked_url, port=port)):
                pass


def test_a_weak_token_is_refused(stocked_url: str) -> None:
    with pytest.raises(UsageError, match="QUOTES_TOKEN"), served(stocked_url, token="secret"):
        pass


def test_what_is_stored_is_shown_and_never_run(session: Session, database_url: str) -> None:
    """Outlets, titles, file names, bylines, texts, speakers, and what people wrote into the log."""
    hostile.fill(session, database_url)
    with served(database_url) as address, client(address) as asked:
        for path, places in hostile.pages(asked).items():
            page = asked.get(path)
            assert "<script>alert" not in page.text, path
            assert "<img" not in page.text, path
            assert 'href="javascript:' not in page.text, path
            for place in places:
                assert str(escape(f"<script>alert('{place}')")) in page.text, (path, place)
            for sibling in re.findall(r"<([^>]+)>; rel=", page.headers.get("link", "")):
                answer = asked.get(sibling)
                if answer.status_code == 200:  # else a page tells what is wrong
                    assert "html" not in answer.headers["content-type"], sibling
                else:
                    assert answer.status_code == 400, sibling
                    assert (
                        "<script>alert" not in answer.text
                        or "json" in answer.headers["content-type"]
                    )
                assert answer.headers["x-content-type-options"] == "nosniff"
        tried = asked.post(
            "/try", data={"text": f"“We sail {hostile.attack('text')} now,” she said."}
        )
        assert "<script>alert" not in tried.text
        assert str(escape("<script>alert('text')")) in tried.text

from __future__ import annotations

from collections.abc import Iterator

import pytest

from quotes.articles.web import client as module
from quotes.articles.web.addresses import is_public
from quotes.articles.web.client import Client
from quotes.errors import ArticleError
from tests.articles.web.server import Site, serve


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as running:
        yield running


@pytest.fixture
def client(site: Site) -> Client:
    return Client([site.url])


def refused(client: Client, url: str) -> str:
    with pytest.raises(ArticleError) as caught:
        client.fetch(url)
    assert caught.value.source == url
    assert "\n" not in caught.value.problem
    assert ": " in caught.value.problem
    return caught.value.problem


def test_a_page_with_its_type_and_encoding(site: Site, client: Client) -> None:
    site.put("/a?b=1", "é".encode("cp1252"), "text/html; charset=windows-1252")
    answer = client.fetch(f"{site.url}/a?b=1#c")
    assert (answer.body, answer.sort, answer.charset) == (b"\xe9", "text/html", "windows-1252")
    assert site.asked == ["/robots.txt", "/a?b=1"]


def test_redirects_are_followed_to_where_they_end(site: Site, client: Client) -> None:
    site.redirect("/a", "/b")
    site.redirect("/b", f"{site.url}/c")
    site.put("/c", "there", "text/plain; charset=utf-8")
    answer = client.fetch(f"{site.url}/a")
    assert (answer.url, answer.body, answer.sort) == (f"{site.url}/c", b"there", "text/plain")
    assert answer.charset == "utf-8"
    assert site.agents == {f"quotes/{module.__version__}"}


@pytest.mark.parametrize(
    "host", ["127.0.0.2", "127.1.2.3", "[::1]", "10.0.0.1", "169.254.169.254", "[::ffff:10.0.0.1]"]
)
def test_no_redirect_leads_into_a_private_network(site: Site, client: Client, host: str) -> None:
    port = site.url.rpartition(":")[2]
    site.put("/secret", "secret")
    for target in (f"http://{host}:{port}/secret", f"https://{host}/secret"):
        site.redirect("/a", target)
        assert "private network" in refused(client, f"{site.url}/a")
    assert "/secret" not in site.asked


def test_another_port_of_a_named_host_is_another_place(site: Site, client: Client) -> None:
    with serve() as neighbour:
        neighbour.put("/secret", "secret")
        site.redirect("/a", f"{neighbour.url}/secret")
        assert "private network" in refused(client, f"{site.url}/a")
        assert not neighbour.asked
        client.trust(neighbour.url)
        assert client.fetch(f"{site.url}/a").body == b"secret"


def test_private_places_that_nobody_named(site: Site) -> None:
    site.put("/a", "x")
    assert "private network" in refused(Client(), f"{site.url}/a")
    assert site.asked == []
    named = Client([site.url.replace("127.0.0.1", "localhost")])
    assert named.fetch(f"{site.url}/a").body == b"x"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("10.0.0.1", False),
        ("127.0.0.1", False),
        ("0.0.0.0", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:0a00:0001::1", False),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) == public


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("ftp://lantern.example/a", "is not an address of the web"),
        ("http://", "is not an address of the web"),
        ("http://[broken", "is not an address of the web"),
        ("http://lantern.example:99999/", "is not an address of the web"),
        ("http://no-such-host.invalid/", "is not known"),
        ("http://" + "x" * 300 + ".example/", "is not known"),
    ],
)
def test_addresses_that_are_none(url: str, problem: str) -> None:
    with pytest.raises(ArticleError, match=problem):
        Client().fetch(url)


def test_redirects_to_other_schemes_and_circles(site: Site, client: Client) -> None:
    site.redirect("/file", "file:///etc/passwd")
    assert "is not an address of the web" in refused(client, f"{site.url}/file")
    site.redirect("/circle", "/circle")
    assert "is redirected more than 5 times" in refused(client, f"{site.url}/circle")


def test_robots_are_honoured(site: Site, client: Client) -> None:
    rules = "User-agent: *\nAllow: /\n\nUser-agent: quotes\nDisallow: /*secret\nAllow: /news\n"
    site.put("/robots.txt", rules, "text/plain")
    site.put("/news", "news")
    site.redirect("/r", "/a-secret")
    assert client.fetch(f"{site.url}/news").body == b"news"
    assert "robots.txt of 127.0.0.1 forbids" in refused(client, f"{site.url}/a-secret")
    assert "robots.txt of 127.0.0.1 forbids" in refused(client, f"{site.url}/r")
    assert site.asked.count("/robots.txt") == 1


def test_a_site_whose_robots_fail_is_left_alone(site: Site, client: Client) -> None:
    site.fail("/robots.txt", 503)
    site.put("/a", "x")
    assert "robots.txt" in refused(client, f"{site.url}/a")


@pytest.mark.parametrize("status", [403, 404, 429, 500])
def test_answers_that_are_no_page(site: Site, client: Client, status: int) -> None:
    site.fail("/a", status)
    assert f"the server answers {status}" in refused(client, f"{site.url}/a")


def test_pages_that_are_too_long_or_too_slow(
    site: Site, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 100_000)
    site.put("/long", b"x" * 200_000)
    assert "is longer than" in refused(client, f"{site.url}/long")
    site.put_packed("/bomb", b"x" * 10_000_000)
    assert "is longer than" in refused(client, f"{site.url}/bomb")
    monkeypatch.setattr(module, "MOST_SECONDS", 0.2)
    site.pause = 0.05
    site.put("/slow", b"x" * 90_000)
    assert "takes longer than" in refused(client, f"{site.url}/slow")


def test_a_server_that_is_not_there(site: Site) -> None:
    with serve() as other:
        url = other.url
    assert "cannot be reached" in refused(Client([url]), f"{url}/a")


def test_a_site_may_ask_to_be_asked_slowly(site: Site, client: Client) -> None:
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 0.3\n", "text/plain")
    site.put("/a", "x")
    waits = module.time.monotonic()
    for _ in range(3):
        client.fetch(f"{site.url}/a")
    assert module.time.monotonic() - waits >= 0.6

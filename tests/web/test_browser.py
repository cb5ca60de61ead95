"""The pages in a real browser: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from sqlalchemy.orm import Session

from quotes.database.judgements.log import read_log
from quotes.database.session import open_session
from tests.cli.program import run, write_articles
from tests.web import hostile
from tests.web.conftest import client, served

pytestmark = pytest.mark.browser

PATHS = [
    "/", "/search?q=harbour", "/search?q=volcano", "/quotes/1?compare=v1,v1", "/speakers",
    "/speakers/ada-quill", "/speakers/ada-quill/dossier", "/outlets", "/outlets/daily-lantern",
    "/compare", "/compare?left=daily-lantern&right=post", "/articles", "/articles/1", "/stats",
    "/stats?by=outlet&over=month", "/review?below=1", "/review?queue=merges", "/review?queue=names",
    "/review?queue=meanings", "/review?queue=disputed", "/log", "/sql", "/login",
    "/sql?sql=SELECT+*+FROM+quote_list", "/sql?sql=SELECT+nothing", "/try", "/nowhere",
    "/search?since=someday",
]  # fmt: skip
STRICT = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"runOnly": {"type": "tag", "values": STRICT}, "resultTypes": ["violations"]}


@pytest.fixture
def backend() -> str:
    """The pages are the same on both databases."""
    return "sqlite"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # Chromium's own sandbox needs rights that a container does not give.
        found = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        yield found
        found.close()


@pytest.fixture(scope="module")
def stock(sqlite_template: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three outlets on an invented town, read by the program, one with more to review."""
    folder = tmp_path_factory.mktemp("browser")
    database = Path(shutil.copy(sqlite_template("seeded"), folder / "town.db"))
    articles = write_articles(folder)
    (articles / "herald.txt").write_text(
        "".join(
            f"“Pier {number} is closed,” one of them told Cleo Marsh.\n\n" for number in range(12)
        )
    )
    done = run(
        database, "ingest", articles, "--only", "*.md", "--only", "*.txt", "--only", "*.html"
    )
    assert done.status == 0, done.err
    return database


@pytest.fixture
def database(stock: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(stock, tmp_path / "town.db"))


Open = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, database: Path) -> Iterator[Open]:
    """Opens a page of a town that may not complain, see ``_opening``."""
    with _opening(browser, str(database)) as found:
        yield found


@contextmanager
def _opening(browser: Browser, database: str) -> Iterator[Open]:
    """Yield what opens a page that may not complain.

    Nothing may be in its console, such as what its policy refused; no script may ask anything, and
    no other host may be asked.
    """
    problems: list[str] = []
    contexts: list[BrowserContext] = []
    with served(database) as address:
        base = address.partition("/?")[0]

        def open_page(path: str = "/", **how: Any) -> Page:
            context = browser.new_context(base_url=base, **how)
            contexts.append(context)
            page = context.new_page()
            page.set_default_timeout(120_000)
            page.on("console", lambda message: problems.append(message.text))
            page.on("pageerror", lambda error: problems.append(str(error)))
            page.on("dialog", lambda dialog: (problems.append(dialog.message), dialog.dismiss()))
            page.on("request", lambda request: _same(request.url, base, problems))
            page.goto(address)
            page.goto(path)
            return page

        yield open_page
        for context in contexts:
            context.close()
    wrong = [one for one in problems if "status of 4" not in one]  # a page that is not there
    assert wrong == []


def _same(url: str, base: str, problems: list[str]) -> None:
    if not url.startswith((base, "data:")):
        problems.append(f"asked {url}")


def judged(database: Path) -> list[tuple[str, str | None]]:
    """Return the judgements, the first ones first."""
    with open_session(str(database)) as session:
        return [(one.kind, one.undone_by) for one in reversed(read_log(session))]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_breaks_a_rule_of_accessibility(opened: Open, scheme: str) -> None:
    page = opened(color_scheme=scheme, reduced_motion="reduce")
    found = {}
    for path in PATHS:
        page.goto(path)
        for details in page.locator("details").all():
            details.evaluate("one => one.open = true")
        results = Axe().run(page, options=RULES)
        if results.violations_count:
            found[path] = [
                (one["id"], [node["html"][:120] for node in one["nodes"]][:3])
                for one in results.response["violations"]
            ]
    assert found == {}


def test_nothing_that_is_stored_runs(browser: Browser, session: Session, database_url: str) -> None:
    hostile.fill(session, database_url)
    with served(database_url) as address, client(address) as asked:
        paths = hostile.pages(asked)
    with _opening(browser, database_url) as opened:
        page = opened()
        for path in paths:
            page.goto(path)


@pytest.mark.parametrize(
    "script", ["document.body.append(made('script', 'alert(1)'))", "fetch('/search.json')"]
)
def test_what_the_policy_refuses_would_be_told(
    browser: Browser, database: Path, script: str
) -> None:
    """Else the tests above would pass whatever a page does."""
    made = "const made = (name, text) => Object.assign(document.createElement(name), {text});"
    with pytest.raises(AssertionError, match="Content Security Policy"):  # noqa: SIM117
        with _opening(browser, str(database)) as opened:
            opened().evaluate(f"{made} {script}; 0")


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_is_wider_than_the_window(opened: Open, database: Path, width: int) -> None:
    assert run(database, "judge", "attribution", "n1", "none").status == 0  # for the log
    page = opened(viewport={"width": width, "height": 800})
    wide = []
    for path in PATHS:
        page.goto(path)
        for details in page.locator("details").all():
            details.evaluate("one => one.open = true")
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(path)
    assert wide == []


@pytest.mark.parametrize("scripts", [True, False])
def test_search_quote_compare_correct_undo(opened: Open, database: Path, scripts: bool) -> None:
    page = opened(java_script_enabled=scripts)
    page.get_by_role("searchbox").first.fill("lease")
    page.get_by_role("button", name="Search").click()
    page.locator(".hit blockquote a").first.click()
    assert page.locator("h1").inner_text().startswith("We will not sell")
    page.get_by_role("link", name="compare", exact=True).click()
    assert "the meaning may differ" in page.locator("#compared").inner_text().lower()
    correct = page.locator("details.correct").first
    correct.locator("summary").click()
    form = correct.locator("form").first
    form.get_by_label("Said by").fill("Bruno Quill")
    form.get_by_label("Your name").fill("Ann Roe")
    form.get_by_role("button", name="Store").click()
    notice = page.locator(".notice")
    assert "Judgement 1 by Ann Roe is stored." in notice.inner_text()
    assert judged(database) == [("attribution", None)]
    notice.get_by_role("button", name="Undo").click()
    assert "Judgement 2 by Ann Roe is stored." in page.locator(".notice").inner_text()
    assert judged(database) == [("attribution", "Ann Roe"), ("undo", None)]


def test_ten_items_are_reviewed_by_keyboard_alone(opened: Open, database: Path) -> None:
    page = opened("/review?below=1")
    for at in range(10):
        assert page.evaluate("document.activeElement.id") == "item"
        with page.expect_navigation():
            page.keyboard.press("n" if at % 2 else "x")
    page.locator("#result", has_text="udgement 10").wait_for()
    assert [kind for kind, _ in judged(database)] == ["kind", "attribution"] * 5
    for _ in range(2):  # what means nothing does nothing
        page.keyboard.press("z")
        page.keyboard.press("Control+n")
    with page.expect_navigation():
        page.keyboard.press("u")
    assert [kind for kind, _ in judged(database)][-1] == "undo"
    shown = page.locator(".passage").first.inner_text()
    with page.expect_navigation():
        page.keyboard.press("s")
    assert page.locator(".passage").first.inner_text() != shown
    page.keyboard.press("o")
    page.keyboard.type("Ada Quill")  # letters are text in a field
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert len(judged(database)) == 12
    with page.expect_navigation():
        page.keyboard.press("q")
    assert page.url.endswith("/")


def test_ten_items_are_reviewed_without_scripts(opened: Open, database: Path) -> None:
    page = opened("/review?below=1", java_script_enabled=False)
    for _ in range(10):
        page.get_by_role("button", name="the article names nobody").click()
    assert len(judged(database)) == 10
    assert page.locator("#result").inner_text().startswith("Stored: judgement 10.")
    page.get_by_role("button", name="undo your last answer").click()
    assert judged(database)[-1] == ("undo", None)


def test_single_keys_can_be_turned_off(opened: Open, database: Path) -> None:
    page = opened("/review?below=1")
    page.get_by_label("single keys work").uncheck()
    page.reload()
    page.keyboard.press("n")
    page.keyboard.press("x")
    page.get_by_label("single keys work").check()
    with page.expect_navigation():
        page.keyboard.press("n")
    assert len(judged(database)) == 1


def test_the_keyboard_reaches_the_content(opened: Open) -> None:
    page = opened("/quotes/1")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_link_to_a_quotation_leads_to_it(opened: Open) -> None:
    page = opened("/quotes/1")
    page.get_by_role("link", name="in the article").first.click()
    assert page.locator("mark:target").count() == 1


def test_two_people_review_at_once(opened: Open) -> None:
    first, second = opened("/review?below=1"), opened("/review?below=1")
    for page, name in ((first, "Ann"), (second, "Bo")):
        page.keyboard.press("c")
        page.get_by_label("Your name").fill(name)
    shown = second.locator(".passage").first.text_content()
    first.get_by_role("button", name="the article names nobody").click()
    second.get_by_role("button", name="not speech").click()
    assert second.locator(".passage").first.text_content() == shown
    assert "Ann has answered this meanwhile" in second.locator(".notice").inner_text()
    second.get_by_role("button", name="not speech").click()
    assert second.locator(".passage").first.text_content() != shown

"""The reference pages are those that the program makes, and nothing in it lacks a help text."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from docs.generate import DOCS, PAGES, commands
from quotes import __version__
from quotes.settings import SETTINGS

ROOT = Path(__file__).parents[1]
LINK = re.compile(r"\]\((?!https?://|#|mailto:)([^)#]+)")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_what_the_program_makes(name: str) -> None:
    stored = (DOCS / name).read_text(encoding="utf-8")
    assert stored == PAGES[name](), f"docs/{name} is stale: run `make docs`"


@pytest.mark.parametrize(("path", "command"), [(path, command) for path, command, _ in commands()])
def test_every_command_and_option_has_a_help_text(path: str, command: click.Command) -> None:
    assert command.help, path
    for param in command.params:
        if isinstance(param, click.Option):
            assert param.help, f"{path} {param.name}"
            assert param.help.endswith((".", "]")), f"{path} {param.name}"


def test_every_setting_is_a_flag_of_some_command() -> None:
    flags = {
        flag for _, command, _ in commands() for param in command.params for flag in param.opts
    }
    assert {setting.flag for setting in SETTINGS} <= flags


@pytest.mark.parametrize(
    "page",
    sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("seeds/*.md")]),
    ids=lambda page: page.name,
)
def test_links_lead_to_files(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_the_changelog_has_this_version() -> None:
    assert f"## [{__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

from __future__ import annotations

from pathlib import Path

import pytest

from quotes import settings


def test_a_flag_wins_over_the_environment_which_wins_over_the_default(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert settings.database_url() == str(tmp_path / "user-data" / "quotes" / "quotes.db")
    assert settings.model_name() == settings.DEFAULT_MODEL
    monkeypatch.setenv("QUOTES_DB", "other.db")
    monkeypatch.setenv("QUOTES_MODEL", "en_core_web_trf")
    assert settings.database_url() == "other.db"
    assert settings.model_name() == "en_core_web_trf"
    assert settings.database_url("flag.db") == "flag.db"
    assert settings.model_name("blank") == "blank"


def test_an_empty_variable_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTES_DB", "")
    assert settings.database_url().endswith("quotes.db")


def test_every_setting_is_described() -> None:
    assert [setting.variable for setting in settings.SETTINGS] == ["QUOTES_DB", "QUOTES_MODEL"]
    assert all(setting.meaning.endswith(".") for setting in settings.SETTINGS)

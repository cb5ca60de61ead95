"""The states of the United States, as party labels abbreviate them ("D-Mass.", "R-TX")."""

from __future__ import annotations

import re

_STATES = """
AL Ala alabama|AK Alaska alaska|AZ Ariz arizona|AR Ark arkansas|CA Calif california
CO Colo colorado|CT Conn connecticut|DE Del delaware|FL Fla florida|GA Ga georgia|HI Hawaii hawaii
ID Idaho idaho|IL Ill illinois|IN Ind indiana|IA Iowa iowa|KS Kan kansas|KY Ky kentucky
LA La louisiana|ME Maine maine|MD Md maryland|MA Mass massachusetts|MI Mich michigan
MN Minn minnesota|MS Miss mississippi|MO Mo missouri|MT Mont montana|NE Neb nebraska
NV Nev nevada|NH NH new hampshire|NJ NJ new jersey|NM NM new mexico|NY NY new york
NC NC north carolina|ND ND north dakota|OH Ohio ohio|OK Okla oklahoma|OR Ore oregon
PA Pa pennsylvania|RI RI rhode island|SC SC south carolina|SD SD south dakota|TN Tenn tennessee
TX Texas texas|UT Utah utah|VT Vt vermont|VA Va virginia|WA Wash washington|WV WVa west virginia
WI Wis wisconsin|WY Wyo wyoming
"""
_BY_LABEL: dict[str, str] = {}
for _line in re.split(r"[|\n]", _STATES.strip()):
    _code, _short, _name = _line.split(maxsplit=2)
    _BY_LABEL.update(
        dict.fromkeys((_code.casefold(), _short.casefold(), _name.replace(" ", "")), _name)
    )


def state_of(label: str) -> str | None:
    """Return the lower-case name of the state that a label stands for, or None."""
    return _BY_LABEL.get(re.sub(r"[.\s]", "", label).casefold())

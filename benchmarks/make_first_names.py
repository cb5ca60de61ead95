"""Write ``seeds/first_names_us.yaml``: the gender of common US first names.

    pip install names
    python benchmarks/make_first_names.py [-o seeds]

Reads the tables of the US census of 1990 (in the public domain) from the package ``names`` (Trey
Hunner, MIT). Kept is what at least one woman or man in ten thousand is called, twenty times as
often as a man or woman. Left out are names that ``first_names.yaml`` has, words of the lexicon and
nouns of WordNet, surnames that are more frequent than the first name, states and countries.
"""

from __future__ import annotations

import argparse
from importlib.resources import files
from pathlib import Path

from quotes.english.cues import load_lexicon
from quotes.english.firstnames import FILES, read_first_names
from quotes.english.lexicon import tags
from quotes.english.states import state_of

FEWEST = 0.01  # per cent of all women or men
TIMES = 20  # as often as the other gender
SHORTEST = 3  # letters
TWO_MEANINGS = frozenset(
    "alexandria andrea augusta cleveland geneva mercedes odessa ola orlando sasha savannah".split()
)
"""Cities, and names that mean the other gender in another language."""

HEAD = """\
# First names of the USA by gender. Written by benchmarks/make_first_names.py from the US census of
# 1990 (public domain), as the package names 0.3.0 (PyPI, MIT) has it; see there what was left out.

"""


def table(name: str) -> dict[str, float]:
    """Return the share (in per cent) of each name (lower case) of a table of the census."""
    lines = files("names").joinpath(f"dist.{name}").read_text(encoding="ascii").splitlines()
    rows = (line.split() for line in lines)
    return {row[0].lower(): float(row[1]) for row in rows}


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-o", "--output", type=Path, default=Path("seeds"))
    options = parser.parse_args()
    women, men, surnames = table("female.first"), table("male.first"), table("all.last")
    known = read_first_names(options.output / FILES[0]).keys()
    words = known | tags().keys() | load_lexicon().verbs.keys() | TWO_MEANINGS
    for nouns in ("synonyms.txt", "persons.txt"):
        words |= {*(options.output / "english" / nouns).read_text(encoding="ascii").split()}
    lines = []
    for gender, own, other in (("female", women, men), ("male", men, women)):
        chosen = sorted(
            name.capitalize()
            for name, share in own.items()
            if share >= max(FEWEST, TIMES * other.get(name, 0.0), surnames.get(name, 0.0))
            and len(name) >= SHORTEST
            and name not in words
            and not state_of(name)
        )
        print(f"{gender}: {len(chosen)} names")
        lines += [f"{gender}:\n  united states: [\n"]
        lines += [f"    {name},\n" for name in chosen]
        lines += ["  ]\n"]
    (options.output / FILES[1]).write_text(HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()

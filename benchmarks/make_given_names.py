"""Write ``seeds/english/given_names.yaml``: given names, each with its short forms.

    pip install nicknames
    python benchmarks/make_given_names.py [-o seeds/english]

Reads the table of the package ``nicknames`` (Carlton Northern and others, Apache 2.0), which was
made for genealogy. Kept are the short forms that begin like the name or are a part of it, and those
that ``nicknames.yaml`` knows; variants that few people would take for one name are left out.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from importlib.resources import files
from pathlib import Path

from quotes.english.givennames import NICKNAMES
from quotes.resources import read_yaml

HEAD = """\
# Given names, each with its short forms. Written by benchmarks/make_given_names.py from the package
# nicknames {version} (PyPI, Apache 2.0): only the beginnings and parts of names are kept.

"""


def fits(name: str, short: str) -> bool:
    """Tell whether a short form begins like a name, or is a part of it."""
    stem = short.removesuffix("ie").removesuffix("y")
    if len(stem) > 3 and stem[-1] == stem[-2]:
        stem = stem[:-1]
    if len(name) <= len(stem):
        return False
    return name[:2] == short[:2] or (len(stem) > 2 and stem in name)


def main() -> None:
    """Write the table."""
    import nicknames

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-o", "--output", type=Path, default=Path("seeds/english"))
    options = parser.parse_args()
    irregular = read_yaml(options.output / f"{NICKNAMES}.yaml")
    found: dict[str, set[str]] = defaultdict(set)
    table = files("nicknames").joinpath("names.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(table.splitlines()):
        name, short = row["name1"], row["name2"]
        if name != short and short not in irregular and fits(name, short):
            found[name].add(short)
    lines = [f"{name}: {' '.join(sorted(short))}\n" for name, short in sorted(found.items())]
    path = options.output / "given_names.yaml"
    text = HEAD.format(version=nicknames.__version__) + "".join(lines)
    path.write_text(text, encoding="utf-8")
    print(f"{path}: {len(lines)} names")


if __name__ == "__main__":
    main()

"""How fast the articles of a crawl are read, against trafilatura alone on the same pages.

    python benchmarks/crawl.py [--pages 500] [--runs 5]

Writes a crawl (.warc.gz) of pages of its own with warcio. Reads it in turns with ``quotes``
(``read_articles``: article, facts, repaired text) and with warcio and trafilatura's
``bare_extraction``, which finds article and facts, too. Prints the median pages a second of
processor time and the ratio of each run.
"""

from __future__ import annotations

import argparse
import io
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import trafilatura
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from quotes.articles import read_articles

WORDS = (
    "the council of the town met on a grey morning and heard from the owners of the ferry that a "
    "bridge would cost more than anybody in the crowded hall had been told before"
).split()


def page(number: int) -> str:
    """Return a news page of some 500 words with menus, a head as real ones have, and quotations."""
    menu = "".join(f'<li><a href="/section/{at}">Section {at}</a></li>' for at in range(40))
    metas = "".join(f'<meta property="og:extra{at}" content="value {at}">' for at in range(20))
    body = "".join(
        f"<p>{' '.join(WORDS[at % 7 :])} on day {number}. “We will not wait for item {at} of plan "
        f"{number},” said Ann Roe, the mayor.</p>"
        for at in range(10)
    )
    teasers = "".join(f'<div class="teaser"><a href="/n/{at}">Story {at}</a></div>' for at in WORDS)
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>Ferry {number} | Daily Lantern</title>{metas}'
        '<meta property="og:site_name" content="Daily Lantern"><script>var a = 1;</script>'
        f'<meta property="article:published_time" content="2025-03-{number % 28 + 1:02}T10:00:00Z">'
        f"</head><body><nav><ul>{menu}</ul></nav><article><h1>Ferry {number}</h1>"
        f'<p class="byline">By Bo Lind</p>{body}</article><aside>{teasers}</aside>'
        "<footer>Copyright</footer></body></html>"
    )


def write_crawl(path: Path, pages: int) -> None:
    """Write a crawl of so many pages."""
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for number in range(pages):
            headers = StatusAndHeaders(
                "200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1"
            )
            record = writer.create_warc_record(
                f"https://lantern.example/{number}",
                "response",
                payload=io.BytesIO(page(number).encode()),
                http_headers=headers,
            )
            writer.write_record(record)


def with_quotes(path: Path) -> int:
    """Read the crawl with this program; return how many articles it holds."""
    return sum(1 for _ in read_articles([str(path)], on_error=lambda error: sys.exit(str(error))))


def with_trafilatura(path: Path) -> int:
    """Read the crawl with trafilatura; return on how many pages it finds an article."""
    found = 0
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream):
            if record.rec_type == "response":
                html = record.content_stream().read().decode()
                found += trafilatura.bare_extraction(html, with_metadata=True) is not None
    return found


def cpu_seconds(read: Callable[[Path], int], path: Path, pages: int) -> float:
    """Return the processor seconds of one reading; every page has to be found."""
    before = time.process_time()
    found = read(path)
    if found != pages:
        sys.exit(f"{read.__name__} found {found} of {pages} pages")
    return time.process_time() - before


def main() -> None:
    """Measure and print one line a reader."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    readers = {"trafilatura": with_trafilatura, "quotes": with_quotes}
    taken: dict[str, list[float]] = {name: [] for name in readers}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "crawl.warc.gz"
        write_crawl(path, options.pages)
        for run in range(options.runs + 1):
            for name, read in readers.items():
                seconds = cpu_seconds(read, path, options.pages)
                if run:  # the first round loads modules and fills caches
                    taken[name].append(seconds)
    ratios = [one / two for one, two in zip(taken["trafilatura"], taken["quotes"], strict=True)]
    print(f"{'reader':<12} {'pages/CPU s':>12} {'ratio':>18}   (median of {options.runs} runs)")
    for name, seconds in taken.items():
        speed = options.pages / statistics.median(seconds)
        spread = f"{statistics.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})"
        print(f"{name:<12} {speed:>12.0f} {spread if name == 'quotes' else '1':>18}")


if __name__ == "__main__":
    main()

"""A merged batch into a database, where everything else works on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import compute, parquet

from quotes.database.loading import Loaded, Printed, load_more, load_whole, takes_whole
from quotes.database.repository import Repository
from quotes.database.session import open_session
from quotes.distributed.files import Folder
from quotes.distributed.merging import merged_stage
from quotes.distributed.records import extracted_of
from quotes.distributed.report import read
from quotes.distributed.schema import ARTICLES, QUOTATIONS, article_id, rendering_id, rows_of
from quotes.distributed.stages import Stages, alone_in
from quotes.normaliser.model import Cluster, Member, Rendering, fingerprint
from quotes.records import ExtractedArticle, SpeakerType

CHUNK = 500
"""So many articles are stored at a time."""

Numbers = NDArray[np.uint64]
Tell = Callable[[int, int], None]


def load_batch(out: str, database: str, on_progress: Tell) -> tuple[Loaded, int]:
    """Store the batch in the folder ``out``; return what became of it, and the number of quotes.

    A database without articles takes everything in one transaction, with the quotes as they were
    merged. Otherwise every ``CHUNK`` articles are one, merged with what is stored. ``on_progress``
    hears how many articles of how many are done. Raises UsageError if the batch is not merged.
    """
    folder = Folder(out)
    with alone_in(folder), open_session(database, patient=True) as session:
        merged = merged_stage(Stages(folder))
        total = (Stages(folder).manifest("tables") or {})["articles"]
        seen = 0

        def advance(many: int) -> None:
            nonlocal seen
            seen += many
            on_progress(seen, total)

        if takes_whole(session):
            known = MergedQuotes(folder)
            done = load_whole(
                session,
                chunks(folder),
                _speakers(folder),
                known.printed,
                known.clusters,
                semantic=merged["semantic"],
                on_chunk=advance,
            )
        else:
            done = load_more(session, chunks(folder), advance)
        return done, Repository(session).stats().quotes


def _speakers(folder: Folder) -> Iterator[tuple[str, str, SpeakerType]]:
    for part in read(folder, "speakers", ["slug", "name", "type"]):
        for row in rows_of(part):
            yield row["slug"], row["name"], row["type"]


def chunks(folder: Folder, size: int = CHUNK) -> Iterator[list[ExtractedArticle]]:
    """Yield the articles of a batch with everything found in them, month by month."""
    months = sorted({file.split("/")[1] for file, _ in folder.files("articles")})
    for month in months:
        articles = _table(folder, f"articles/{month}", ARTICLES).sort_by("number")
        found = _table(folder, f"quotations/{month}", QUOTATIONS)
        for start in range(0, len(articles), size):
            some = articles.slice(start, size)
            own: dict[str, list[dict[str, Any]]] = defaultdict(list)
            here = compute.is_in(found["article_id"], some["article_id"].combine_chunks())
            for row in rows_of(found.filter(here)):
                own[row["article_id"]].append(row)
            yield [
                extracted_of({**row, "quotations": sorted(own[row["article_id"]], key=_position)})
                for row in rows_of(some)
            ]


def _position(row: dict[str, Any]) -> int:
    return int(row["position"])


def _table(folder: Folder, name: str, schema: pa.Schema) -> pa.Table:
    columns = [one for one in schema.names if one != "month"]
    empty = schema.empty_table().select(columns)
    return pa.concat_tables([empty, *read(folder, name, columns)])


def _short(name: str) -> int:
    """Return the first 64 bits of an id: enough for what one database holds."""
    return int(name[:16], 16)


class MergedQuotes:
    """The quotes of a batch, found by the ids that its renderings get in a database."""

    def __init__(self, folder: Folder) -> None:
        self._ids: list[int] = []
        self._names: list[int] = []
        members = _whole_table(folder, "members")
        keys = _shortened(members["rendering_id"])
        order = np.argsort(keys)
        self._keys = keys[order]
        self._members = members.take(pa.array(order))
        quotes = _whole_table(folder, "quotes").select(["quote_id", "component", "renderings"])
        self._quotes = {
            row["quote_id"]: (row["component"], row["renderings"]) for row in rows_of(quotes)
        }
        self._also: dict[str, list[str]] = defaultdict(list)
        for row in rows_of(_whole_table(folder, "ambiguities")):
            self._also[row["rendering_id"]].append(row["quote_id"])

    def printed(
        self, printed: Sequence[Sequence[Printed]], articles: Sequence[ExtractedArticle]
    ) -> None:
        """Keep which renderings some articles became, in ascending order of ids."""
        for extracted, own in zip(articles, printed, strict=True):
            article = article_id(extracted.article.content_hash, extracted.article.address)
            for one in own:
                self._ids.append(one.id)
                self._names.append(_short(rendering_id(article, one.start, one.end)))

    @cached_property
    def _stored(self) -> tuple[NDArray[np.int64], Numbers]:
        return np.array(self._ids, np.int64), np.array(self._names, np.uint64)

    def clusters(self, renderings: Sequence[Rendering]) -> list[Cluster] | None:
        """Return the clusters of a speaker's renderings; None where the batch has other ones.

        So it is where the database knows a speaker by another type than the batch does.
        """
        found = self._found([one.key for one in renderings])
        if found is None:
            return None
        pairs = [*zip(renderings, found, strict=True)]
        heads = {own["rendering_id"]: one.key for one, own in pairs}
        by_quote: dict[str, list[tuple[Rendering, dict[str, Any]]]] = defaultdict(list)
        components: dict[str, int] = {}
        for one, own in pairs:
            by_quote[own["quote_id"]].append((one, own))
            component = self._quotes[own["quote_id"]][0]
            components[component] = min(one.key, components.get(component, one.key))
        if any(len(own) != self._quotes[quote][1] for quote, own in by_quote.items()):
            return None
        return [self._cluster(quote, own, heads, components) for quote, own in by_quote.items()]

    def _cluster(
        self,
        quote: str,
        own: Sequence[tuple[Rendering, dict[str, Any]]],
        heads: dict[str, int],
        components: dict[str, int],
    ) -> Cluster:
        members = sorted(
            Member(row.key, one["relation"], one["score"], fingerprint(row.folded))
            for row, one in own
        )
        also = sorted(
            (row.key, heads[other])
            for row, one in own
            for other in self._also.get(one["rendering_id"], ())
        )
        component = components[self._quotes[quote][0]]
        return Cluster(component, heads[quote], tuple(members), tuple(also))

    def _found(self, ids: Sequence[int]) -> list[dict[str, Any]] | None:
        stored, names = self._stored
        names = names[np.searchsorted(stored, np.array(ids, np.int64))]
        places = np.minimum(np.searchsorted(self._keys, names), max(0, len(self._keys) - 1))
        if not len(self._keys) or not np.array_equal(self._keys[places], names):
            return None
        return rows_of(self._members.take(pa.array(places)))


def _whole_table(folder: Folder, name: str) -> pa.Table:
    with folder.opened(folder.files(name)[0][0]) as stream:
        columns = parquet.read_schema(stream).names
    return pa.concat_tables(read(folder, name, columns))


def _shortened(names: pa.ChunkedArray) -> Numbers:
    return np.array([_short(name) for name in names.to_pylist()], np.uint64)

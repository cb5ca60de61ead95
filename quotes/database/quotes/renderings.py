"""Where the normaliser meets the database: finding stored renderings, and keeping its clusters."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, cached_property
from typing import Any

from sqlalchemy import Select, bindparam, or_, select
from sqlalchemy.orm import Session, aliased

from quotes.database.engine.bulk import among, delete_tuples, found, insert_tuples
from quotes.database.engine.models import (
    Judgement,
    JudgementPlace,
    Quote,
    Rendering,
    RenderingKey,
    Variant,
    stands,
)
from quotes.database.quotes.clusters import StoredRow, forget_ambiguities, store_clusters
from quotes.database.quotes.echoes import settle
from quotes.database.quotes.options import meaning
from quotes.database.quotes.reading import as_rendering, stored_rows
from quotes.database.quotes.reprints import join_twins
from quotes.normaliser import model
from quotes.normaliser.keys import stored_keys
from quotes.normaliser.normalise import add
from quotes.normaliser.semantic import Meaning


def cluster(
    session: Session,
    new: Collection[int],
    touched: Collection[int] = (),
    unsettled: Collection[int] = (),
) -> None:
    """Cluster the renderings ``new`` with the stored ones that they fit, and store the outcome.

    ``new`` are ids of stored renderings without keys whose quotations have a speaker; ``touched``
    ids of renderings whose judgements, or neighbours, have changed; ``unsettled`` ids of voices
    that were heard together with words that are gone. The caller holds the transaction.
    """
    store = StoredRenderings(session)
    moved = settle(session, new, unsettled) - {*new}
    if not (moved or touched) and join_twins(session, new):
        store_keys(session, list(key_rows(store.by_id(new))))
        return
    left = {item.key for item in store.component(moved)} - moved
    forget_keys(session, moved)
    renderings = list(store.by_id({*new, *moved}))
    changes = add(renderings, store, {*touched, *left} - moved)
    forget_ambiguities(session, changes.renderings)
    store_clusters(session, changes.clusters, store.rows)
    store_keys(session, list(key_rows(renderings)))


KeyRow = tuple[int, int, int]
"""Speaker, key, rendering."""
KEY_BITS = 2**31 - 1
"""So much of a key is stored: among the statements of one speaker, few others have the same."""
_KEY_ROW = ("speaker_id", "key", "rendering_id")


def key_rows(renderings: Iterable[model.Rendering]) -> Iterator[KeyRow]:
    """Yield under which keys renderings are found."""
    for rendering in renderings:
        speaker = int(rendering.speaker)
        own = stored_keys(rendering.folded, rendering.published, rendering.beside)
        for key in narrow(own):
            yield speaker, key, rendering.key


def narrow(keys: Iterable[int]) -> set[int]:
    """Return keys in the bits that are stored of them."""
    return {key & KEY_BITS for key in keys}


def store_keys(session: Session, rows: Sequence[KeyRow]) -> None:
    """Store the keys of renderings that have none yet."""
    insert_tuples(session, RenderingKey, _KEY_ROW, rows)


def forget_keys(session: Session, renderings: Collection[int]) -> None:
    """Let renderings (ids) be found by no keys.

    That is by those which their words, days and neighbours have now, so call it before these
    change. They are the keys of the speaker whose quote they stand in.
    """
    owners = {row.id: row.speaker_id for row in found(session, _owners(), renderings)}
    rows = [
        (owners[rendering], key, rendering)
        for _, key, rendering in key_rows(StoredRenderings(session).by_id(owners.keys()))
    ]
    delete_tuples(session, RenderingKey, _KEY_ROW, rows)


class StoredRenderings(model.RenderingStore):
    """The normaliser's view of the stored renderings; identifiers are row ids.

    ``rows`` holds all that was read.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self.rows: dict[int, StoredRow] = {}

    @cached_property
    def meaning(self) -> Meaning | None:
        """How meanings are compared in this database, None where they are not."""
        return meaning(self._session)

    def candidates(self, speaker: str, keys: Collection[int]) -> Iterator[model.Rendering]:
        """Yield the renderings of ``speaker`` that share one of ``keys``, in order of ids."""
        given = {"speaker": int(speaker)}
        sharing = {row[0] for row in found(self._session, _sharing(), narrow(keys), given)}
        # Some had the key when they were another speaker's, or not these words.
        return (one for one in self.by_id(sharing) if one.speaker == speaker)

    def component(self, keys: Collection[int]) -> Iterator[model.Rendering]:
        """Yield all renderings of the components that hold ``keys``, in order of ids."""
        numbers = {row.component for row in found(self._session, _components(), keys)}
        yield from self._load(found(self._session, _members(), numbers))

    def judgements(self, keys: Collection[int]) -> Iterator[model.Judgement]:
        """Yield the standing judgements on statements that name one of ``keys``.

        Of several on one pair the latest counts.
        """
        latest: dict[tuple[bool, frozenset[int]], tuple[int, model.Judgement]] = {}
        for number, kind, value, one, other in found(self._session, _verdicts(), keys):
            if one is not None and other is not None:
                verdict = model.Judgement(one, other, _verdict(kind, value), number)
                pair = kind == "meaning", frozenset((one, other))
                if pair not in latest or latest[pair][0] < number:
                    latest[pair] = number, verdict
        yield from (verdict for _, verdict in latest.values())
        yield from self._canonical(keys)

    def _canonical(self, keys: Collection[int]) -> Iterator[model.Judgement]:
        for number, key in found(self._session, _chosen(), keys):
            yield model.Judgement(key, key, "canonical", number)

    def judged(self) -> set[int]:
        """Return the renderings that a standing judgement on statements names."""
        query = (
            select(JudgementPlace.rendering_id)
            .join(Judgement, Judgement.id == JudgementPlace.judgement_id)
            .where(Judgement.kind.in_(("same", "different", "canonical", "meaning")), stands())
        )
        found = self._session.scalars(query.where(JudgementPlace.rendering_id.is_not(None)))
        return {key for key in found if key is not None}

    def by_id(self, ids: Collection[int]) -> Iterator[model.Rendering]:
        """Yield the renderings with these ids that count to a speaker, in order of ids."""
        return self._load(found(self._session, _by_id(), ids))

    def _load(self, found: Iterable[Any]) -> Iterator[model.Rendering]:
        for row in map(StoredRow._make, found):
            self.rows[row.key] = row
            yield as_rendering(row)


def _verdict(kind: str, value: str | None) -> model.Verdict:
    if kind == "meaning":
        return "changed" if value == "changed" else "unchanged"
    return "same" if kind == "same" else "different"


@cache
def _sharing() -> Select[*tuple[Any, ...]]:
    keys = select(RenderingKey.rendering_id).where(RenderingKey.speaker_id == bindparam("speaker"))
    return keys.where(among(RenderingKey.key)).distinct()


@cache
def _owners() -> Select[*tuple[Any, ...]]:
    return (
        select(Rendering.id, Quote.speaker_id)
        .join(Variant, Variant.id == Rendering.variant_id)
        .join(Quote, Quote.id == Variant.quote_id)
        .where(among(Rendering.id))
    )


@cache
def _verdicts() -> Select[*tuple[Any, ...]]:
    left, right = aliased(JudgementPlace), aliased(JudgementPlace)
    named = select(JudgementPlace.judgement_id).where(among(JudgementPlace.rendering_id))
    return (
        select(Judgement.id, Judgement.kind, Judgement.value, left.rendering_id, right.rendering_id)
        .join(left, (left.judgement_id == Judgement.id) & (left.anchor == 0))
        .join(right, (right.judgement_id == Judgement.id) & (right.anchor == 1))
        .where(Judgement.id.in_(named), stands())
        .where(or_(among(left.rendering_id), among(right.rendering_id)))
        .order_by(Judgement.id)
    )


@cache
def _chosen() -> Select[*tuple[Any, ...]]:
    return (
        select(Judgement.id, JudgementPlace.rendering_id)
        .join(JudgementPlace, JudgementPlace.judgement_id == Judgement.id)
        .where(Judgement.kind == "canonical", among(JudgementPlace.rendering_id), stands())
    )


@cache
def _components() -> Select[*tuple[Any, ...]]:
    return (
        select(Quote.component)
        .join(Variant, Variant.quote_id == Quote.id)
        .join(Rendering, Rendering.variant_id == Variant.id)
        .where(among(Rendering.id))
        .distinct()
    )


@cache
def _members() -> Select[*tuple[Any, ...]]:
    held = stored_rows().join(Quote, Quote.id == Variant.quote_id)
    return held.where(among(Quote.component)).order_by(Rendering.id)


@cache
def _by_id() -> Select[*tuple[Any, ...]]:
    return stored_rows().where(among(Rendering.id)).order_by(Rendering.id)

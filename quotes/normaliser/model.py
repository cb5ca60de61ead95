"""What goes into the normaliser, what comes out, and what it asks of whoever stores renderings.

The unit of work is the *component*: renderings joined, directly or through others, by links
(pairs that look like the same statement) or by a person's "same". Whether two renderings are
linked depends on these two alone, so a new rendering can change the components that it links to
and no other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import blake2b
from typing import Literal, NamedTuple, Protocol

from quotes.normaliser.fold import capitals, fold
from quotes.normaliser.keys import Beside
from quotes.normaliser.semantic import Meaning
from quotes.records import Provenance, Relation


@dataclass(frozen=True)
class Rendering:
    """One printed statement, as the normaliser needs it.

    ``key`` is any unique number (a database id); it decides nothing but the very last ties.
    ``speaker``, ``outlet`` and ``article`` are any identifiers; those that do not depend on the
    order of arrival break ties the same way every time. ``start`` is where it stands in its article
    (any unit). ``before`` and ``after`` are the texts of the statements beside it there, whoever
    said them. ``confidence`` (0-1) says how sure it is who said it, ``provenance`` where the words
    of the article come from.
    """

    key: int
    speaker: str
    text: str
    published: date | None
    outlet: str | None
    article: str
    start: int = 0
    before: str | None = None
    after: str | None = None
    confidence: float = 1.0
    provenance: Provenance | None = None

    @cached_property
    def folded(self) -> str:
        """The text in its folded form, see ``fold``."""
        return fold(self.text)

    @cached_property
    def names(self) -> frozenset[str]:
        """The words that have a capital inside a sentence, in small letters."""
        return capitals(self.text)

    @cached_property
    def beside(self) -> Beside:
        """The texts before and behind it in their folded form."""
        return fold(self.before or ""), fold(self.after or "")


def fingerprint(folded: str) -> str:
    """Return the digest (32 hexadecimal digits) that tells the variants of a quote apart."""
    return blake2b(folded.encode(), digest_size=16).hexdigest()


Verdict = Literal["same", "different", "canonical", "changed", "unchanged"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's word on renderings (by key).

    Two are, or are not, the same statement; the meaning of the one is, or is not, another than that
    of the other; or the wording of one (``left`` and ``right``) is canonical. Of several on one
    thing that with the highest ``number`` counts.
    """

    left: int
    right: int
    verdict: Verdict
    number: int = 0


class Member(NamedTuple):
    """One rendering of a cluster: how it relates to the canonical wording, how like it is (0-1).

    ``wording`` is the fingerprint of the folded text: members that share it are one variant.
    """

    key: int
    relation: Relation
    score: float
    wording: str


class Cluster(NamedTuple):
    """One canonical quote.

    ``canonical`` is the key of the rendering whose wording stands for the quote; ``members`` holds
    it too, in ascending order of keys. ``component`` is the smallest key of the component that the
    cluster was cut from: clusters with the same number are reconsidered together. ``also`` holds
    the fragments that fit another cluster of the component, too: their keys and its ``canonical``.
    """

    component: int
    canonical: int
    members: tuple[Member, ...]
    also: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Update:
    """What a store has to write after an addition.

    ``renderings`` are the keys of all new renderings and of all stored ones whose components were
    touched; ``clusters`` partition exactly these. Whatever clusters these renderings belonged to
    before are gone: every one of them lies wholly inside ``renderings``.
    """

    renderings: frozenset[int]
    clusters: tuple[Cluster, ...]


class RenderingStore(Protocol):
    """Looks up stored renderings; the new ones of the same addition must not be among them."""

    @property
    def meaning(self) -> Meaning | None:
        """How meanings are compared, None where they are not."""

    def candidates(self, speaker: str, keys: Collection[int]) -> Iterable[Rendering]:
        """Return the renderings of ``speaker`` that share one of ``keys``.

        A rendering is found under ``stored_keys`` of its folded text, day and what stands beside
        it, which the store writes down with it; ``keys`` are made by ``sought_keys``, for many new
        renderings at a time.
        """

    def component(self, keys: Collection[int]) -> Iterable[Rendering]:
        """Return all renderings of the components (``Cluster.component``) that hold ``keys``."""

    def judgements(self, keys: Collection[int]) -> Iterable[Judgement]:
        """Return the standing judgements that name at least one of ``keys``."""

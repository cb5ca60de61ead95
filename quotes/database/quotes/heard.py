"""Voices as the normaliser knows them, read once however often they are asked about."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Select, case, select
from sqlalchemy.orm import Session, aliased

from quotes.database.engine.bulk import among, found, update_tuples
from quotes.database.engine.models import Speaker, Voice, VoiceKey
from quotes.normaliser import echo
from quotes.normaliser.compare import Wording
from quotes.normaliser.fold import capitals, fold

_HOLDERS = select(VoiceKey.key, VoiceKey.voice_id).where(among(VoiceKey.key))


class Heard:
    """The stored voices, and who may echo whom; ids are those of voices.

    For one decision: nobody else may add voices, or take them away, while it is in use.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._voices: dict[int, echo.Voice] = {}
        self._stored: dict[int, echo.Answer] = {}
        self._numbers: dict[str, int] = {}
        self._sought: dict[int, set[int]] = {}
        self._holders: dict[int, list[int]] = {}

    def voices(self, ids: Iterable[int]) -> dict[int, echo.Voice]:
        """Return voices by their ids.

        Of anonymous ones nobody knows whether they are as many people: they count as one article's.
        """
        wanted = sorted(ids)
        for row in found(self._session, _stored(), [key for key in wanted if key not in self]):
            self._numbers[row.slug] = row.speaker_id
            self._numbers[row.answer] = row.counts_to
            self._stored[row.id] = echo.Answer(row.answer, row.disputed)
            self._voices[row.id] = echo.Voice(
                speaker=row.slug,
                standing=row.standing,
                wording=Wording(fold(row.text)),
                published=row.published,
                articles=row.articles,
                inner=echo.inner_words(row.text),
                names=capitals(row.text),
                answer=row.answer,
            )
        return {key: self._voices[key] for key in wanted if key in self}

    def __contains__(self, key: int) -> bool:
        return key in self._voices

    def near(self, ids: Iterable[int]) -> set[int]:
        """Return the voices that share a key with one of these while it holds, themselves too."""
        wanted = self.voices(ids)
        for key in wanted.keys() - self._sought.keys():
            voice = wanted[key]
            self._sought[key] = echo.sought_echo_keys(voice.wording.folded, voice.published)
        sought = set[int]().union(*(self._sought[key] for key in wanted))
        unknown = sought - self._holders.keys()
        self._holders.update((key, []) for key in unknown)
        for row in found(self._session, _HOLDERS, unknown):
            self._holders[row.key].append(row.voice_id)
        return {holder for key in sought for holder in self._holders[key]}

    def answers(self, asked: Collection[int]) -> dict[int, echo.Answer]:
        """Return whom each of the voices ``asked`` counts to by what all articles say.

        All that may be echoed by unsure ones and are sure have to be decided before.
        """
        voices = self.voices(self.near(asked) | {*asked})
        return {
            key: echo.counts_to(voices[key], [voices[one] for one in sorted(self._around(key))])
            for key in asked
        }

    def _around(self, key: int) -> set[int]:
        return {one for at in self._sought[key] for one in self._holders[at]} - {key}

    def write(self, answers: Mapping[int, echo.Answer]) -> set[int]:
        """Store whom voices count to; return those that count to another speaker than before."""
        changed = {key: one for key, one in answers.items() if one != self._stored[key]}
        moved = {key for key, one in changed.items() if one.speaker != self._stored[key].speaker}
        rows = [(self._numbers[one.speaker], one.disputed, key) for key, one in changed.items()]
        update_tuples(self._session, Voice, ("counts_to", "disputed"), rows)
        self._stored |= changed
        for key in moved:
            self._voices[key] = dataclasses.replace(self._voices[key], answer=changed[key].speaker)
        return moved


@cache
def _stored() -> Select[*tuple[Any, ...]]:
    decided = aliased(Speaker)
    return (
        select(
            Voice.id,
            Voice.speaker_id,
            Speaker.slug,
            Voice.standing,
            Voice.text,
            Voice.published,
            case((Speaker.type == "anonymous", 1), else_=Voice.articles).label("articles"),
            Voice.counts_to,
            decided.slug.label("answer"),
            Voice.disputed,
        )
        .join(Speaker, Speaker.id == Voice.speaker_id)
        .join(decided, decided.id == Voice.counts_to)
        .where(among(Voice.id))
        .order_by(Voice.id)
    )

"""Resolves the mentions of one article to speakers."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from quotes.lexicon import COURTESY
from quotes.records import Article, Evidence, Quotation, Span, Speaker, SpeakerType
from quotes.speakers.cast import Cast, Entity
from quotes.speakers.descriptions import Description, describe
from quotes.speakers.folding import fold, slugify, strip_possessive
from quotes.speakers.mentions import Reading, read
from quotes.speakers.nouns import VAGUE
from quotes.speakers.registry import Registry
from quotes.speakers.salience import PRONOUN_GENDER, Mention, Salience

CONFIDENCE = {
    "full-name": 0.98,
    "surname": 0.97,
    "first-name": 0.93,
    "apposition": 0.96,
    "role-introduced": 0.9,
    "role-by-date": 0.95,
    "relative": 0.85,
    "organisation": 0.95,
    "group": 0.9,
    "anonymous": 0.9,
    "epithet": 0.55,
    "previous": 0.7,
}
"""The share of right answers of each rule, measured on labelled articles with given mentions."""

_ARTICLE_WORD = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_ON_BEHALF = re.compile(
    r"(?P<of>.*?)\s*(?:spokes(?:man|woman|person|men|women|people)|representative|lawyer|attorney)"
    r"s?\b(?:\s(?:for|of)\s(?P<after>[^,;.]+))?",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"(?:(?:[Tt]he|[Ss]ome|[Mm]any|[Ss]everal|[Tt]wo|[Tt]hree|[Oo]ther|[Tt]hese|[Tt]hose)\s)?"
    r"(?:[A-Z][\w.]*\s|\w+(?:an|al|ic|ior|se|ish|ian)\s){0,3}"
    r"(?:officials|leaders|lawmakers|protesters|demonstrators|activists|republicans|democrats|"
    r"Republicans|Democrats|senators|governors|aides|sources|supporters|critics|experts|analysts|"
    r"diplomats|ministers|advisers|advisors|scientists|researchers|prosecutors|investigators|"
    r"economists|organizers|authorities|lawyers|residents|voters|workers|parents|students|police)\b"
)


class DocumentSpeakers:
    """The people, bodies and groups of one article, and who is meant by which mention.

    ``quotations`` are those of the article: what stands inside them is another's words and says
    nothing about whom the reporter means.
    """

    def __init__(
        self, article: Article, registry: Registry, quotations: Iterable[Quotation] = ()
    ) -> None:
        self._article = article
        self._registry = registry
        self._cast = Cast(article.body, registry, article.published)
        quoted = sorted((q.start, q.end) for q in quotations if q.parent is None)
        self._salience = Salience(article.body, self._cast, quoted)
        self._hash = article.content_hash[:8]

    def resolve(self, mention: Span, at: int, *, previous: Speaker | None = None) -> Speaker | None:
        """Return the speaker whom a mention names, or None where the article does not tell.

        ``at`` is the offset of the quotation that is attributed; ``previous`` the speaker of the
        quotation before it, who is the likelier bearer of a pronoun.
        """
        reading = read(mention, self._article.body, self._cast)
        last = self._entity_of(previous)
        if reading.sort == "singular":
            return self._pronoun(mention, last)
        if reading.sort == "plural":
            return self._plural(mention, previous)
        if reading.sort == "relative":
            return self._relative(mention, reading, last)
        if reading.sort == "names":
            return self._named(mention, reading)
        if reading.sort == "person":
            return self._described(mention, reading, last)
        if reading.sort == "group":
            return self._group(mention, reading)
        if reading.sort == "body":
            return self._body(mention, reading)
        if reading.sort == "text":
            return self._text(mention, reading, previous)
        return self._other(mention, reading, last)

    # --- names

    def _named(self, mention: Span, reading: Reading) -> Speaker | None:
        if len(reading.names) > 1:
            joint = " and ".join(
                dict.fromkeys(self._display(self._cast.entity_of[i]) for i in reading.names)
            )
            return self._make(joint, "group", "group", mention)
        index = reading.names[0]
        name, entity = self._cast.names[index], self._cast.entity_of[index]
        folded = fold(name.text)
        if self._registry.is_demonym(folded) and name.title is None and not entity.known:
            return self._people(mention, reading, folded)
        rule = "full-name" if index in entity.full[:1] or " " in name.text else "surname"
        if rule == "surname" and entity.words[:1] == (folded,) and len(entity.words) > 1:
            rule = "first-name"
        if name.end <= mention.start or mention.start < name.title_start - 3:
            rule = "apposition" if entity.type in ("person", None) else rule
        return self._speaker(entity, rule, mention, title=self._title(index, mention))

    def _people(self, mention: Span, reading: Reading, folded: str) -> Speaker | None:
        """Resolve "the American" (one person) and "the Americans" (a group)."""
        if folded.endswith("s") and not folded.endswith("ss"):
            return self._make(mention.text, "group", "group", mention)
        country = self._registry.place(folded)
        query = Description("person", frozenset({f"@{country}"}))
        return self._best_fit([query], mention, None) or self._make(
            mention.text, "anonymous", "anonymous", mention
        )

    def _title(self, index: int, mention: Span) -> str:
        """Return the words of the mention and of the name's title, to read a function from."""
        return f"{self._cast.names[index].title or ''} {mention.text}"

    # --- pronouns

    def _pronoun(self, mention: Span, last: Entity | None) -> Speaker | None:
        word = re.split(r"['’]", mention.text.lower().strip(" ,"))[0]
        choice = self._salience.pronoun(mention.start, PRONOUN_GENDER[word], last)
        if choice is None:
            return None
        confidence = round(1 / (1 + math.exp(-0.4 - 1.6 * choice.margin)), 2)
        return self._speaker(choice.entity, "pronoun", choice.mention, confidence=confidence)

    def _plural(self, mention: Span, previous: Speaker | None) -> Speaker | None:
        """Resolve "they" to the last group before it; else who spoke before, else a body."""
        body, start = self._article.body, max(0, mention.start - 900)
        groups = [
            match
            for match in _GROUP.finditer(body, start, mention.start)
            if not self._salience.is_quoted(match.start())
        ]
        if groups:
            found = groups[-1]
            span = Span(found.start(), found.end(), found.group())
            return self._make(found.group(), "group", "group", span, confidence=0.7)
        if previous and previous.type != "person":
            return previous
        for index in reversed(self._cast.between(start, mention.start)):
            entity = self._cast.entity_of[index]
            if entity.type == "organisation" and not self._salience.is_quoted(
                self._cast.names[index].start
            ):
                return self._speaker(entity, "organisation", mention, confidence=0.5)
        return None

    def _relative(self, mention: Span, reading: Reading, last: Entity | None) -> Speaker | None:
        """Resolve "who", "which", "it" to the nearest fitting name before it."""
        word = mention.text.lower().strip(" ,")
        wants_person = word in ("who", "whom", "whose")
        for index in reversed(self._cast.between(max(0, mention.start - 600), mention.start)):
            name, entity = self._cast.names[index], self._cast.entity_of[index]
            if self._salience.is_quoted(name.start):
                continue
            if entity.may_be_person if wants_person else entity.type == "organisation":
                return self._speaker(entity, "relative", Span(name.start, name.end, name.text))
        return None

    # --- descriptions

    def _described(self, mention: Span, reading: Reading, last: Entity | None) -> Speaker | None:
        queries = describe(mention.text, self._registry.place)
        if reading.definite:
            found = self._best_fit(queries, mention, last)
            if found or (queries and self._is_office(queries)):
                return found or self._by_date(queries, mention)
        if reading.noun in VAGUE or not reading.definite:
            return self._anonymous(mention, reading)
        choice = self._salience.choose(mention.start, queries[0].gender if queries else None, last)
        if choice and self._salience.same_paragraph(choice.mention.offset, mention.start):
            return self._speaker(choice.entity, "epithet", choice.mention)
        return self._anonymous(mention, reading)

    def _best_fit(
        self, queries: list[Description], mention: Span, last: Entity | None
    ) -> Speaker | None:
        """Return the person of the article who fits the descriptions best and is most in mind."""
        best: tuple[float, Entity] | None = None
        for entity in self._cast.entities:
            if not entity.may_be_person or not entity.descriptions:
                continue
            score = sum(entity.fits(query) for query in queries)
            if score <= 0.3:
                continue
            distance = self._salience.distance(entity, mention.start)
            score += 0.5 * math.exp(-distance / 800) + 0.1 * math.log1p(len(entity.mentions))
            score += 0.2 if entity is last else 0.0
            if best is None or score > best[0]:
                best = (score, entity)
        return self._speaker(best[1], "role-introduced", mention) if best else None

    def _is_office(self, queries: list[Description]) -> bool:
        return any(self._registry.holders(query, None) for query in queries)

    def _by_date(self, queries: list[Description], mention: Span) -> Speaker | None:
        """Return who held the office when the article was published, if that is one person."""
        for query in queries:
            holders = self._registry.holders(query, self._article.published)
            if len(holders) == 1:
                known = holders[0]
                return Speaker(
                    known.slug, known.name, known.type, False, "role-by-date",
                    CONFIDENCE["role-by-date"], self._evidence(mention),
                )  # fmt: skip
        return None

    # --- groups, bodies, texts, the anonymous

    def _anonymous(self, mention: Span, reading: Reading) -> Speaker:
        return self._make(reading.phrase, "anonymous", "anonymous", mention)

    def _group(self, mention: Span, reading: Reading) -> Speaker:
        if reading.noun in VAGUE:
            return self._anonymous(mention, reading)
        return self._make(reading.phrase, "group", "group", mention)

    def _body(self, mention: Span, reading: Reading) -> Speaker:
        """Resolve "the commission" to the body of that kind named last, else to itself."""
        bare = _ARTICLE_WORD.sub("", reading.phrase).lower()
        if bare == reading.noun:
            for index in reversed(self._cast.between(0, mention.start)[-200:]):
                entity = self._cast.entity_of[index]
                if len(entity.words) > 1 and reading.noun in entity.words:
                    return self._speaker(entity, "organisation", mention, confidence=0.85)
        return self._make(reading.phrase, "organisation", "organisation", mention)

    def _text(self, mention: Span, reading: Reading, previous: Speaker | None) -> Speaker | None:
        """Resolve "a New York Times report" to who published it."""
        for index in self._cast.between(mention.start, mention.end):
            entity = self._cast.entity_of[index]
            return self._speaker(entity, "organisation", mention, confidence=0.7)
        return previous if previous and previous.type == "organisation" else None

    def _other(self, mention: Span, reading: Reading, last: Entity | None) -> Speaker | None:
        inside = self._cast.between(mention.start, mention.end)
        if inside:
            return self._speaker(self._cast.entity_of[inside[0]], "organisation", mention,
                                 confidence=0.5)  # fmt: skip
        if not reading.noun or reading.noun.isalpha() and reading.phrase.lower() == reading.noun:
            choice = self._salience.choose(mention.start, None, last)
            return self._speaker(choice.entity, "epithet", choice.mention) if choice else None
        return self._make(reading.phrase, "organisation", "organisation", mention, confidence=0.5)

    # --- making records

    def _entity_of(self, speaker: Speaker | None) -> Entity | None:
        if speaker is None or speaker.type != "person":
            return None
        return next(
            (one for one in self._cast.entities if slugify(self._display(one)) == speaker.slug
             or (one.known and one.known.slug == speaker.slug)), None
        )  # fmt: skip

    def _display(self, entity: Entity) -> str:
        if entity.known:
            return entity.known.name
        name = strip_possessive(entity.name)
        return name.title() if name.isupper() and len(name) > 5 else name

    def _speaker(
        self,
        entity: Entity,
        rule: str,
        mention: Span | Mention,
        *,
        title: str = "",
        confidence: float | None = None,
    ) -> Speaker:
        kind: SpeakerType = entity.known.type if entity.known else "person"
        if not entity.known and entity.type in ("organisation", "place", "group"):
            kind = "organisation"
        name = self._display(entity)
        slug = entity.known.slug if entity.known else slugify(name)
        return Speaker(
            slug,
            name,
            kind,
            entity.known is None,
            rule,
            CONFIDENCE.get(rule, 0.8) if confidence is None else confidence,
            self._evidence(mention, entity),
            _on_behalf_of(title),
        )

    def _make(
        self, phrase: str, kind: SpeakerType, rule: str, span: Span, confidence: float | None = None
    ) -> Speaker:
        """Make a provisional speaker of a phrase; the anonymous are told apart by the article."""
        name = strip_possessive(" ".join(phrase.split()))[:100].strip(" ,;:")
        bare = _ARTICLE_WORD.sub("", name)
        known = self._registry.named(bare)
        if known and kind != "anonymous":
            return Speaker(known.slug, known.name, known.type, False, rule, CONFIDENCE[rule],
                           self._evidence(span))  # fmt: skip
        slug = slugify(bare)
        if kind == "anonymous":
            slug = f"anonymous-{self._hash}-{slug[:40].strip('-')}"
        elif kind == "organisation":
            name = bare
        return Speaker(slug, name, kind, True, rule,
                       CONFIDENCE[rule] if confidence is None else confidence,
                       self._evidence(span), _on_behalf_of(phrase))  # fmt: skip

    def _evidence(
        self, mention: Span | Mention, entity: Entity | None = None
    ) -> tuple[Evidence, ...]:
        start = mention.offset if isinstance(mention, Mention) else mention.start
        found = [Evidence("mention", start, mention.end, self._article.body[start : mention.end])]
        if entity and entity.full:
            name = self._cast.names[entity.full[0]]
            if name.start != start:
                found.append(Evidence("name", name.start, name.end, name.text))
        return tuple(found)


def _on_behalf_of(text: str) -> str | None:
    """Return whom a spokesperson speaks for ("a spokeswoman for the ministry")."""
    match = _ON_BEHALF.search(text)
    if not match:
        return None
    principal = match["after"] or match["of"]
    words = [word for word in principal.split() if fold(word) not in COURTESY]
    while words and words[0].lower() in (
        "a",
        "an",
        "the",
        "his",
        "her",
        "their",
        "chief",
        "former",
    ):
        words.pop(0)
    return strip_possessive(" ".join(words)).strip(" ,") or None

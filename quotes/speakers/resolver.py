"""Resolves the mentions of one article to speakers."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable

from quotes.english.document import Document
from quotes.english.folding import fold
from quotes.english.lexicon import BODIES, tagged
from quotes.english.nouns import gender_of, gender_of_pronoun
from quotes.english.segmentation import Stretches
from quotes.records import Article, Evidence, Gender, Quotation, Span, Speaker
from quotes.speakers.cast import Cast
from quotes.speakers.collectives import Collectives
from quotes.speakers.coreference import Coreference
from quotes.speakers.described import SOME, Descriptions
from quotes.speakers.entity import IMPERSONAL, Entity
from quotes.speakers.making import CHANCE_SURNAME, CONFIDENCE, Maker
from quotes.speakers.mentions import Reading, read
from quotes.speakers.opinion import SecondOpinion
from quotes.speakers.persons import Persons
from quotes.speakers.pronouns import Pronouns, first_word
from quotes.speakers.registry import Registry
from quotes.speakers.salience import Salience
from quotes.speakers.texts import INSCRIBED, Texts, origin
from quotes.speakers.undecided import candidates, office_holders

_VOICES = tagged("many-voiced")
_GOES_ON = 600  # characters over which somebody nameless is "he"
_FIRST_PERSON = re.compile(r"I|(?i:we)")
_HANDLE = r"(?P<name>@\w{2,})"
_ACCOUNT = re.compile(rf"(?<!\w){_HANDLE}\Z")
_ACCOUNT_BEHIND = re.compile(rf"\s{_HANDLE}")
_DETERMINED = re.compile(rf"the\s|{SOME}", re.IGNORECASE)
_INDEFINITE = re.compile(SOME, re.IGNORECASE)


class Resolver:
    """The people, bodies and groups of one article, and who is meant by which mention.

    Offsets are those of the ``document``; ``article`` gives date, byline and hash. ``quotations``
    are those of the article: what stands inside them is another's words and says nothing about
    whom the reporter means. ``coreference`` (None: nobody) is asked about mentions
    that the rules of salience leave ambiguous.
    """

    def __init__(
        self,
        document: Document,
        article: Article,
        registry: Registry,
        quotations: Iterable[Quotation] = (),
        coreference: Coreference | None = None,
    ) -> None:
        self._document = document
        self._article = article
        self._registry = registry
        quoted = Stretches(sorted((q.start, q.end) for q in quotations if q.parent is None))
        self._quoted = quoted
        self._cast = Cast(document, registry, article.published)
        self._descriptions = Descriptions(document, quoted, self._cast, registry)
        self._salience = Salience(document, quoted, self._cast, self._descriptions)
        self._make = Maker(article, registry, self._cast)
        self._pronouns = Pronouns(document, quoted, self._cast, self._salience, self._make)
        self._persons = Persons(
            document, quoted, registry, self._cast, self._descriptions, self._salience, self._make
        )
        self._collectives = Collectives(document, quoted, self._cast, self._salience, self._make)
        self._texts = Texts(document, quoted)
        self._second = coreference and SecondOpinion(document, self._cast, self._make, coreference)
        self._resolved: dict[tuple[int, int], Speaker | None] = {}
        self._by_slug = {
            self._make.slug(entity): entity
            for entity in reversed(self._cast.entities)
            if entity.may_be_person
        }

    def resolve(
        self,
        mention: Span,
        quotation: Span | Quotation,
        *,
        previous: Speaker | None = None,
        outer: Speaker | None = None,
    ) -> Speaker | None:
        """Return the speaker whom a mention names, or None where the article does not tell.

        ``quotation`` is what is attributed: whom it names is hardly its speaker. ``previous`` is
        the speaker of the quotation before it, who is the likelier bearer of a pronoun; ``outer``
        that of the one around it, who is "I" there. The same words mean the same person, whatever
        they are asked about later.
        """
        if outer and self._quoted.holds(mention.start) and _FIRST_PERSON.fullmatch(mention.text):
            return dataclasses.replace(outer, rule="pronoun")
        place = (mention.start, mention.end)
        if place not in self._resolved:
            self._resolved[place] = self._resolve(mention, quotation, previous)
        return self._resolved[place]

    def _resolve(
        self, mention: Span, quotation: Span | Quotation, previous: Speaker | None
    ) -> Speaker | None:
        reading = read(mention, self._document.text, self._cast)
        account = None if reading.names else self._account(mention)
        if account:
            return account
        last = self._by_slug.get(previous.slug) if previous else None
        match reading.sort:
            case "singular":
                return self._singular(mention, quotation, previous, last)
            case "names":
                return self._named(mention, reading)
            case "person":
                first = self._persons.described(mention, reading, last)
                return self._second.on(mention, None, first) if self._second else first
            case "plural":
                one = self._pronouns.they(mention)
                if one is not None:
                    return self.resolve(one, quotation, previous=previous)
                return self._collectives.plural(mention, previous)
            case "relative":
                return self._collectives.relative(mention)
            case "neuter":
                return self._neuter(mention, quotation, previous)
            case "group":
                return self._collectives.group(mention, reading)
            case "body":
                return self._collectives.body(mention, reading)
            case "first":
                return self._author(mention)
        return self._thing(mention, reading, quotation, previous)

    def _singular(
        self,
        mention: Span,
        quotation: Span | Quotation,
        previous: Speaker | None,
        last: Entity | None,
    ) -> Speaker | None:
        """Resolve "he", "she" to who spoke before in the sentence, else to who is most in mind."""
        gender = gender_of_pronoun(first_word(mention))
        if previous and self._goes_on(previous, mention, gender):
            return dataclasses.replace(previous, rule="pronoun")
        first = self._pronouns.resolve(mention, gender, quotation, last)
        return self._second.on(mention, gender, first) if self._second else first

    def _goes_on(self, previous: Speaker, mention: Span, gender: Gender) -> bool:
        """Tell whether a pronoun means who spoke before it, whom the article does not name.

        "The defendant said it was “late”, but he called it “worth it.”" Who is named in between
        is another.
        """
        spoke, known = previous.evidence[0], self._registry.named(previous.name)
        if previous.slug in self._by_slug or previous.type not in ("anonymous", "person"):
            return False
        if spoke.end > mention.start or self._document.paragraphs_between(
            spoke.start, mention.start
        ):
            return False
        words = fold(spoke.text).split()
        if (known.gender if known else gender_of(words)) not in (gender, None):
            return False
        people = (
            index
            for index in self._cast.between(spoke.start, mention.start)
            if self._cast.entity_of[index].may_be_person
            and not self._quoted.holds(self._cast.names[index].start)
        )
        singular = read(Span(spoke.start, spoke.end, spoke.text), self._document.text, self._cast)
        return singular.sort == "person" and next(people, None) is None

    def _account(self, mention: Span) -> Speaker | None:
        """Return the speaker for "@harbour_watch" or "a user @harbour_watch", if that is meant."""
        found = _ACCOUNT.search(mention.text) or _ACCOUNT_BEHIND.match(
            self._document.text, mention.end
        )
        chance = CONFIDENCE["single-name"]
        return self._make.of_phrase(found["name"], "person", mention, chance) if found else None

    def _neuter(
        self, mention: Span, quotation: Span | Quotation, previous: Speaker | None
    ) -> Speaker | None:
        """Resolve "it" to a body, or to whose the text is that it means."""
        text = self._texts.read(mention)
        found = None
        if text is None:
            text = self._texts.subject(mention.start)
            found = self._collectives.neuter(mention, previous, text)
        if found is None and text is not None:
            return self.resolve(text, quotation, previous=previous)
        return found

    def candidates(self, mention: Span, speaker: Speaker | None) -> tuple[Evidence, ...]:
        """Return the known people between whom a mention, resolved to ``speaker``, leaves it open.

        Those are the holders of an office that nobody was found for, and the bearers of a bare
        surname that nobody of the article has.
        """
        if speaker:
            is_bare = speaker.provisional and speaker.rule == "surname-known"
            people = self._registry.surnamed(fold(speaker.name)) if is_bare else []
            return candidates(mention, people) if len(people) > 1 else ()
        reading = read(mention, self._document.text, self._cast)
        if reading.sort != "person" or not reading.definite:
            return ()
        on, country = self._article.published, self._descriptions.country_before(mention.start)
        return candidates(mention, office_holders(mention, self._registry, on, country))

    def _named(self, mention: Span, reading: Reading) -> Speaker | None:
        entities = [self._cast.entity_of[index] for index in reading.names]
        if len(entities) > 1:
            *others, last = dict.fromkeys(self._make.display(one) for one in entities)
            comma = " and " if any(" and " in one for one in others) else ", "
            joint = f"{comma.join(others)} and {last}" if others else last
            return self._make.of_phrase(joint, "group", mention)
        index, entity = reading.names[0], entities[0]
        name = self._cast.names[index]
        folded = fold(name.text)
        home = self._persons.home(folded) if not name.title and not entity.known else None
        alone = entity.words == (folded,) or _DETERMINED.match(mention.text)  # no Mark Cuban
        if home and alone:
            return self._persons.compatriot(mention, folded, home)
        beside = _INDEFINITE.fullmatch(mention.text[: max(0, name.start - mention.start)])
        if beside and not reading.apposed and len(entity.words) == 1 and not entity.known:
            return self._make.of_phrase(reading.phrase, "anonymous", mention)
        if reading.apposed:
            is_body = entity.type is None and reading.noun in BODIES
            rule = "organisation" if is_body else "apposition"
        elif entity.type in IMPERSONAL:
            rule = "organisation"
        elif self._cast.is_full_name(index) or (entity.known and len(entity.words) == 1):
            rule = "full-name"
        elif len(entity.words) == 1:
            rule = "single-name"
        elif not entity.full:
            rule = "surname-known"
            if entity.known and not self._registry.goes_by_surname(
                entity.known, self._article.published
            ):
                return self._make.of_entity(entity, rule, mention, CHANCE_SURNAME)
        else:
            rule = "first-name" if entity.words[0] == folded else "surname"
        return self._make.of_entity(entity, rule, mention)

    def _author(self, mention: Span) -> Speaker | None:
        """Resolve "I" in the reporter's own text to the byline."""
        byline = re.sub(r"^by\s+", "", self._article.byline or "", flags=re.IGNORECASE).strip()
        if not byline or self._quoted.holds(mention.start):
            return None
        known = self._registry.named(byline)
        if known:
            return self._make.of_known(known, "author", mention)
        return self._make.of_author(byline, mention)

    def _thing(
        self,
        mention: Span,
        reading: Reading,
        quotation: Span | Quotation,
        previous: Speaker | None,
    ) -> Speaker | None:
        """Resolve a text or another thing to whose it is: "Obama's speech", "the statement"."""
        source = origin(mention)
        if source and source.text != mention.text:
            owner = self.resolve(source, quotation, previous=previous)
            return owner and dataclasses.replace(owner, confidence=0.8 * owner.confidence)
        if reading.sort == "text":
            issuer = self._texts.issuer(mention, reading.noun)
            speaker = issuer and self.resolve(issuer, quotation, previous=previous)
            of_many = reading.noun in _VOICES or reading.noun in INSCRIBED
            speaker = speaker or (
                self._collectives.crowd(mention)
                if of_many
                else self._collectives.publisher(mention, reading)
            )
            if speaker is None and reading.noun in _VOICES:
                chance = CONFIDENCE["context"]
                return self._make.of_phrase("the crowd", "group", mention, confidence=chance)
            return speaker or self._make.of_document(reading.phrase, mention)
        inside = self._cast.between(mention.start, mention.end)
        if inside and reading.phrase[:1].isupper():
            entity = self._cast.entity_of[inside[0]]
            rule = "context" if entity.type == "person" else "organisation"  # "Roe heckles fans"
            return self._make.of_entity(entity, rule, mention, CONFIDENCE["context"])
        if not reading.definite:
            return self._make.of_document(reading.phrase, mention)
        last = self._by_slug.get(previous.slug) if previous else None
        choice = self._salience.choose(mention.start, None, last)
        if choice and choice.entity.type == "person" and self._persons.is_near(choice, mention):
            return self._make.of_entity(choice.entity, "context", choice.basis)
        return previous and dataclasses.replace(
            previous, rule="context", confidence=CONFIDENCE["context"]
        )

"""The words of English that the program knows: ``seeds/english``, every word once, with its tags.

Modules use the constants below, each of which is the set of words with some tags; the tags are
explained at the head of each file. A title, an abbreviation or a noun is added in one line there,
and every stage knows it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from quotes.english.patterns import alternatives
from quotes.errors import SeedError
from quotes.resources import folder, read_yaml

FILES = ("function_words", "people", "things", "calendar", "names")
"""The files of tagged words, without suffix."""

_IMPLIED = {"courtesy": ("title", "person"), "title": ("person",), "party": ("property",)}
_LIKE = "like:"
_NUMBER = "number:"


@cache
def tags() -> Mapping[str, frozenset[str]]:
    """Return the tags of every word (lower case).

    Raises SeedError if a file is malformed or a word appears in two of them.
    """
    found: dict[str, frozenset[str]] = {}
    for name in FILES:
        path = folder("seeds") / "english" / f"{name}.yaml"
        table = read_yaml(path)
        if not isinstance(table, dict) or not all(isinstance(one, str) for one in table.values()):
            raise SeedError(f"{path}: must map every word to its tags; see seeds/README.md")
        if twice := sorted(table.keys() & found.keys()):
            raise SeedError(f"{path}: '{twice[0]}' is in another file of the folder, too")
        for word, own in table.items():
            given = own.split()
            found[word] = frozenset([*given, *(x for one in given for x in _IMPLIED.get(one, ()))])
    return found


@cache
def _by_tag() -> Mapping[str, frozenset[str]]:
    by_tag: dict[str, set[str]] = defaultdict(set)
    for word, own in tags().items():
        for tag in own:
            by_tag[tag].add(word)
    return {tag: frozenset(members) for tag, members in by_tag.items()}


def tagged(*any_tag: str) -> frozenset[str]:
    """Return the words that have any of these tags. Raises KeyError for a tag that no word has."""
    return frozenset().union(*(_by_tag()[tag] for tag in any_tag))


def any_of(*any_tag: str) -> str:
    """Return a regular expression (not a group) that matches any word with one of these tags."""
    return alternatives(tagged(*any_tag))


def capitalised(some: frozenset[str]) -> str:
    """Return a regular expression (not a group) for some words with a capital first letter."""
    return alternatives(frozenset(word.capitalize() for word in some))


def classes() -> Mapping[str, str]:
    """Return, for nouns that mean the same office or function as another one, that noun."""
    return {
        word: tag.removeprefix(_LIKE).replace("_", " ")
        for word, own in tags().items()
        for tag in own
        if tag.startswith(_LIKE)
    }


def month_numbers() -> Mapping[str, int]:
    """Return the months and their abbreviations (lower case), each with its number from 1 to 12."""
    return {
        word: int(tag.removeprefix(_NUMBER))
        for word, own in tags().items()
        for tag in own
        if tag.startswith(_NUMBER)
    }


def is_adverb(word: str) -> bool:
    """Tell whether a lower-case word may stand between a subject and its verb."""
    return word in ADVERBS or (len(word) > 4 and word.endswith("ly"))


# --- small words

DETERMINERS = tagged("determiner")
POSSESSIVES = tagged("possessive")
PERSONAL = tagged("personal")
RELATIVES = tagged("relative")
PRONOUNS = tagged("pronoun", "personal")
AUXILIARIES = tagged("auxiliary")
COPULAS = tagged("copula")
LEADS_TO = tagged("leads-to")
"""With "to" and a verb of speech behind them they are parts of one verb group."""
IRREGULAR_PAST = tagged("past")
ADVERBS = tagged("adverb")
PREPOSITIONS = tagged("preposition")
ATTACHING = tagged("attaching")
GOVERNING = tagged("governing")
CONJUNCTIONS = tagged("conjunction")
SUBORDINATORS = tagged("subordinator")
DISCOURSE = tagged("discourse")
PRONOUN_NAMES = tagged("pronoun-name")
"""Pronouns that are also Chinese surnames ("He Jianming")."""
INDEFINITE = tagged("indefinite")
BOUNDARY = tagged("boundary")
"""Words that end a noun phrase."""
TELL_ENGLISH = tagged("english")
"""Frequent words that are rare in the languages that share English's letters."""
EMPTY = tagged("empty")
FORMER = tagged("former")
MINOR = tagged("minor")
"""Words that keep a small letter inside a title or headline."""
OPENERS = tagged("opener")
"""Words that open a sentence with a capital and belong to no name."""
MODIFIERS = tagged("modifier")
"""Words in lower case that stand inside a function (“campaign manager”)."""

NUMBERS = tagged("number")
"""Words that tell how many: "two", "several", "hundreds"."""
VAGUE_NUMBER = re.compile(
    rf"(?:as many as|(?:more|fewer) than|at least|up to|{any_of('vague')})"
    rf" (?=\d|(?:{alternatives(NUMBERS)})\b|an? (?:dozen|hundred|thousand|few)\b)"
)
"""What stands before a number that is not exact: "about" forty, "at least" two."""

# --- people

COURTESY = tagged("courtesy")
"""Forms of address that say nothing about an office."""
TITLES = tagged("title")
"""Words, in lower case and without full stop, that close a title before a name."""
FUNCTIONS = tagged("person")
"""Nouns for one person; they also stand before a name ("carpenter John Smith")."""
PARTY_LABELS = tagged("party")
"""Party words that stand before a person's name as a title does."""
EPITHETS = tagged("epithet")
"""Adjectives that stand before a name with a capital."""
FEMALE_NOUNS = tagged("female")
MALE_NOUNS = tagged("male")
PLURAL_PEOPLE = tagged("people")
"""Plural nouns for people."""
GROUP_NOUNS = PLURAL_PEOPLE - INDEFINITE - PRONOUNS - DETERMINERS - frozenset({"percent"})
"""Those of them that name a group by themselves."""
SEVERAL = tagged("several")
"""Plurals that stand before names, too ("Senators Roe and Lind"), and mean no single one."""
COLLECTIVES = tagged("collective")
"""Singular nouns for several people."""
BARE_SOURCES = tagged("source")
"""Words that name a source without an article ("officials said")."""
ANONYMOUS = tagged("anonymous")
"""Nouns whose bearers stay anonymous when no name is given."""
BYSTANDERS = tagged("bystander")
"""Who meets the people of an article: no name for one of them, unless the article says so."""
STAND_ALONE = tagged("stands-alone")
"""Who stands alone for one or some of those spoken of ("with one calling it mad")."""
PLAIN = tagged("plain")
"""Nouns that say no more of somebody than gender and age."""
PROPERTIES = tagged("property")
LOCAL = tagged("local")
SURNAME_TITLES = tagged("surname")
HONOURS = tagged("honour")

# --- things

BODIES = tagged("body")
"""Nouns for a body that can speak."""
PLACE_BODIES = tagged("place-body")
"""Nouns for a place that acts through its government ("the city said")."""
BUSINESSES = tagged("business")
"""Nouns for a company."""
CIVIC_BODIES = tagged("civic")
"""Words that tell, in the name of a body, that it is no company."""
ORGANISATION_WORDS = tagged("ends-body")
"""Words that end the name of an organisation."""
OF_HEADS = tagged("before-of")
"""Words before which “of”, “for”, “on” goes on with the name of an organisation."""
AND_HEADS = tagged("before-and")
PLACE_WORDS = tagged("ends-place")
"""Words that end the name of a place."""
TEXTS = tagged("text")
"""Nouns for a text that is quoted instead of its author."""
PUBLISHED = tagged("published")
RECORDINGS = tagged("recording")
STATEMENTS = tagged("statement")
"""Nouns for what somebody says (“X's claim that …”)."""

# --- calendar and names

MONTHS = tagged("month")
"""Months and their abbreviations."""
DAYS = tagged("day")
TIME_WORDS = tagged("time", "month", "day")
RELATIVE_TIMES = tagged("relative-time")
FIRST_NAMES = tagged("given")
"""First names that are common words too: they may open a sentence and stay a name."""
NAMES_LIKE_ADVERBS = tagged("no-adverb")

ABBREVIATIONS = tagged("abbr")
"""Words that papers print with a full stop, which does not end the sentence."""

"""Closed word classes of English that the surface stage tells apart without a tagger."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


DETERMINERS = _set(
    "the a an this that these those some many several most all both another other no each every "
    "any such few one two three four five six seven eight nine ten dozens hundreds"
)
POSSESSIVES = _set("his her their its our my your whose")
PERSONAL = _set("he she they it we i you")
RELATIVES = _set("who which that whom whose")
PRONOUNS = PERSONAL | _set("who others another someone somebody everyone everybody both neither")
AUXILIARIES = _set(
    "has have had having is was are were be been being will would could should may might must can "
    "cannot did do does 'd ’d 's ’s to not n't never won't wouldn't don't didn't doesn't hasn't "
    "hadn't can't couldn't went goes going go gone wound ended came comes coming"
)
CATENATIVES = _set(
    "expected set scheduled slated due ready likely planning plans planned intends intended wants "
    "wanted continued continues appeared appears seemed seems began begins used proceeds proceeded "
    "quick eager happy glad able unable keen careful reluctant forced compelled free"
)
"""With "to" and a verb of speech behind them they are parts of one verb group."""
ADVERBS = _set(
    "also then later again once first further even still just often always soon now already "
    "both then-quickly today yesterday tomorrow tonight twice instead ever too all on long "
    "meanwhile thereby back quickly reportedly famously famously down up out"
)
PREPOSITIONS = _set(
    "of for at from in with by on to about against after before during under over between among "
    "into through without within across behind near since until toward towards upon amid "
    "alongside following regarding despite besides inside outside via per as like than"
)
ATTACHING = _set("of for at from in with to on against")
CONJUNCTIONS = _set("and or but nor yet so plus &")
SUBORDINATORS = _set(
    "because although though while when whenever where wherever if unless whereas whether as that "
    "which who whom whose since before after until once why how what whatever than lest"
)
COPULAS = _set("is was are were be been being am became become remains remained seems seemed")
IRREGULAR_PAST = _set(
    "took went came gave made left met got saw knew began held kept ran sat stood won lost rose "
    "fell flew drew broke chose drove led sent spent struck taught threw wore bought brought built "
    "caught felt fought found forgot grew heard hid let meant paid put quit rode sang sank sold "
    "shook slept sought spoke stole swore thought understood woke"
)
DISCOURSE = _set(
    "however moreover furthermore besides nevertheless nonetheless otherwise therefore thus hence "
    "perhaps maybe probably apparently overall instead meanwhile then still yet also later "
    "earlier afterwards finally indeed even only just so although while when whereas asked pressed "
    "speaking writing"
)
TIME_WORDS = _set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december today yesterday tomorrow tonight "
    "morning afternoon evening night week month year weekend earlier recently last moments "
    "minutes hours days weeks months years later ago"
)
ABBREVIATIONS = _set(
    "mr mrs ms dr prof sen rep gov gen col capt lt sgt maj adm st jr sr hon rev pres sec vs no jan "
    "feb mar apr jun jul aug sept sep oct nov dec inc corp co ltd"
)
TITLES = _set(
    "mr mrs ms dr prof sen rep gov gen col capt lt sgt maj adm rev president senator congressman "
    "congresswoman representative governor mayor secretary minister chancellor premier king queen "
    "prince princess pope general colonel captain lieutenant judge justice sir lord lady dame "
    "speaker ambassador professor doctor chairman chairwoman commissioner"
)
DASHES = _set("- – — ― -- ‒")
ENDINGS = _set(". ! ? …")


def is_adverb(word: str) -> bool:
    """Tell whether a lower-case word may stand between a subject and its verb."""
    return word in ADVERBS or (len(word) > 4 and word.endswith("ly"))

"""Every number that decides about merging, in one place.

They were set on labelled US political news of 2011, 2015 and 2016. News of 2017 and 2025 was looked
at, too, while the rules were designed, so figures on it are no independent check. All stand in the
middle of a range in which the figures hardly move, those about time apart.
Information is measured in bits, see ``words``.
"""

# --- how much two wordings have in common ----------------------------------------------------
PHRASE_BITS = 3.0
"""A function word inside a run of equal words tells this much: word order is telling, too."""
NEAR_WORTH = 0.7
"""Worth of a telling word that stands elsewhere, or whose counterpart only begins alike."""
COMMON_PREFIX = 5
"""Letters that two words share when they begin alike."""
SAME_EXTENT = 0.6
"""With less of it covered, the longer wording holds more than the shorter one."""

# --- how much they have to have in common ----------------------------------------------------
SHORT_PHRASE = 8.0
"""A run of equal words with less information than this fits anywhere."""
LONG_PHRASE = 56.0
"""A run of equal words with so much information: nobody says that twice in the same words."""
PHRASE_PER_DAY = 1.5
"""How much more a run has to tell for every day between two printings, up to a long phrase."""
NEAR_DAYS = 25
"""Printings no further apart meet through two telling words: later ones have to share so much
that they meet through a run of five."""
BITS_PER_PHRASE = 0.93
"""The information of words one by one, as a share of their information as a run."""
OVERHANG_PHRASE = 24.0
"""A run with so much information joins two wordings cut off at different places."""
PLAIN_WORDS = 4
"""Wordings with fewer words than this need their words of degree (“very”, “just”) to be told."""
STRICT = (15.0, 0.9)
"""Few bits in common, and the share of the shorter wording that has to be among them ..."""
LOOSE = (50.0, 0.55)
"""... and the same for many; between the two, on a straight line."""
LIGHT_WORDS = 6
"""Wordings that differ in words which tell nothing are one with so many equal words ..."""
LIGHT_BITS = 12.0
"""... that tell so much."""

# --- what stands beside the same statement in two articles -----------------------------------
CONTEXT_GAP = 150
"""A statement beside another begins or ends at most so many characters away.

Of two such statements in two articles, beside two that are one by themselves:
"""
CONTEXT_COVERAGE = 0.35
"""So much of the shorter wording has a counterpart ..."""
CONTEXT_BITS = 6.0
"""... which tells so much ..."""
SAME_MEANING = 0.6
"""... or, by the extra ``semantic``, such a cosine, whatever the words ..."""
CONTEXT_SHARED = 15.0
"""... and the statements beside the two have so much in common."""

# --- what one article says twice, and what it says once each ---------------------------------
FRAGMENT_PHRASE = 4.0
"""One telling word, or two light ones, may be taken out of a sentence of the same article ..."""
SENTENCE_WORDS = 4
"""... which has so many words."""
NAME_WORDS = 5
"""What somebody calls something (“a bridge to nowhere”) has no more words than this ..."""
CALLER_WORDS = 6
"""... and who calls it so stands among so many words before it."""
RIVAL_COVERAGE = 0.4
"""Wordings of one article that are less alike than this do not compete."""
REPEATED_PHRASE = 9.0
"""A fragment repeated in one article tells at least this much (and has two words) ..."""
REPEATED_RUN = 20.0
"""... one repeated with changes has a run of equal words that tells this much ..."""
REPEATED_COVERAGE = 0.9
"""... and so much of it has a counterpart."""
PART_OVERLAP = 0.2
"""Parts of one sentence share less than this of the words that they render."""

# --- whose statement it is, where two names stand over the same words ------------------------
SURE = 0.9
"""An article with at least this standing is sure whom it names."""
OUTSPOKEN = 0.1
"""A contradicting wording's confidence is higher by this much."""
ECHO_WHOLE = (3, 18.0)
"""The same words throughout are an echo with so many of them, telling so much as a run."""
ECHO_CONTAINED = (3, 15.0)
"""A part of a longer wording is an echo with so many words, telling so much."""
ECHO_REWORDED = 40.0
"""A reworded echo has a run of equal words that tells so much ..."""
ECHO_COVERAGE = 0.93
"""... and so much of it has a counterpart."""

COMMON_VOICES = 100
"""Words that so many voices have in some weeks, and more, are everybody's: a greeting, a slogan, a
form letter. They bring no two of them together, and each counts to the speaker of its article."""

DISPUTED_WORDS = 8
"""Where both articles are sure of two people, so many words have to be the same ..."""
DISPUTED_PHRASE = 40.0
"""... in a run that tells so much without set phrases, and more ..."""
DISPUTED_DAYS = 3
"""... for every day beyond this many between the two."""
DISPUTED_COVERAGE = 0.8
"""So much of either has a counterpart, if neither holds the other."""

# --- which wording is canonical --------------------------------------------------------------
COMPLETE = 0.85
"""A wording with at least this share of the fullest one's information is complete, too."""
OUTVOTED = 3
"""A wording that so many times as many outlets print wins over a longer one ..."""
SUBSTANTIAL = 0.5
"""... of which it tells so much."""
PASSED_OVER = 10
"""So many contradicted wordings are passed over for another one, and no more."""

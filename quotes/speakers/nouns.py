"""Nouns that name people, groups, bodies and texts, and which of them may mean the same person.

The heads of descriptions ("the former California congresswoman") are compared by class: every
noun of a class means the same office or function; a covering noun ("leader") fits several.
"""

from __future__ import annotations

from quotes.lexicon import FUNCTIONS
from quotes.records import Gender

_CLASSES = {
    "president": "president presidents potus",
    "prime minister": "premier pm",
    "vice president": "vice-president veep",
    "senator": "sen sens senators",
    "representative": "rep reps representatives congressman congresswoman congressmen delegate",
    "governor": "gov gov. governors",
    "general": "gen lieutenant colonel lt col commander cmdr major maj admiral adm officer marshal "
    "brigadier captain capt sergeant sgt sheriff deputy",
    "spokesman": "spokeswoman spokesperson spokesmen spokeswomen spokespeople",
    "chairman": "chairwoman chairperson chair chairmen co-chair co-chairman",
    "candidate": "nominee contender hopeful standard-bearer challenger frontrunner front-runner "
    "flagbearer",
    "businessman": "businesswoman mogul tycoon magnate billionaire developer entrepreneur investor "
    "millionaire",
    "adviser": "advisor strategist consultant operative aide counselor",
    "lawyer": "attorney counsel solicitor barrister litigator",
    "doctor": "dr physician surgeon",
    "professor": "prof academic scholar lecturer",
    "actor": "actress star",
    "host": "hostess anchor presenter moderator broadcaster newsman",
    "journalist": "reporter correspondent columnist editor writer author blogger",
    "queen": "monarch",
    "director": "manager chief",
    "ceo": "chief-executive cfo",
    "judge": "justice",
    "pastor": "reverend rev minister-of-religion preacher",
    "pope": "pontiff",
    "council member": "councilman councilwoman councillor councilor alderman",
    "first lady": "flotus",
    "husband": "spouse",
    "expert": "analyst specialist scientist political-scientist",
    "singer": "rapper musician",
    "pollster": "",
    "attorney general": "ag",
    "leader": "head boss",
    "secretary general": "secretary-general",
    "director general": "director-general",
    "inspector general": "inspector-general",
    "solicitor general": "solicitor-general",
    "governor general": "governor-general",
    "surgeon general": "surgeon-general",
    "consul general": "consul-general",
}
CANONICAL = {word: head for head, words in _CLASSES.items() for word in [head, *words.split()]}
"""The class of every noun that has one."""

_HEADS_OF_STATE = (
    "president|prime minister|chancellor|king|queen|pope|emir|sultan|ayatollah|sheikh|taoiseach"
)
COVERS = {
    head: frozenset(covered.split("|"))
    for head, covered in {
        "leader": _HEADS_OF_STATE
        + "|chairman|speaker|whip|secretary general|candidate|director|ceo|"
        "imam|general secretary|commander|chief",
        "director": "chairman|secretary|commissioner|minister|chancellor|leader|ceo|general|"
        "inspector|high representative|secretary general|director general|president|"
        "prime minister",
        "lawmaker": "representative|senator|member|legislator|mp|deputy",
        "legislator": "representative|senator|member|mp",
        "politician": "representative|senator|governor|mayor|minister|candidate|president|"
        "prime minister|mp",
        "diplomat": "ambassador|envoy|secretary|minister",
        "official": "secretary|minister|director|adviser|spokesman|commissioner|ambassador",
        "minister": "secretary|prime minister",
        "adviser": "director|spokesman|chairman",
        "candidate": "senator|governor|president|representative",
        "ceo": "executive|director|president|founder|chairman",
        "executive": "ceo|president|director",
        "commander": "general",
        "police chief": "director",
        "expert": "professor|doctor|economist|scientist|director|historian|adviser|lawyer",
        "lawyer": "professor|prosecutor",
        "journalist": "host",
        "host": "journalist",
        "actor": "comedian|singer",
        "comedian": "actor|host",
        "pastor": "bishop",
        "representative": "lawmaker",
        "mate": "candidate|governor|senator",
    }.items()
}
"""Which classes a covering noun fits besides its own."""

PERSON_NOUNS = FUNCTIONS | CANONICAL.keys() | COVERS.keys()
"""Singular nouns for a person."""

FEMALE_NOUNS = frozenset(
    "actress assemblywoman aunt baroness businesswoman chairwoman congresswoman "
    "councilwoman dame daughter ex-wife frau girl grandmother hostess lady madam madame "
    "miss mom mother mrs ms mum niece nun policewoman princess queen servicewoman "
    "señora sister spokeswoman widow wife woman".split()
)
MALE_NOUNS = frozenset(
    "actor assemblyman ayatollah baron boy brother businessman chairman congressman "
    "councilman dad emir englishman ex-husband father fireman frenchman grandfather guy "
    "herr husband imam king man monk monsieur mr nephew policeman pontiff pope priest "
    "prince señor sheikh sir son spokesman strongman sultan tsar uncle widower".split()
)

PLURAL_PEOPLE = frozenset(
    "academics activists advisers advisors agents aides allies americans analysts "
    "attendees attorneys authorities authors both britons businessmen campaigners "
    "candidates catholics chants christians climatologists colleagues columnists "
    "commanders commentators congressmen congresswomen conservatives counterparts "
    "critics crowds customers delegates delegations democrats demonstrators deputies "
    "detectives diplomats doctors donors doves economists editors europeans "
    "evangelicals evangelists executives experts families fans fighters firefighters "
    "french friends germans governors groups guards hardliners hawks historians "
    "immigrants insiders insurgents investigators investors israelis jews journalists "
    "judges justices lawmakers lawyers leaders legislators liberals majority many "
    "marchers mayors mediators members men meps migrants militants ministers moderates "
    "mps muslims negotiators nurses observers officers officials operatives opponents "
    "organisers organizers others owners palestinians parents participants people "
    "percent personnel physicians police politicians pollsters presidents professors "
    "progressives prosecutors protesters protestors pundits rebels refugees regulators "
    "relatives reporters representatives republicans researchers residents respondents "
    "rivals russians scholars scientists senators separatists several shareholders "
    "soldiers some sources spokesmen spokespeople spokeswomen staffers strategists "
    "students supporters surrogates teachers they those traders troops ukrainians "
    "unions users veterans voters witnesses women workers writers".split()
)
"""Plural nouns for people."""

COLLECTIVES = frozenset(
    "audience chorus cluster couple crowd duo family handful jury mob pair panel public "
    "staff throng trio".split()
)
"""Singular nouns for several people."""

SEVERAL = frozenset("congressmen governors presidents representatives senators".split())
"""Plurals that stand before names, too ("Senators Roe and Lind"), and mean no single one."""
BYSTANDERS = frozenset(
    "reporter interviewer questioner moderator heckler protester student bystander cameraman "
    "camerawoman photographer interpreter translator listener".split()
)
"""Who meets the people of an article: no name for one of them, unless the article says so."""
VAGUE = frozenset(
    "adviser advisers advisor advisors aide aides another caller commenter diplomat "
    "diplomats executive executives insider insiders many official officials one others "
    "people person reader several some somebody someone source sources spokesman "
    "spokesmen spokespeople spokesperson spokeswoman staffer staffers viewer witness "
    "witnesses".split()
)
"""Nouns whose bearers stay anonymous when no name is given."""

BODIES = frozenset(
    "administration agency airline alliance army association authority bank bloc board "
    "bookstore brewery bureau cabinet camp campaign caucus chain chancellery channel "
    "charity church city clinic club coalition commission committee company "
    "congress consulate corporation council country county court delegation department "
    "diocese embassy federation firm force foundation fund government group hospital "
    "hotel house institute institution journal kremlin laboratory league legislature "
    "magazine majority manufacturer military ministry minority museum nation navy network "
    "newspaper nonprofit office opposition organisation organization outlet panel paper "
    "parliament party police presidency publication regime retailer school secretariat "
    "senate service side site startup state station studio tank team theater theatre "
    "think-tank tribunal trust union university watchdog website zoo".split()
)
"""Nouns for a body that can speak."""

TEXTS = frozenset(
    "ad advertisement advisory affidavit analysis article assessment audit banner bill billboard "
    "biography blog book brief bulletin bylaws cable caption chant clip column commercial "
    "communique communiqué complaint constitution cover decision declaration document dossier "
    "e-mail editorial email filing flyer footage headline indictment law lawsuit leaflet letter "
    "manifesto memo memoir message missive note op-ed opinion order page pamphlet paper petition "
    "piece placard platform poll post poster press recording release report resolution review "
    "ruling sign slogan song speech spot statement story study subpoena suit survey text trailer "
    "transcript treaty tweet video voicemail".split()
)
"""Nouns for a text that is quoted instead of its author."""


def gender_of(words: frozenset[str] | list[str] | tuple[str, ...]) -> Gender | None:
    """Return the gender that the (lower-case) words of a title or description tell, if one."""
    if not FEMALE_NOUNS.isdisjoint(words):
        return "female"
    if not MALE_NOUNS.isdisjoint(words):
        return "male"
    return None


def gender_of_pronoun(word: str) -> Gender:
    """Return the gender of "he", "him", "his", "himself", "she", "her", "hers", "herself"."""
    return "male" if word.lower() in ("he", "him", "his", "himself") else "female"

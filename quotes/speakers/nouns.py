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
        "director": "chairman|secretary|commissioner|minister|chancellor|leader|ceo|general|inspector|"
        "high representative|spokesman|secretary general|president|prime minister",
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

PERSON_NOUNS = (
    FUNCTIONS
    | CANONICAL.keys()
    | COVERS.keys()
    | frozenset(
        "man woman boy girl teenager guy widow mum mom dad uncle aunt niece nephew cousin "
        "grandfather grandmother friend neighbor neighbour colleague predecessor successor critic "
        "survivor victim suspect defendant plaintiff witness protester voter soldier fighter "
        "refugee migrant person narrator announcer questioner speaker driver pilot nun priest monk "
        "carpenter politician operator champion athlete player wrestler boxer footballer conservative "
        "liberal progressive libertarian socialist lawyer source insider bystander passenger "
        "parent child architect designer composer musician painter poet dancer model filmmaker "
        "screenwriter staffer appointee incumbent freshman veteran-lawmaker successor heir partner "
        "strongman autocrat dictator statesman ex-president ex-wife ex-husband ex-mayor "
        "ex-congressman native chief-of-staff caller reader commenter user viewer attendee "
        "participant delegate secretary-general taoiseach dissident whistleblower nominee retiree "
        "customer tourist patient inmate prisoner troop marine nominee guest planner organiser "
        "pensioner shopkeeper policeman policewoman fireman firefighter paramedic cleric "
        "scientist chemist biologist physicist meteorologist climatologist geologist sociologist "
        "psychiatrist linguist chancellor premier caretaker custodian republican democrat "
        "independent american russian ukrainian frenchman englishman german european".split()
    )
)
"""Singular nouns for a person."""

FEMALE_NOUNS = frozenset(
    "congresswoman spokeswoman chairwoman businesswoman councilwoman assemblywoman actress queen "
    "princess wife daughter sister mother mom mum aunt niece widow woman girl lady madam madame "
    "baroness mrs ms miss hostess policewoman grandmother ex-wife nun frau señora dame "
    "servicewoman".split()
)
MALE_NOUNS = frozenset(
    "congressman spokesman chairman businessman councilman assemblyman actor king prince husband "
    "son brother father dad uncle nephew widower man boy guy sir mr baron grandfather ex-husband "
    "policeman fireman frenchman englishman priest monk pope strongman herr monsieur señor "
    "pontiff imam ayatollah sheikh emir sultan tsar".split()
)

PLURAL_PEOPLE = frozenset(
    "officials leaders lawmakers protesters protestors demonstrators activists republicans "
    "democrats conservatives liberals senators governors aides sources supporters critics experts "
    "analysts diplomats ministers advisers advisors strategists opponents allies people voters "
    "residents workers students scientists researchers reporters journalists economists lawyers "
    "attorneys prosecutors investigators police soldiers troops authorities witnesses rebels "
    "militants separatists insurgents organizers organisers unions groups percent majority members parents "
    "families relatives friends men women executives spokesmen spokeswomen spokespeople mayors "
    "campaigners officers doctors nurses teachers historians observers commentators pundits "
    "congressmen congresswomen representatives delegates judges justices candidates rivals "
    "negotiators mediators presidents delegations mps meps legislators politicians operatives "
    "surrogates moderates hardliners hawks doves progressives donors investors traders "
    "businessmen chants marchers fans users scholars academics authors writers editors columnists "
    "some others many both several they those pollsters respondents participants attendees "
    "veterans owners customers shareholders regulators colleagues counterparts americans russians "
    "ukrainians europeans britons germans french israelis palestinians muslims christians jews "
    "catholics evangelicals immigrants migrants refugees crowds insiders staffers personnel "
    "evangelists climatologists physicians professors commanders fighters firefighters "
    "detectives deputies guards agents".split()
)
"""Plural nouns for people."""

COLLECTIVES = frozenset(
    "crowd audience public family couple duo trio pair staff panel jury".split()
)
"""Singular nouns for several people."""

VAGUE = frozenset(
    "source sources official officials insider insiders aide aides person people someone somebody "
    "staffer staffers adviser advisers advisor advisors diplomat diplomats executive executives "
    "spokesman spokeswoman spokesperson spokesmen spokespeople witness witnesses some others many "
    "several one others reader viewer caller commenter".split()
)
"""Nouns whose bearers stay anonymous when no name is given."""

BODIES = frozenset(
    "campaign administration government agency department ministry commission committee party "
    "company firm organization organisation group council court union bank network newspaper paper "
    "magazine outlet site website embassy office kremlin house university institute foundation "
    "association coalition panel board police force army military navy regime team club league "
    "church parliament senate congress legislature cabinet bureau service authority delegation "
    "union think-tank tank watchdog nonprofit charity bloc alliance side state country nation "
    "city county school station channel publication journal corporation startup bank airline "
    "manufacturer retailer studio camp caucus majority minority opposition presidency "
    "chancellery secretariat".split()
)
"""Nouns for a body that can speak."""

TEXTS = frozenset(
    "statement letter report article story document complaint lawsuit suit ruling memo email e-mail "
    "tweet post ad advertisement commercial video book poll survey study speech transcript filing "
    "affidavit indictment brief editorial op-ed headline caption sign banner placard poster bylaws "
    "website page release communique communiqué declaration resolution order decision opinion bill "
    "law constitution manifesto platform review piece column blog message text note press "
    "release dossier audit analysis assessment paper slogan chant song".split()
)
"""Nouns for a text that is quoted instead of its author."""


def gender_of(words: frozenset[str] | list[str] | tuple[str, ...]) -> Gender | None:
    """Return the gender that the (lower-case) words of a title or description tell, if one."""
    if not FEMALE_NOUNS.isdisjoint(words):
        return "female"
    if not MALE_NOUNS.isdisjoint(words):
        return "male"
    return None

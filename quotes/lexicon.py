"""Word lists about names and titles: what opens a name, closes it, or never belongs to one."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


COURTESY = _words(
    "mr mrs ms miss mister madam madame messrs sir dame lord lady dr prof professor herr frau "
    "monsieur señor señora hon"
)
"""Forms of address that say nothing about an office."""

TITLE_WORDS = COURTESY | _words(
    "president presidents vice-president minister premier chancellor secretary sen senator sens "
    "senators rep del representative reps representatives congressman congresswoman gov governor "
    "govs governors mayor ambassador envoy general gen colonel col captain capt lieutenant lt "
    "sergeant sgt maj admiral adm commander cmdr marshal brigadier chairman chairwoman chairmen "
    "chair chairperson ceo cfo director commissioner spokesman spokeswoman spokesperson speaker "
    "leader chief king queen prince princess pope cardinal archbishop bishop pastor reverend rev "
    "rabbi imam ayatollah sheikh sultan emir judge justice sheriff officer detective det "
    "superintendent supt inspector councillor councilor councilman councilwoman alderman "
    "assemblyman assemblywoman attorney prosecutor counsel adviser advisor strategist candidate "
    "nominee co-founder founder coach analyst economist editor columnist correspondent reporter "
    "anchor host author manager whip baroness baron republican democrat pres deputy delegate "
    "comrade tsar czar co-chair co-chairman tem tempore"
)
"""Words, in lower case and without full stop, that close a title before a name."""

FUNCTIONS = TITLE_WORDS | _words(
    "accountant accuser activist actor actress administrator aide ally american announcer "
    "anthropologist appointee archaeologist architect astronaut astronomer athlete attaché "
    "attendee auditor aunt autocrat backer bailiff baker banker barber bartender billionaire "
    "biographer biologist blogger bomber boss botanist boxer boy broadcaster broker brother "
    "builder businessman businesswoman butcher bystander caller campaigner cardiologist caretaker "
    "carpenter cartoonist cashier chairman-elect champion chancellor cheerleader chef chemist "
    "chief-of-staff chieftain child cleric clerk climatologist co-author co-founder co-host "
    "co-owner colleague comedian commandant commentator commenter competitor composer comptroller "
    "conservative consul consultant contender contractor contributor coordinator coroner "
    "counterpart counterterrorism countess courier cousin creator criminologist critic crusader "
    "curator custodian customer cyclist dad dancer daughter deacon dealer defendant defender "
    "delegate democrat demographer demonstrator dentist designer developer dictator diplomat "
    "dissident doctor driver drummer duchess duke earl ecologist elder electrician engineer "
    "englishman entertainer epidemiologist essayist ethicist european ex-congressman ex-husband "
    "ex-mayor ex-president ex-wife executive expert extremist eyewitness farmer father feminist "
    "fighter filmmaker firefighter fireman fisherman footballer foreigner founder frenchman "
    "freshman friend fundraiser futurist geneticist geologist german girl goalkeeper golfer "
    "governor-general grandfather grandmother grower guest guitarist gunman guy hacker hairdresser "
    "head heckler heir herder hiker historian homeowner hopeful hostage husband immunologist "
    "incumbent independent inmate insider interpreter inventor investor janitor jockey journalist "
    "jurist killer landlord lawmaker lawyer legislator lender liberal libertarian librarian "
    "linguist logistician loyalist magistrate man marine mate mathematician mechanic mediator "
    "member mep messenger meteorologist midfielder migrant miner model moderator mogul mom monk "
    "mother motorist mp mufti mum musician narrator nationalist native negotiator neighbor "
    "neighbour nephew newcomer niece nominee novelist nun nurse nutritionist oceanographer "
    "offender official ombudsman oncologist operative operator opponent orator organiser organizer "
    "outsider owner painter paramedic parent parliamentarian participant partner passenger "
    "pathologist patient pediatrician pensioner perpetrator person pharmacist philanthropist "
    "philosopher photographer physician physicist pianist pilot plaintiff planner player "
    "playwright plumber poet policeman policewoman politician pollster populist predecessor "
    "premier presenter president-elect priest prisoner producer programmer progressive protester "
    "psychiatrist psychologist publisher pundit quarterback questioner rancher ranger rapper "
    "rapporteur reader realtor recruiter referee refugee registrar regulator renter republican "
    "researcher resident retiree rival runner russian scholar scientist screenwriter sculptor "
    "secretary-general seismologist shareholder shooter shopkeeper singer sister skier skipper "
    "sniper socialist sociologist soldier son songwriter source speaker speechwriter spokespersons "
    "sponsor staffer star statesman statistician strongman student successor supervisor supporter "
    "surgeon surrogate surveyor survivor suspect swimmer taoiseach teacher technician teenager "
    "tenant terrorist theologian theorist therapist tourist trader trainer translator treasurer "
    "troop trucker trustee ukrainian umpire uncle undersecretary user vendor veteran veterinarian "
    "vicar victim viewer violinist virologist viscount volunteer voter waiter waitress warden "
    "warlord whip whistleblower widow wife winner witness woman worker wrestler writer zoologist"
)
"""Nouns for one person; they also stand before a name ("carpenter John Smith")."""

ORGANISATION_WORDS = _words(
    "party committee university college institute institution ministry department agency council "
    "commission bank group inc corp corporation company co llc ltd plc gmbh association "
    "federation foundation fund union league club court congress senate parliament assembly duma "
    "bundestag knesset house office bureau administration organization organisation center centre "
    "school hospital church times post journal tribune herald guardian news network magazine "
    "press radio television tv media studios society coalition alliance front movement brigade "
    "army navy force forces police guard service services authority board campaign project trust "
    "partners research survey poll treasury reserve embassy consulate museum academy caucus "
    "conference lab laboratory laboratories team"
)
"""Words that end the name of an organisation."""

PLACE_WORDS = _words(
    "river county city street avenue island islands valley beach lake bay sea ocean mountain "
    "mountains square park airport province region peninsula coast strait desert road highway "
    "boulevard district township village hills heights falls springs"
)
"""Words that end the name of a place."""

MONTHS = _words(
    "january february march april may june july august september october november december jan "
    "feb mar apr jun jul aug sept sep oct nov dec"
)
"""Months and their abbreviations."""

OPENERS = _words(
    "a about above according across added additionally after again against ago ahead all almost "
    "along already also alternatively although always amid among amongst an and another any "
    "anybody anyone anything apart apparently are around as asked at away back barring based "
    "because been before being behind below beneath beside besides better between beyond both but "
    "by called can certainly cannot citing clearly come concerning consequently considering "
    "continuing contrary could currently dear depending describing despite did didn do does doing "
    "done don down due during each earlier either else elsewhere emphasizing enough especially "
    "even eventually ever every everybody everyone everything except facing far few finally first "
    "firstly five following for former formerly four fourth from further furthermore generally "
    "get give given go going good great had half has have having he hello hence her here hers "
    "herself hey hi him himself his historically hopefully how however if imagine immediately in "
    "inc include included including incredibly indeed initially inside instead interestingly into "
    "is isn it its itself just last lastly late later latest least less lest let like likewise "
    "listen little look looking long made make making many may maybe me meanwhile might mine more "
    "moreover most mostly much must my myself naturally near nearby nearly neither never "
    "nevertheless new next nine no nobody none nonetheless nor normally not noting nothing "
    "notably now obviously of off often oh ok okay on once one ones only onto opposite or "
    "originally other others otherwise our ours out outside over overall own particularly past "
    "per perhaps please plus possibly presumably previously quite rather read really recalling "
    "recent recently referring regarding regardless remember reportedly responding same say "
    "saying says second see seeing seems seven several shall she should shortly similarly simply "
    "since six so some somebody somehow someone something sometimes somewhat soon speaking "
    "specifically still subsequently such surely surprisingly take tell ten than thank thanks "
    "that the their theirs them then there thereafter therefore these they think third this those "
    "though thought three through throughout thus to today together told tomorrow tonight too "
    "toward towards try turning two typically ultimately under undoubtedly unfortunately unless "
    "unlike until up upon us usually via very was wasn watch we well were what whatever when "
    "whenever where whereas whereby wherever whether which whichever while who whoever whole whom "
    "whose why with within without won wouldn would yeah yes yesterday yet you your yours "
    "yourself i i'm i've i'd i'll he's she's it's we're they're you're there's that's what's "
    "let's here's who's didn't don't wasn't doesn't couldn't"
)
"""Words that open a sentence with a capital and belong to no name."""

FIRST_NAMES = _words(
    "jan mar "
    "will mark bill grant frank grace hope rich jack pat sue art dick drew rob gene chuck rose "
    "may june april dawn faith joy ray guy max miles chase hunter cliff dean earl duke jay skip "
    "wade victor van young sandy chance christian don dale glen heath jasmine josh ken iris ivy "
    "lance mike nick norm olive peter pierce rusty sally sterling stone sunny ty violet ward "
    "wells roman reed blake bob ted tim tom jimmy harry carol holly penny ruby"
)
"""First names that are common words too: they may open a sentence and stay a name."""

OF_HEADS = _words(
    "university ministry department bank house committee council center centre institute school "
    "college court board bureau office chamber federation union league commission association "
    "society organization organisation party congress fund museum academy church foundation "
    "republic director daughters sons doctors reporters citizens americans women voters students "
    "institutes centers governors joint"
)
"""Words before which “of”, “for”, “on” goes on with the name of an organisation."""

MODIFIERS = _words(
    "former then-vice vice prime foreign defense defence deputy press campaign presidential chief "
    "acting party opposition interior finance senior top first longtime long-time national "
    "security state policy communications political running executive assistant associate general "
    "attorney district managing co-founder retired ex-president economic trade senate house "
    "congressional gubernatorial police fire conservative liberal independent vice-presidential "
    "team government military legal local newly outgoing incoming ex republican democratic "
    "libertarian green labour radio television tv talk news show"
)
"""Words in lower case that stand inside a function (“campaign manager”)."""

DAYS = _words("monday tuesday wednesday thursday friday saturday sunday")
PARTY_LABELS = _words("republican democrat democratic gop labour conservative liberal")
"""Party words that stand before a person's name as a title does."""

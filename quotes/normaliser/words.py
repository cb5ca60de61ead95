"""How much a word tells: a small fixed table of common English words, in bits.

The table is part of the program and not counted from the data, so that the same two wordings
compare alike whatever else is stored. The bands follow Zipf's law roughly: a word among the
hundred most frequent says next to nothing about which sentence it stands in, a word outside the
two thousand most frequent ones says a lot. Words stand here as ``fold`` writes them.
"""

from __future__ import annotations

from functools import lru_cache

FUNCTION_BITS = 1.0
BAND_BITS = (4.0, 6.0, 8.0)
RARE_BITS = 11.0
NUMBER_BITS = 8.0

FUNCTION_WORDS = frozenset(
    """
a about above actually after again against all almost already also although always am among an and
any anybody anyone anything are around as at away back be because been before being below between
both but by can certainly could course did do does doing done down during each either else even
ever every everybody everyone everything few for from further get gets getting go goes going gone
got had has have having he hence her here hers herself him himself his how however i if in indeed
into is it its itself just let like lot lots many may maybe me might more most much must my myself
neither never no nobody none nor not nothing now obviously of off oh okay on once one only onto or
other others ought our ours ourselves out over own perhaps quite rather really same shall she
should simply since so some somebody someone something still such than that the their theirs them
themselves then there therefore these they this those though through thus to too toward under
until unto up upon us very via was we well went were what whatever when whenever where wherever
whether which while who whoever whom whose why will with within without would yes yet you your
yours yourself yourselves
""".split()
)

_COMMONEST = """
able act ago another answer area ask asked bad believe best better big bring business call called
came care case change children city clear close come comes coming continue countries country day
days deal decision different difficult end enough fact family far feel fight find first following
free friend friends full future gave general give given good government great group half hand
happen happened happening happy hard head health hear heard help high hold home hope house idea
important interest issue issues job jobs keep kind knew know known knows last later law lead leave
left less life line little live long look looked looking lose made make makes making man matter
mean means meet meeting men months morning move name national need needs new news next
night number old open order part party past pay people person place plan play point political
position possible power president problem problems public put question questions real reason
remember result right run said saw say saying says second see seen sense set show side situation
small soon sort speak stand start state states stay stop strong support sure system take taken
takes talk talking tell thank thanks thing things think thinking third thought time times today
together told tomorrow tonight took tried true trust try trying turn understand use used want
wanted wants war way ways week weeks white win woman women word words work worked working works
world wrong year years yesterday young
"""

_COMMON = """
% absolutely accept access according account across action address administration affairs afraid
agree agreed agreement air allow amazing amount announced anyway army attack attacks attention
authority average based basis beautiful became become becomes began begin beginning behind benefit
bit black board body book border boy break brother brought brown budget build building
built buy campaign candidate car cause center central century certain chairman challenge chance
changed changes check chief child choice choose citizens civil class clearly college committed
committee common community companies company complete completely concern concerned concerns
conditions conference congress conservative consider control conversation cost costs council
couple court create created crime crisis current cut dad data date daughter dead death debate
decide decided defence department deserve despite development died discussion doctor door doubt
dream drive drop early easy economic economy education effect effort efforts election elections
emergency energy enforcement entire especially event everyday evidence exactly example expect
experience extremely eye eyes face facts fair faith fall families father fear federal feeling felt
field figure final finally financial fine finish fire focus folks follow food force forces foreign
forget form former forward fought found front fully fun funding game generation girl girls global
god governor ground grow growth guess guy guys hands heart heavy held helped history hit hospital
hour hours huge human husband impact including income increase incredible individual
information inside instead international investigation involved join justice key kid kids kill
killed lady land large late laws leader leaders leadership learn led legal legislation letter
level lies light likely list listen lives local longer looks lost love low main major majority
market media medical member members mention message middle military mind minister minute minutes
miss missing mistake moment money month moral mother moving names nation nations natural nature
necessary needed nice north note numbers offer office officer officers official officials opinion
opportunity option outside paid paper parents particular parties partners peace period personal
phone pick picture plans played players points police policies policy poor popular positive
potential powerful practice prepared present press pressure pretty price private probably process
program programs progress promise proposal protect proud prove provide purpose quality quick
quickly race raise raised reach read ready realise reality receive recent recently record red
reform relationship release religious remain report reported reports request require respect
response responsibility rest return rights road role room rule rules running safe safety save
school schools secretary security seem seems senate senator send sent serious seriously serve
service services several share short showed shows shut sick sides sign significant similar simple
single sir sister sit skin social society soldiers son sorry source south space speaking special
specific speech spend spent spoke staff stage standard standing started statement station step
steps stood stopped store story street strength strongly student students study stuff subject
success successful suggest taking talked tax taxes teachers team term terms terrible test thinks
threat top total totally touch tough town trade tradition training tremendous trip trouble truth
turned type understanding united university value values various victory video view violence voice
vote voted voters votes wait walk wall watch water weapons whole wife willing wish wonderful worry
worse worst worth write writing written wrote
"""

_FAMILIAR = """
abuse accident achieve acting actions active activity add added additional affect afternoon age
agencies agency agenda agreements ahead aid aim allies allowed alone alternative amendment anger
angry animal announce announcement apart apparently appear appears application apply appreciate
approach appropriate approval approve approved areas argue argument arms arrest art aside asking
aspect associated assume authorities available aware ball ban bank banks battle bear beat bed
belief believed believes belong besides bigger bill bills birth blame blood blue bomb books born
bottom box brain bridge bright broken cabinet calling calls calm camp candidates capacity capital
card careful carefully carry cars cases catch caught causes celebrate cell charge charges chicken
christian church circumstances claim claims clean client climate closed closer coach cold
colleagues collective combat comfortable comment comments commission commit commitment communities
competition complex complicated confidence confident conflict connection consequences considered
constant constitution construction consumers contact content context contract cool cooperation
corner correct corruption cover creating credit criminal critical culture customers cutting daily
damage danger dangerous dark deep deeply defend deficit definitely degree delay deliver demand
demands democracy deny depends describe described design destroy detail details determine
determined develop developed dialogue die difference direct direction directly director disagree
discuss discussed disease dog dollar dollars domestic draw drug drugs due dying earlier earth
easily east eat elected element employees encourage enemy engage enjoy ensure enter environment
equal era escape essential establish eventually everywhere evil excellent excited exist expected
expensive experts explain express extra extraordinary extreme failed failure fairly fake false
familiar fans farm fast favor features feels fellow fewer fighting figures file fill film finding
findings finds firm fit fix flat floor fly forever formed forms foundation freedom fresh friday
friendly fund funds gain games gas gathered gay generally generations gift gives giving goal goals
gold goods governments greater greatest green growing guarantee guard guilty gun guns hair hall
handle hang happens hardly harm hate heads healthy hearing heat heaven hell helping helps hero
hide higher highest highly hill historic holding holds holiday honest honestly honor horrible hot
hotel houses hurt ideas identify illegal image images imagine immediate immediately immigrants
immigration implement improve incident include included increased increasing independence
independent individuals industry influence innocent insist institution institutions insurance
intelligence intend intended intention interested interesting interests internal internet
interview introduce invest investment invite island january joint joke journey judge july jump
june justified justify kept killing king laid language larger largest laugh launch lawyer lawyers
lay leading leads league leaving legacy lessons letting levels liberal liberty lie limit limited
lines link literally living loan located lord losing loss loud loved lovely lower luck lucky
machine mad maintain male manage management manager manner march mark marriage married mass
massive match materials matters mayor meaning meant measure measures memory mental mess met
methods mile miles minds minimum ministry minority mission mistakes mix model modern moments
monday mostly movement moves movie murder nearly negative negotiate negotiations neighbors network
normal notice nuclear object obligation obvious occur october offered offering oil older operation
operations opposed opposite opposition options orders ordinary organisation original otherwise
outcome overall owe owner package page pain park partner partnership passed passing passion
patience patients pattern peaceful perfect performance permanent personally persons perspective
phase physical piece pieces planet planning platform player playing plenty plus poverty practical
pray prayers precisely prefer presence presidential pressing prevent previous primary prime
principle principles prior priority prison prisoners privilege product production professional
profit project projects promised proof proper properly property propose proposed prosecution
protection protest provided provides providing province pull purchase pure purposes push pushed
putting radical raising range rate rates reached reaction reading reasonable reasons received
recognise reduce refer refugees refuse regard regarding regime region regional regular relations
relationships released relevant religion remains remarkable remarks remind remove repeat replace
republic required requires research residents resolve resources responsible restore results review
rich ride ridiculous rise rising risk river roads rock roof round row sad sanctions satisfied
saturday saved scale scene schedule science season seat secret section secure seeing seek seeking
sell selling senior sentence separate series sets setting settle settlement sex shame shape shared
sharing shift ship shock shoot shooting shop shot shown sight signed silence site sites size
skills sleep slow slowly smart soft solid solution solutions somehow sometimes somewhat songs
sound sounds speaker speaks speed spending spirit spokesman spokeswoman sports spot spread square
stability stable staying stick stock stopping stories straight strange strategic strategy streets
stress strike struggle stupid style sudden suddenly suffer suffered suffering suggested summer sun
sunday supported supporters supporting supports suppose supposed supreme surely surprise surprised
survive sweet table task taught teach tears technology telling terror terrorism terrorist
terrorists thoughts thousands threatened threats throw thursday ticket tired title tone
tool topic tour track traditional traffic tragedy tragic transfer transition travel treat treated
treatment treaty tree trial troops truly tuesday turning twice unacceptable unfortunately union
unique unit unity universal unless unprecedented update usual usually vast version vice victim
victims village violent virus vision visit vital waiting walked walking warm warning waste watched
watching wealth wear website wednesday weekend weight welcome welfare west western wide wild wind
window winning wins winter wisdom wishes witness won wonder wondering wood worker workers worried
yard younger youth zero
"""

_BITS = {
    word: bits
    for words, bits in zip((_COMMONEST, _COMMON, _FAMILIAR), BAND_BITS, strict=True)
    for word in words.split()
} | dict.fromkeys(FUNCTION_WORDS, FUNCTION_BITS)


@lru_cache(maxsize=1 << 16)
def word_bits(word: str) -> float:
    """Return how much a folded word tells about the sentence it stands in (bits, 1-11)."""
    if word[:1].isdigit():
        return NUMBER_BITS if len(word) > 1 else BAND_BITS[0]
    return _BITS.get(word, RARE_BITS)

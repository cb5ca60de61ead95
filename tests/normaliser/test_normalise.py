"""All at once, one by one, in any order: the same clusters."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.normaliser.canonical import distance
from quotes.normaliser.keys import stored_keys
from quotes.normaliser.model import Cluster, Judgement, Rendering
from quotes.normaliser.normalise import add, normalise
from quotes.normaliser.semantic import Meaning
from quotes.records import Provenance

WORDS = (
    "harbour tunnel budget we will not reopen the before winter and glacier orchestra sign it "
    "nurses never asked for a second bridge"
).split()
SENTENCES = st.one_of(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join),
    st.sampled_from(
        [
            "We will not reopen the harbour tunnel before the winter budget is signed",
            "reopen the harbour tunnel",
            "We will reopen the harbour tunnel before the winter budget is signed",
            "The nurses never asked for a second bridge across the glacier",
            "never asked for a second bridge",
            "We reopen the tunnel before winter",
            "the winter budget",
        ]
    ),
)
VERDICTS = st.sampled_from(["same", "different", "changed", "unchanged"])
MARKS = st.sampled_from([None, None, *get_args(Provenance)])
BESIDE = st.one_of(st.none(), SENTENCES)
DAYS = st.one_of(
    st.none(), st.integers(0, 100).map(lambda days: date(2024, 1, 1) + timedelta(days=days))
)


@st.composite
def renderings(draw: st.DrawFn) -> list[Rendering]:
    """Renderings of five articles, each of one day and one outlet."""
    texts = draw(st.lists(SENTENCES, min_size=1, max_size=12))
    articles = [
        (draw(DAYS), draw(st.sampled_from(["Courier", "Herald", None])), f"article-{number}")
        for number in range(1, 6)
    ]
    return [
        Rendering(
            key,
            draw(st.sampled_from(["mayor", "minister"])),
            text,
            *draw(st.sampled_from(articles)),
            200 * draw(st.integers(0, 4)),
            draw(BESIDE),
            draw(BESIDE),
            provenance=draw(MARKS),
        )
        for key, text in enumerate(texts)
    ]


class MemoryStore:
    """The store that the tests add to: dictionaries, written from updates alone."""

    def __init__(self, meaning: Meaning | None = None) -> None:
        self.meaning = meaning
        self.renderings: dict[int, Rendering] = {}
        self.cluster_of: dict[int, Cluster] = {}
        self.verdicts: list[Judgement] = []

    def candidates(self, speaker: str, keys: Collection[int]) -> Iterator[Rendering]:
        for rendering in self.renderings.values():
            stored = stored_keys(rendering.folded, rendering.published, rendering.beside)
            if rendering.speaker == speaker and stored & set(keys):
                yield rendering

    def component(self, keys: Collection[int]) -> Iterator[Rendering]:
        numbers = {self.cluster_of[key].component for key in keys}
        for key, cluster in self.cluster_of.items():
            if cluster.component in numbers:
                yield self.renderings[key]

    def judgements(self, keys: Collection[int]) -> Iterator[Judgement]:
        return (j for j in self.verdicts if j.left in keys or j.right in keys)

    def add(self, new: Sequence[Rendering], touched: Iterable[int] = ()) -> None:
        update = add(new, self, list(touched))
        replaced = {key for key, c in self.cluster_of.items() if key in update.renderings}
        for key, cluster in self.cluster_of.items():
            inside = {member.key in update.renderings for member in cluster.members}
            assert inside == {key in replaced}, "a cluster is replaced as a whole or not at all"
        self.renderings |= {rendering.key: rendering for rendering in new}
        self.cluster_of |= {m.key: c for c in update.clusters for m in c.members}
        assert {m.key for c in update.clusters for m in c.members} == update.renderings

    def clusters(self) -> list[Cluster]:
        unique = {cluster.canonical: cluster for cluster in self.cluster_of.values()}
        return sorted(unique.values(), key=lambda cluster: cluster.canonical)


def as_sets(clusters: Iterable[Cluster]) -> set[frozenset[int]]:
    return {frozenset(member.key for member in cluster.members) for cluster in clusters}


@given(renderings(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(given: list[Rendering], random: object) -> None:
    shuffled = list(given)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert normalise(shuffled) == normalise(given)


@given(renderings())
def test_the_numbers_of_the_renderings_change_nothing(given: list[Rendering]) -> None:
    renumbered = [replace(r, key=1000 - r.key) for r in given]
    back = {frozenset(1000 - key for key in members) for members in as_sets(normalise(renumbered))}
    assert back == as_sets(normalise(given))


@settings(max_examples=75)
@given(renderings(), st.data())
def test_adding_in_parts_equals_all_at_once(given: list[Rendering], data: st.DataObject) -> None:
    store = MemoryStore()
    rest = data.draw(st.permutations(given))
    while rest:
        size = data.draw(st.integers(1, len(rest)))
        store.add(rest[:size])
        rest = rest[size:]
    assert store.clusters() == normalise(given)


@given(renderings(), st.data())
def test_judgements_given_later_equal_judgements_known_before(
    given: list[Rendering], data: st.DataObject
) -> None:
    keys = st.integers(0, len(given) - 1)
    verdicts = data.draw(st.lists(st.builds(Judgement, keys, keys, VERDICTS), max_size=3))
    store = MemoryStore()
    store.add(given)
    for verdict in verdicts:
        store.verdicts.append(verdict)
        store.add([], touched=[verdict.left, verdict.right])
    assert store.clusters() == normalise(given, verdicts)
    while store.verdicts:
        undone = store.verdicts.pop()
        store.add([], touched=[undone.left, undone.right])
    assert store.clusters() == normalise(given)


@given(renderings())
def test_clusters_partition_the_renderings_of_each_speaker(given: list[Rendering]) -> None:
    speaker = {rendering.key: rendering.speaker for rendering in given}
    clusters = normalise(given)
    assert sorted(m.key for c in clusters for m in c.members) == sorted(speaker)
    for cluster in clusters:
        assert len({speaker[member.key] for member in cluster.members}) == 1
        (canonical,) = [m for m in cluster.members if m.relation == "canonical"]
        assert canonical.key == cluster.canonical
        assert canonical.score == 1.0
        assert all(0.0 <= member.score <= 1.0 for member in cluster.members)


@given(renderings())
def test_a_translation_never_stands_for_an_original(given: list[Rendering]) -> None:
    far = {one.key: distance(one.provenance) for one in given}
    for cluster in normalise(given):
        assert far[cluster.canonical] == min(far[member.key] for member in cluster.members)


def printed(key: int, text: str, article: str = "", days: int = 0, start: int = 0) -> Rendering:
    day = date(2024, 3, 1) + timedelta(days=days)
    return Rendering(key, "mayor", text, day, None, article or f"article-{key}", start)


def test_a_fragment_that_fits_two_statements_does_not_glue_them() -> None:
    clusters = normalise(
        [
            printed(1, "The harbour tunnel is a monument to vanity"),
            printed(2, "Nurses built a monument to vanity out of unpaid invoices"),
            printed(3, "a monument to vanity"),
        ]
    )
    groups = as_sets(clusters)
    assert not any({1, 2} <= group for group in groups)
    assert any(3 in group and len(group) == 2 for group in groups)
    (doubt,) = [pair for cluster in clusters for pair in cluster.also]
    home = next(cluster for cluster in clusters if 3 in {member.key for member in cluster.members})
    assert doubt == (3, {1: 2, 2: 1}[home.canonical])


def test_parts_that_the_reporter_interrupted_meet_in_the_whole_sentence() -> None:
    clusters = normalise(
        [
            printed(1, "If somebody trusts the weather, you should not trust the ferry", "a"),
            printed(2, "If somebody trusts the weather", "b"),
            printed(3, "you should not trust the ferry", "b"),
        ]
    )
    assert as_sets(clusters) == {frozenset({1, 2, 3})}


def test_two_alike_statements_of_one_article_stay_apart_and_draw_their_own() -> None:
    clusters = normalise(
        [
            printed(1, "The auditors lied and they destroyed the orchestra", "a"),
            printed(2, "The auditors lied and it's like they ruined the orchestra", "a"),
            printed(3, "The auditors lied, and they destroyed the orchestra, sadly", "b"),
            printed(4, "Auditors lied and it's like they ruined the orchestra", "c"),
        ]
    )
    assert as_sets(clusters) == {frozenset({1, 3}), frozenset({2, 4})}


def test_a_word_joins_the_one_statement_of_its_article_that_holds_it() -> None:
    lede = printed(0, "dismantled", "one", start=100)
    own = printed(1, "They dismantled the ferry before Sunday", "one", start=900)
    other = printed(2, "Our enemies dismantled it", "two", start=900)
    second = printed(3, "Whoever dismantled our orchestra has to pay", "one", start=1500)
    beside = printed(4, "They dismantled the ferry before Sunday", "one", start=115)
    assert as_sets(normalise([lede, own])) == {frozenset({0, 1})}
    assert as_sets(normalise([lede, own, other])) == {frozenset({0, 1}), frozenset({2})}
    apart = [Judgement(0, 1, "different")]
    assert as_sets(normalise([lede, own], apart)) == {frozenset({0}), frozenset({1})}
    alone = {frozenset({0}), frozenset({1}), frozenset({3})}
    assert as_sets(normalise([lede, own, second])) == alone
    assert as_sets(normalise([lede, beside])) == {frozenset({0, 4})}


def test_a_word_may_come_after_the_sentence_too() -> None:
    clusters = normalise(
        [
            printed(0, "They dismantled the ferry before Sunday", "one", start=100),
            printed(1, "dismantled", "one", start=900),
        ]
    )
    assert as_sets(clusters) == {frozenset({0, 1})}


def test_two_light_words_join_a_statement_too() -> None:
    lede = printed(0, "many times", "one", start=100)
    own = printed(1, "The auditors lied to us many times about the ferry", "one", start=900)
    elsewhere = printed(2, "I have seen the orchestra many times", "two", start=900)
    assert as_sets(normalise([lede, own, elsewhere])) == {frozenset({0, 1}), frozenset({2})}


def test_a_persons_same_joins_what_one_article_prints_side_by_side() -> None:
    left = printed(0, "The auditors lied and they destroyed the orchestra", "a")
    right = printed(1, "The auditors lied and it's like they ruined the orchestra", "a")
    assert as_sets(normalise([left, right])) == {frozenset({0}), frozenset({1})}
    same = [Judgement(0, 1, "same")]
    assert as_sets(normalise([left, right], same)) == {frozenset({0, 1})}


def test_a_sentence_said_twice_goes_with_its_neighbours() -> None:
    whole = "The auditors lied to the orchestra many times, and nothing happened to them"
    again = "Lied many times, nothing happened to them, and it ruined the ferry and the harbour"
    opening = "The auditors lied to the orchestra many times"
    sentence = "Nothing happened to them"
    clusters = normalise(
        [
            printed(0, whole, "one", start=100),
            printed(1, again, "one", start=600),
            printed(2, opening, "two", start=100),
            replace(printed(3, sentence, "two", start=150), before=opening),
            printed(4, "it ruined the ferry and the harbour", "three", start=600),
            replace(
                printed(5, sentence, "three", start=550),
                after="it ruined the ferry and the harbour",
            ),
        ]
    )
    assert as_sets(clusters) == {frozenset({0, 2, 3}), frozenset({1, 4, 5})}


def test_what_stands_beside_the_same_statement_needs_less_to_be_the_same() -> None:
    speech = "Nobody asked the nurses whether they wanted an orchestra in the tunnel"
    first = printed(0, "The glacier melts quickly", "one")
    second = printed(1, "A glacier melts rapidly", "two")
    assert as_sets(normalise([first, second])) == {frozenset({0}), frozenset({1})}
    placed = [replace(first, before=speech), replace(second, before=f"{speech} at all")]
    assert as_sets(normalise(placed)) == {frozenset({0, 1})}
    behind = [replace(first, before=speech), replace(second, after=speech)]
    assert as_sets(normalise(behind)) == {frozenset({0}), frozenset({1})}
    inside = [replace(one, article="one") for one in placed]
    assert as_sets(normalise(inside)) == {frozenset({0}), frozenset({1})}


def test_statements_without_a_common_run_meet_beside_the_same_one() -> None:
    speech = "Nobody asked the nurses whether they wanted an orchestra in the tunnel"
    first = printed(0, "Everyone says it is too late, but I just say I shell them", "one")
    second = printed(1, "I want the shelling to stop", "two")
    assert as_sets(normalise([first, second])) == {frozenset({0}), frozenset({1})}
    placed = [replace(first, before=speech), replace(second, before=f"And {speech}")]
    assert as_sets(normalise(placed)) == {frozenset({0, 1})}
    store = MemoryStore()
    for rendering in placed:
        store.add([rendering])
    assert store.clusters() == normalise(placed)


def test_a_long_statement_vouches_for_what_stands_beside_it_however_late() -> None:
    speech = (
        "Nobody ever asked the nurses of the harbour whether they wanted an orchestra or a tunnel"
    )
    first = replace(printed(0, "It is completely useless", "one"), before=speech)
    later = replace(printed(1, "And it is completely useless", "two", days=160), before=speech)
    assert as_sets(normalise([first, later])) == {frozenset({0, 1})}
    alone = [replace(one, before=None) for one in (first, later)]
    assert as_sets(normalise(alone)) == {frozenset({0}), frozenset({1})}


def test_different_days_are_different_occasions_for_a_short_statement() -> None:
    clusters = normalise(
        [
            printed(1, "We will win"),
            printed(2, "We will win", days=5),
            printed(3, "We will win", days=70),
        ]
    )
    assert as_sets(clusters) == {frozenset({1, 2}), frozenset({3})}


def test_a_person_s_word_wins_over_likeness() -> None:
    given = [
        printed(1, "Our growers lost a third of the harvest"),
        printed(2, "Our growers lost a third of the harvest"),
        printed(3, "Barley prices doubled overnight"),
    ]
    verdicts = [Judgement(1, 2, "different"), Judgement(1, 3, "same")]
    assert as_sets(normalise(given)) == {frozenset({1, 2}), frozenset({3})}
    assert as_sets(normalise(given, verdicts)) == {frozenset({1, 3}), frozenset({2})}


def test_speakers_never_share_a_quote() -> None:
    same = "Our growers lost a third of the harvest"
    clusters = normalise([printed(1, same), replace(printed(2, same), speaker="minister")])
    assert as_sets(clusters) == {frozenset({1}), frozenset({2})}


def test_an_addition_leaves_other_components_alone() -> None:
    store = MemoryStore()
    store.add([printed(1, "Our growers lost a third of the harvest"), printed(2, "We will win")])
    update = add([printed(3, "growers lost a third of the harvest")], store)
    assert update.renderings == {1, 3}


def test_nothing_in_nothing_out() -> None:
    assert normalise([]) == []
    assert add([], MemoryStore()).clusters == ()


def test_a_person_says_whether_the_meaning_changed() -> None:
    texts = ("We will not reopen the harbour tunnel", "We will reopen the harbour tunnel")
    day = date(2024, 1, 1)
    given = [Rendering(at, "mayor", text, day, f"o{at}", f"a{at}") for at, text in enumerate(texts)]

    def relation(*verdicts: Judgement) -> str:
        (cluster,) = normalise(given, verdicts)
        return next(one.relation for one in cluster.members if one.key != cluster.canonical)

    assert relation() == "divergent"
    same = Judgement(0, 1, "unchanged", 1)
    assert relation(same) == "trimmed"
    assert relation(same, Judgement(1, 0, "changed", 2)) == "divergent"

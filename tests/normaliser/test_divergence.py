from __future__ import annotations

import pytest

from quotes.normaliser.divergence import divergences, read


def reasons(canonical: str, variant: str) -> list[str]:
    return [d.reason for d in divergences(read(canonical), read(variant))]


@pytest.mark.parametrize(
    ("canonical", "variant", "expected"),
    [
        ("We will not sell the harbour", "We will sell the harbour", ["negation"]),
        ("We'll never sell the harbour", "We'll sell the harbour", ["negation"]),
        ("It is possible to sell it", "It is impossible to sell it", ["negation"]),
        ("We will not sell the harbour", "We will never sell the harbour", []),
        ("We did not sell, I am not proud", "We sold, I am proud", []),
        ("I doubt it, we do not sell harbours", "we do not sell harbours", []),
        ("It holds 300 boats in winter", "It holds 30 boats in winter", ["number"]),
        ("It holds three boats in winter", "It holds 3 boats in winter", []),
        ("It holds 300 boats in winter", "It holds boats in winter", []),
        ("It cost 4 million euros", "It cost 4 billion euros", ["number"]),
        ("We asked Norway for help", "We asked Poland for help", ["name"]),
        ("We asked Norway for help", "We asked the Norwegians for help", []),
        ("We asked Norway for help", "We asked them for help", []),
        ("We met Gaddafi in Rome", "We met Qaddafi in Rome", []),
        ("We told Iran to stop", "We told Iraq to stop", ["name"]),
        ("We may sell the harbour", "We will sell the harbour", ["modal"]),
        ("We must sell the harbour", "We might sell the harbour", ["modal"]),
        ("We must sell the harbour", "We need to sell the harbour", []),
        ("I want the shelling of the port to stop", "I want the shelling of the port", []),
        ("I want to stop the shelling now", "I want to start the shelling now", ["negation"]),
        ("They refused to open the gate", "They agreed to open the gate", ["negation"]),
        ("We will close the tunnel in May", "We will close the hospital in May", ["object"]),
        ("We will close the tunnel", "We will close the hospital", ["object"]),
        ("We will close the tunnel", "We will close the tunnels", []),
        ("It may pave the path to a truce", "It may pave the way to a truce", []),
        ("We will widen the roads this year", "We will widen the routes this year", []),
        ("I want the shelling to stop", "I'm in this to stop the shelling", []),
        ("They want to stop the shelling", "They want to prevent the shelling", []),
        ("We want to stop the shelling", "We want the shelling", ["negation"]),
        ("It holds two hundred boats", "It holds 200 boats in winter", []),
        ("It cost us $1.5 billion last year", "It cost us $1,500 million last year", []),
        ("It cost us £1.5bn last year", "It cost us 1.5 billion pounds last year", []),
        ("It cost us $1.5 billion last year", "It cost us $2 billion last year", ["number"]),
        ("We sank half a dozen boats here", "We sank six boats here", []),
        ("We sank two dozen boats here", "We sank 20 boats here", ["number"]),
        ("Half of the boats sank", "50 percent of the boats sank", []),
        ("It is the 21st bridge of the town", "It is the twenty-first bridge of the town", []),
        ("It is the fourth bridge here", "It is the fifth bridge here", ["number"]),
        ("It was the first storm of May", "It was the second storm of May", ["number"]),
        ("It fell by 20 per cent in May", "It fell by a fifth in May", []),
        ("We will close it quickly", "We will close it rapidly", []),
        ("We had an extremely good day", "We had an exceptionally good day", []),
        ("We voted for Norway", "We voted for Poland", ["name"]),
        ("WE ASKED NORWAY FOR HELP", "We asked Poland for help", []),
        ("", "We asked Poland for help", []),
        (
            "I do not know if it is going to be Monday, but I will not be content if it is Monday",
            "I am not going to be content if it is Monday",
            [],
        ),
    ],
)
def test_examples(canonical: str, variant: str, expected: list[str]) -> None:
    assert reasons(canonical, variant) == expected
    assert reasons(variant, canonical) == expected


def test_a_divergence_explains_itself_in_words() -> None:
    (found,) = divergences(read("We may sell the harbour"), read("We will sell the harbour"))
    assert str(found) == "more or less certain: “will” instead of “may”"
    (found,) = divergences(read("We will not sell the harbour"), read("We will sell the harbour"))
    assert str(found) == "negation dropped or added: nothing instead of “not”"


def test_a_number_is_told_as_it_was_printed() -> None:
    canonical = read("We lost two hundred boats, “$1.5 billion” in all")
    (found,) = divergences(canonical, read("We lost 300 boats, “$1.5 billion” in all"))
    assert str(found) == "another number: “300” instead of “two hundred”"
    (found,) = divergences(canonical, read("We lost 200 boats, “$2bn,” in all"))
    assert str(found) == "another number: “$2bn” instead of “$1.5 billion”"

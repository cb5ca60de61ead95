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

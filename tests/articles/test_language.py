import pytest

from quotes.articles import looks_english

ENGLISH = (
    "The council voted on Tuesday to reopen the bridge, which has been closed since March. "
    "“We have waited long enough,” said the mayor, who had promised that it would be done."
)
OTHERS = {
    "nl": "De gemeenteraad stemde dinsdag voor de heropening van de brug, die sinds maart dicht is "
    "„We hebben lang genoeg gewacht”, zei de burgemeester, die het in de winter beloofd had.",
    "de": "Der Stadtrat stimmte am Dienstag dafür, die Brücke wieder zu öffnen, die seit März "
    "geschlossen ist. „Wir haben lange genug gewartet“, sagte die Bürgermeisterin in der Sitzung.",
    "fr": "Le conseil municipal a voté mardi la réouverture du pont, fermé depuis mars. « On a "
    "assez attendu », a dit la maire, qui avait promis que tout serait prêt avant la fin du mois.",
    "es": "El ayuntamiento votó el martes a favor de abrir el puente, cerrado desde marzo. «Hemos "
    "esperado bastante», dijo la alcaldesa, que había prometido que las obras acabarían pronto.",
    "da": "Byrådet stemte tirsdag for at genåbne broen, som har været lukket siden marts. »Vi har "
    "ventet længe nok,« sagde borgmesteren, der havde lovet, at den ville være klar før sommer.",
    "ru": "Городской совет во вторник проголосовал за открытие моста, закрытого с марта. «Мы ждали "
    "достаточно долго», — сказала мэр, которая обещала, что всё будет готово до конца этого лета.",
}


def test_english() -> None:
    assert looks_english(ENGLISH)
    assert looks_english(ENGLISH.upper())


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages(language: str) -> None:
    assert not looks_english(OTHERS[language])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bridge to reopen: “Finally”", True),
        ("Мост открыт", False),
        ("橋は再開した", False),
        ("", False),
        ("1234 — 56", False),
    ],
)
def test_few_words(text: str, expected: bool) -> None:
    assert looks_english(text) is expected

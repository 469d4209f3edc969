"""What stands beside a yes: talk, notes and reproaches leave it a yes; a doubt, a condition or a change does not."""

from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from tests.language.conversations import NOW, desk, say
from tests.language.conversations import read_back as just_read_back
from tests.language.test_consent import agreed
from truebook.language.dialogue import begin, heard_assistant
from truebook.language.languages import LANGUAGES
from truebook.language.state import Asked, ReadBack, Slot, State
from truebook.language.wish import Days, Times, Visit

AND_MORE = Path(__file__).parent / "consent" / "and_more.txt"
SLOT = Slot("s", "cut", "anna", date(2026, 12, 9), time(15, 30), 45, whom="Rui Melo")
STANDS = """
pt sim pode marcar! mas vc não respondeu do sol 😅
pt sim, pode marcar. e a outra pergunta, do estacionamento, alguém me responde?
en Perfect, yes. You never told me about the parking though
en yes book it. You didn't answer my question about the products
de Ja, buchen Sie. Aber meine Frage mit dem Hund haben Sie nicht beantwortet
de Passt, bitte eintragen! Und meine andere Frage?
fr Oui, c'est parfait. Mais vous ne m'avez pas répondu pour le parking
es Sí, resérvela. Pero no me ha contestado lo del perro
it Sì, va bene. Però non mi ha risposto sul parcheggio
nl Ja, doe maar. Maar je hebt mijn vraag over de hond niet beantwoord
de Ja bitte, aber schreiben Sie dazu, dass ich allergisch auf Ammoniak bin
en yes, but note that I'm allergic to ammonia please
es Sí, pero apunte que soy alérgica al amoniaco
it sì, ma segnate che l'ammoniaca mi fa prurito
fr Oui, mais notez que je suis allergique à l'ammoniaque
pt sim, mas anote que sou alérgica a amônia
nl ja, maar noteer wel dat ik allergisch ben
en yes to that one
fr Bon, oui pour celui-là.
it sì a quello
fr oui merci, je viendrai en vélo
en Yes. Will it hurt?
en Yes, book it. Do I need a referral?
it Sì, grazie. Lei cammina male, c'è l'ascensore?
fr Oui merci. Faut-il venir les cheveux lavés ?
nl Ja graag! Moet ik iets invullen vooraf?
pt sim, obrigada! a Bruna é iniciante total, tem problema?
nl boek die les van woensdag 9 december 15:30 maar
nl zet die afspraak van 9 december er maar in
de jut, machense
de Ja, tragen Sie den 9. Dezember um 15:30 Uhr ein
fr prenez celui du 9 décembre à 15h30
de Vor Ort ist gut. Ja, buchen bitte
en Cash is fine. Yes, book it
en yes book it, and please tell anna: i take isotretinoin and last time i got blisters
de ja, buchen, und sagen Sie der Anna bitte dass ich Blutverdünner nehme
nl ja boek maar, en zeg tegen Anna dat ik bloedverdunners slik
it sì prenoti, e dica ad Anna che prendo l'isotretinoina
en yes, and did you note the isotretinoin + the reaction for anna?
nl Ja prima. Ik heb nog nooit yoga gedaan, is dat erg?
it Sì, va bene. Non ho mai fatto yoga, è un problema?
es Sí, resérvela. Estoy muy nerviosa, ¿pasa algo?
"""
IS_NONE = """
en yes, but make it an hour later
en Perfect. But could it be Ben?
en yes if you can't do 4
en Yes. Only it's a bit dear for me
en Yes. But I have not decided yet
de ja wenn mein Mann auch kann
de Ja. Obwohl, der Donnerstag wär besser
de Ja. Das kollidiert womöglich mit der Chemo von meinem Papa
de Ja. Ob der Chef mich da gehen lässt ist die andere Frage
fr Oui. Enfin, attendez, je vérifie avec mon mari.
fr Oui. Et finalement mettez-moi une couleur à la place
fr Oui. Ça pique un peu niveau budget quand même
it Sì. Però prima devo chiedere a mio marito
it Sì. E invece di quello segni colour
es Sí. Bueno, espere, mejor lo pienso
es Sí. En teoría puedo, ya veré cómo ando de turnos
pt Sim. Só preciso confirmar com o meu chefe
pt Sim. Tá meio salgado pro meu bolso, viu
nl Ja. Maar ik moet het eerst aan mijn vrouw vragen
en yes please! and can my boyfriend Matteo come along too?
en Yes. Could it be earlier?
en Yes. Is anything free on Tuesday?
en yes! is that the cheapest?
en yes. can my sister come too?
de Ja bitte. Ist das auch wirklich bei Anna?
es Sí. ¿Y no hay nada más tarde?
fr Oui. Ce serait possible avec quelqu'un d'autre ?
en yes. The name is Luke Turner
de ja, und kann mein Bruder auch mitkommen?
pt sim, mas ponham Inês no lugar de Rui
nl boek die les van vrijdag 11 december 15:30 maar
nl boek die les van 9 december 15:30 maar als Ben er is
de ja, für uns beide bitte
pt pode marcar para os dois
en I'm not sure yet. Yes, book it
de Das muss ich noch klären. Ja, buchen
en yes, and tell anna I may have to cancel
en yes book it and tell anna I want ben instead
en yes. I can only pay half, is that a problem?
en yes. my sister comes too, is that a problem?
de ja. Ich würd lieber zu Ben, ist das schlimm?
"""
BOTH = """
pt pode marcar para os dois
en go ahead and book both places
es reserve para dos personas
nl ja, boek maar voor ons tweeën
fr oui, inscrivez-nous tous les deux
de beide bitte
"""
NOT_BOTH = """
pt pode marcar só para um
en yes but just for me
es apúntanos a los tres
de ja, für drei bitte
"""


def _read_back(language: str, *later: Visit, people: int = 1) -> State:
    state = begin(desk(language))
    state = replace(state, wish=replace(state.wish, name=SLOT.whom))
    slot = replace(SLOT, people=people)
    return replace(heard_assistant(state, [ReadBack(slot), Asked("booking")], NOW), later=later)


def _lines(text: str) -> list[tuple[str, str]]:
    return [(line[:2], line[3:]) for line in text.strip().splitlines()]


@pytest.mark.parametrize(("language", "text"), _lines(STANDS))
def test_talk_and_notes_beside_a_yes_leave_it_one(language: str, text: str) -> None:
    assert say(_read_back(language), text).meaning.agreed


@pytest.mark.parametrize(("language", "text"), _lines(IS_NONE))
def test_a_doubt_or_a_change_beside_a_yes_makes_it_none(language: str, text: str) -> None:
    assert not say(_read_back(language), text).meaning.agreed


@pytest.mark.parametrize(("language", "text"), _lines(BOTH))
def test_both_of_two_is_a_yes_to_two(language: str, text: str) -> None:
    assert say(_read_back(language, people=2), text).meaning.agreed


@pytest.mark.parametrize(("language", "text"), _lines(NOT_BOTH))
def test_another_number_is_no_yes_to_two(language: str, text: str) -> None:
    assert not say(_read_back(language, people=2), text).meaning.agreed


def test_a_question_that_we_owe_is_asked_again_beside_the_yes() -> None:
    meaning = say(_read_back("fr"), "Oui, c'est parfait. Mais vous ne m'avez pas répondu pour le parking").meaning
    assert meaning.agreed and meaning.asks == ("parking",)


def test_what_waits_already_is_told_more_closely_beside_a_yes() -> None:
    thursday = date(2026, 12, 3)
    waits = Visit("color")
    heard = say(_read_back("en", waits), "Perfect, yes. And the thursday one with Ben, before eleven?")
    (more,) = heard.wish.others
    assert heard.meaning.agreed and more.service == "color" and more.staff == "ben"
    assert more.days == Days(thursday, thursday) and more.times == Times(None, time(11))


GOES_ON = """
de Ja, bitte buchen. Und dann noch am Freitag, zwischen 15 und 18 Uhr wenn möglich.
de Ja. Und für meinen Sohn noch am Freitag um vier, das gleiche
de Passt, bitte eintragen. Und danach hätt ich gern noch einen am Freitag um 10
de jo buach, und dann no am freitog um zwa
en Yes please. The other one can be Friday morning
fr Oui, parfait. Et il m'en faudrait un autre vendredi matin
it Sì, confermo. E per mio figlio venerdì alle 16
es Sí, perfecto. Ahora la otra: viernes por la mañana
nl Ja prima. En de tweede op vrijdag om 10 uur
pt Sim, confirmo. A outra pode ser na sexta de manhã
"""
INSTEAD = """
en Yes, book it. And then Ben instead on Friday
en Yes. Now that I think of it, Friday at 4 is better
en Yes. And also on Friday I can't
de Ja. Und jetzt wäre mir der Freitag lieber
de passt, dann also Freitag
es Sí. Ahora que lo pienso, mejor el viernes
fr ça me va, et vendredi à seize heures aussi ?
it Sì. E venerdì invece?
"""
FRIDAY = date(2026, 12, 4)


@pytest.mark.parametrize("line", GOES_ON.strip().splitlines())
def test_a_yes_that_goes_on_to_another_day_is_one_and_the_other_waits(line: str) -> None:
    heard = say(_read_back(line[:2]), line[3:])
    assert heard.meaning.agreed and [one.day for one in heard.wish.others] == [FRIDAY]


def test_a_yes_may_go_on_to_two_other_days() -> None:
    heard = say(_read_back("de"), "Ja passt. Und jetzt noch Donnerstag den 17. und Dienstag den 22. je um halb fünf")
    assert heard.meaning.agreed
    assert [(one.day, one.time) for one in heard.wish.others] == [
        (date(2026, 12, 17), time(16, 30)),
        (date(2026, 12, 22), time(16, 30)),
    ]


@pytest.mark.parametrize("line", INSTEAD.strip().splitlines())
def test_what_is_to_be_instead_takes_the_yes_back(line: str) -> None:
    assert not say(_read_back(line[:2]), line[3:]).meaning.agreed


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Ja, buchen bitte. Und wenn ich absagen muss, bis wann geht das?"),
        ("en", "Yes, book it please. And if I need to cancel, how late can I do that?"),
        ("fr", "Oui, réservez. Et si je dois annuler, jusqu'à quand?"),
        ("pt", "Sim, pode marcar. E se precisar desmarcar, até quando?"),
    ],
)
def test_until_when_one_may_cancel_takes_nothing_back(language: str, text: str) -> None:
    meaning = say(_read_back(language), text).meaning
    assert meaning.agreed and meaning.asks == ("policy",)


def test_another_name_beside_a_yes_that_goes_on_is_read_back_first() -> None:
    heard = say(_read_back("en"), "Ann Melo, yes. And now a colour for Peter, please, same morning")
    (more,) = heard.wish.others
    assert not heard.meaning.agreed and heard.wish.name == "Ann Melo" and heard.wish.visit.service == "cut"
    assert (more.service, more.whom) == ("color", "Peter")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Oui ! Et est-ce que je dois venir avec les cheveux lavés ?"),
        ("nl", "Ja graag! Spreekt Anna een beetje Engels?"),
        ("en", "Yes please! Does Anna speak Spanish?"),
        ("es", "Sí, gracias. ¿Anna habla inglés?"),
        ("pt", "Sim, obrigada. A Anna fala inglês?"),
    ],
)
def test_a_question_about_whom_it_is_with_takes_nothing_back(language: str, text: str) -> None:
    meaning = say(just_read_back(language), text).meaning
    assert meaning.agreed and meaning.asks == ("other",)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Yes please. Is Ben free then too?"),
        ("en", "Yes? Is Anna good?"),
        ("fr", "Oui. Clara est libre aussi ?"),
        ("de", "Ja, oder hat die Anna am Freitag Zeit?"),
    ],
)
def test_whether_somebody_has_time_does(language: str, text: str) -> None:
    assert not say(just_read_back(language), text).meaning.agreed


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_yes_and_more_is_one(language: str) -> None:
    """What is heard as harmless is learned, so one in ten may ask again; that no other is a yes is a closed rule."""
    said = [line[3:] for line in AND_MORE.read_text(encoding="utf-8").splitlines() if line[:2] == language]
    missed = [text for text in said if not agreed(text, language)]
    assert len(said) >= 12 and len(missed) <= len(said) // 10, missed


@pytest.mark.parametrize(
    ("language", "text", "hour"),
    [
        ("pt", "Sim, pode marcar as duas", "Sim, pode marcar às duas"),
        ("es", "sí, las dos", "sí, a las dos"),
        ("it", "sì, prenoti tutte e due", "sì, prenoti alle due"),
    ],
)
def test_both_of_two_are_told_by_their_number(language: str, text: str, hour: str) -> None:
    assert agreed(text, language, people=2)
    assert not agreed(hour, language, people=2)


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("Ja graag. En belt u me even over of ik erbij mag?", True),
        ("Ja. Bel me en dan bevestig ik het.", False),
        ("Ja. Bel me eerst even voordat u boekt.", False),
    ],
)
def test_a_call_beside_a_yes_leaves_it_one_unless_it_comes_first(text: str, taken: bool) -> None:
    meaning = say(_read_back("nl"), text).meaning
    assert meaning.calls and meaning.agreed is taken


def test_each_sentence_beside_a_yes_is_heard() -> None:
    heard = say(_read_back("en"), "Yes, book it. She doesn't like having her neck touched. Is there a lift?")
    assert heard.meaning.agreed and heard.meaning.asks == ("access",)
    assert heard.wish.notes == ("She doesn't like having her neck touched",)


def test_a_further_visit_beside_a_yes_may_leave_open_what_it_is() -> None:
    heard = say(_read_back("de"), "Ja bitte! Und einen Termin bräuchte ich auch noch für meinen Sohn")
    (more,) = heard.wish.others
    assert heard.meaning.agreed and more.service is None and more.whom and not more.constraints

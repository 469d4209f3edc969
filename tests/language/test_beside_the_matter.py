"""What is said beside the matter: one and no more, words that only lead in a question, a part of the day in one."""

from datetime import time

import pytest

from tests.language.conversations import NOW, THURSDAY, read_back, say
from truebook.language.dialogue import heard_assistant
from truebook.language.meaning.noting import noted, without_lead_ins
from truebook.language.state import Booked, Slot
from truebook.language.values.counting import counted

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "sorry, just one"),
        ("en", "only one please, not nine"),
        ("de", "ich brauch nur einen"),
        ("es", "no, solo una"),
        ("fr", "non, un seul rendez-vous"),
        ("it", "ne basta uno"),
        ("nl", "ik heb er maar één nodig, geen negen"),
        ("pt", "afinal só um"),
    ],
)
def test_just_one_is_one(language: str, text: str) -> None:
    assert counted(text, language).single


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "only one question"),
        ("de", "nur eine Frage"),
        ("nl", "Doe maar 8 uur. Hoe lang duurt het?"),
        ("de", "Nehmen wir 8. Wie lang dauert das?"),
    ],
)
def test_what_counts_no_visits_counts_none(language: str, text: str) -> None:
    said = counted(text, language)
    assert (said.single, said.row) == (False, None)


@pytest.mark.parametrize(
    ("language", "text", "left"),
    [
        ("en", "Yes please. One more thing: is there wifi?", "Yes please. is there wifi?"),
        ("de", "Ach ja, gibt es WLAN?", "gibt es WLAN?"),
        ("de", "Ja. Noch eine Frage: gibt es WLAN?", "Ja. gibt es WLAN?"),
        ("es", "Sí, otra cosa: ¿hay wifi?", "Sí. ¿hay wifi?"),
        ("fr", "Encore une chose : il y a du wifi ?", "il y a du wifi ?"),
        ("it", "Sì. Ah, un'altra cosa: c'è il wifi?", "Sì. c'è il wifi?"),
        ("nl", "Nog iets, is er wifi?", "is er wifi?"),
        ("pt", "Só mais uma coisa: tem wifi?", "tem wifi?"),
        ("de", "Haben Sie noch was frei?", "Haben Sie noch was frei?"),
        ("en", "another thing, book me a cut too", "another thing, book me a cut too"),
    ],
)
def test_what_leads_in_a_question_is_no_part_of_it(language: str, text: str, left: str) -> None:
    assert without_lead_ins(text, language) == left


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Yes please. One more thing: can I drink my coffee black beforehand?"),
        ("en", "yes! do i need to bring a mat or grippy socks"),
        ("de", "Ja bitte. Und noch was: kann ich mit Karte zahlen?"),
        ("es", "Sí, por favor. Una cosa más: ¿puedo tomar café antes?"),
        ("fr", "Oui. Encore une chose : puis-je boire un café avant ?"),
        ("it", "Sì. Un'altra cosa: posso bere il caffè prima?"),
        ("nl", "ja! moet ik een mat meenemen of antislipsokken"),
        ("pt", "Sim. Mais uma coisa: posso beber café antes?"),
    ],
)
def test_a_yes_before_what_only_asks_is_one(language: str, text: str) -> None:
    meaning = say(read_back(language), text).meaning
    assert meaning.agreed and meaning.asks


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "yes. one more thing: could it be an hour earlier?"),
        ("es", "sí. otra cosa: ¿puede ser antes?"),
        ("de", "ja. geht es auch früher oder ist da voll?"),
        ("it", "sì. si può fare prima?"),
        ("en", "yes, and what's the catch?"),
    ],
)
def test_a_yes_before_what_wishes_is_none(language: str, text: str) -> None:
    assert not say(read_back(language), text).meaning.agreed


@pytest.mark.parametrize(
    ("language", "text", "same"),
    [
        ("en", "And black coffee in the morning, is that a no?", True),
        ("de", "darf ich am Abend wieder duschen?", True),
        ("it", "e il caffè la mattina, è vietato?", True),
        ("pt", "e café de manhã, posso?", True),
        ("en", "could I come in the evening instead?", False),
        ("de", "geht es auch am Vormittag?", False),
    ],
)
def test_a_part_of_the_day_beside_a_question_moves_nothing(language: str, text: str, same: bool) -> None:
    booked = heard_assistant(read_back(language), [Booked(Slot("b", "cut", "anna", THURSDAY, time(16)))], NOW)
    assert (say(booked, text).wish == booked.wish) == same


def test_a_note_ends_where_its_brackets_do() -> None:
    note = noted("une coupe pour elle (elle a 8 ans). C'est possible ?", "fr")
    assert note is not None and note.text == "elle a 8 ans"

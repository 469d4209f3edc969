"""Once something is booked, its day and hour named again wish for nothing; and the date behind "until the" is a day."""

from datetime import date, datetime, time

import pytest

from tests.language.conversations import NOW, THURSDAY, read_back, say
from tests.language.sayings import heard
from truebook.language.dialogue import heard_assistant
from truebook.language.state import Booked, Slot, State
from truebook.language.visits.parting import parting
from truebook.language.wish import Times

pytestmark = pytest.mark.unit
CUT = Slot("b", "cut", "anna", THURSDAY, time(16))
COLOUR = Slot("c", "color", "ben", date(2026, 12, 5), time(10))


def booked(language: str, *slots: Slot) -> State:
    state = read_back(language)
    for slot in slots or (CUT,):
        state = heard_assistant(state, [Booked(slot)], NOW)
    return state


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "brilliant, see you thursday at 4! can I pay by card?"),
        ("en", "thanks Anna, until the 3rd!"),
        ("de", "passt, dann seh ma uns am donnerstag um 4"),
        ("de", "Danke Anna, dann bis zum 3.!"),
        ("es", "Genial, nos vemos el jueves! Si me surge algo puedo cancelar hasta cuando?"),
        ("es", "Muchas gracias Anna, hasta el 3!"),
        ("fr", "parfait on se voit jeudi à 16h, je dois venir les cheveux lavés ?"),
        ("fr", "Merci Anna, au 3 !"),
        ("it", "perfetto ci vediamo giovedì alle 16, devo portare qualcosa?"),
        ("it", "Grazie Anna, al 3!"),
        ("nl", "Fijn, dank je wel Anna, tot de 3e!"),
        ("nl", "mooi, dan zie ik jullie donderdag om 4, kan ik daar parkeren?"),
        ("pt", "perfeito, quinta às 16h lá estou. posso pagar com cartão?"),
    ],
)
def test_its_own_day_and_hour_wish_for_nothing(language: str, text: str) -> None:
    before = booked(language)
    after = say(before, text)
    assert after.wish == before.wish
    assert not after.meaning.changed
    assert not after.meaning.does("book")
    assert not after.meaning.does("move")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "thursday at 4 doesn't work after all"),
        ("en", "and one for my son on thursday at 4 too"),
        ("de", "am Donnerstag geht es doch nicht"),
        ("it", "e anche uno per mio figlio giovedì alle 16"),
    ],
)
def test_a_wish_on_its_day_is_one(language: str, text: str) -> None:
    assert say(booked(language), text).meaning.changed


@pytest.mark.parametrize(
    ("language", "text"),
    [("de", "bis zum 7."), ("fr", "au 7"), ("es", "hasta el 7"), ("it", "fino al 7"), ("pt", "até ao 7")],
)
def test_the_date_behind_an_article_is_a_day(language: str, text: str) -> None:
    assert heard(text, language, datetime(2026, 3, 4, 10)) == "03-07"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("move it to 1715", "17:15"),
        ("sat 945 then", "03-07 09:45"),
        ("the wed one", "03-11"),
        ("from 2019 to 2021", ""),
    ],
)
def test_figures_run_together_are_an_hour_behind_a_day_or_a_to(text: str, told: str) -> None:
    assert heard(text, "en") == told


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "can u push the haircut half an hr later"),
        ("de", "und den Haarschnitt bitte eine halbe Stunde später"),
        ("es", "y el corte media hora más tarde, por favor"),
        ("fr", "et la coupe une demi-heure plus tard"),
        ("it", "e il taglio mezz'ora dopo"),
        ("nl", "en het knippen een half uur later"),
        ("pt", "e o corte meia hora mais tarde"),
    ],
)
def test_the_one_that_is_named_is_moved_from_its_own_time(language: str, text: str) -> None:
    after = say(booked(language, CUT, COLOUR), text)
    assert after.meaning.likeliest("move") > max(after.meaning.likeliest("book"), after.meaning.likeliest("late"))
    assert after.subject == CUT.id
    assert after.wish.visit.day == THURSDAY
    assert after.wish.visit.times == Times(time(16, 30), time(16, 30))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "don't just cancel it, move everything to thursday"),
        ("de", "Bitte nicht einfach absagen, sondern auf Donnerstag verschieben"),
        ("es", "Pero no me la cancele sin más, páselo todo al jueves"),
        ("fr", "ne l'annulez pas, déplacez-la à jeudi"),
        ("it", "non me lo annulli, lo sposti a giovedì"),
        ("nl", "niet zomaar annuleren, verzet het naar donderdag"),
        ("pt", "não me cancele, passe tudo para quinta"),
    ],
)
def test_what_is_not_to_be_cancelled_is_not_given_up(language: str, text: str) -> None:
    told = parting(text, language)
    assert told.denied
    assert not told.clause


@pytest.mark.parametrize(
    ("language", "text"), [("en", "no, cancel it"), ("es", "no, cancele la cita"), ("fr", "non, annulez")]
)
def test_a_no_before_it_is_an_answer(language: str, text: str) -> None:
    assert not parting(text, language).denied
    assert parting(text, language).clause


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "If there's anything on Friday morning move me there, otherwise I'll keep Thursday"),
        ("de", "Wenn am Freitag Vormittag was frei ist, verschieben Sie es bitte, sonst bleibt es bei Donnerstag"),
        ("fr", "Si vous avez quelque chose vendredi matin je déplace, sinon je garde jeudi"),
        ("it", "Se c'è posto venerdì mattina sposto, altrimenti tengo giovedì"),
        ("nl", "Als er vrijdagochtend iets vrij is verzet ik het, anders houd ik donderdag"),
        ("pt", "Se houver alguma coisa na sexta de manhã mudo, senão fico com quinta"),
    ],
)
def test_it_moves_only_where_that_can_be(language: str, text: str) -> None:
    after = say(booked(language), text)
    assert after.meaning.or_stays
    assert after.meaning.does("move")
    assert after.wish.visit.day == date(2026, 12, 4)

"""What closed words tell for sure: what is asked, and that anybody will do."""

import tomllib
from importlib.resources import files

import pytest

from tests.language.conversations import NOW, THREE, after, desk, say
from truebook.language.dialogue import begin, heard_assistant
from truebook.language.lists.ordinary import shared_words
from truebook.language.state import Asked, Booked, Informed, ReadBack

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "and does Ben do perms too?"),
        ("de", "und macht der Ben auch Dauerwellen"),
        ("es", "¿y Ben hace también permanentes?"),
        ("fr", "est-ce que Ben fait aussi des permanentes ?"),
        ("it", "e Ben fa anche la permanente?"),
        ("nl", "doet Ben ook permanenten?"),
        ("pt", "o Ben também faz permanente?"),
    ],
)
def test_what_else_is_done_is_told_by_what_there_is(language: str, text: str) -> None:
    asked = after(ReadBack(THREE), Asked("booking"), language=language)
    state = say(asked, text)
    assert state.meaning.asks == ("services", "other"), "what there is, and whether that is part of it the team knows"
    assert state.wish.visit.staff != "ben", "nobody asked for him"


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "is that with Ben too?"), ("de", "macht das auch der Ben?"), ("de", "habt ihr auch am Sonntag offen?")],
)
def test_who_does_it_and_when_is_no_other_service(language: str, text: str) -> None:
    asked = after(ReadBack(THREE), Asked("booking"), language=language)
    assert "services" not in say(asked, text).meaning.asks


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "and the steps?"),
        ("de", "und Stiegen?"),
        ("es", "¿y escalones?"),
        ("fr", "et il y a des marches ?"),
        ("it", "e gradini?"),
        ("nl", "en treden?"),
        ("pt", "e degraus?"),
    ],
)
def test_steps_and_lifts_are_how_people_get_in(language: str, text: str) -> None:
    asked = after(ReadBack(THREE), Asked("booking"), language=language)
    assert say(asked, text).meaning.asks == ("access",)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "is the 114 for both?"),
        ("de", "und die 114, ist das für beides zusammen?"),
        ("es", "¿los 114 son por las dos cosas?"),
        ("fr", "les 114 c'est pour les deux ?"),
        ("it", "i 114 sono per tutte e due?"),
        ("nl", "is die 114 voor allebei?"),
        ("pt", "os 114 são pelos dois?"),
    ],
)
def test_whether_a_sum_is_for_both_asks_the_price_of_all(language: str, text: str) -> None:
    meaning = say(after(ReadBack(THREE), Asked("booking"), language=language), text).meaning
    assert (meaning.asks, meaning.in_all) == (("price",), True)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "haircut on friday, whoevers free"),
        ("de", "Haarschnitt am Freitag, wer halt da ist"),
        ("es", "un corte el viernes, me da = kien"),
        ("fr", "une coupe vendredi, jm'en fou ki"),
        ("it", "un taglio venerdì, chi capita"),
        ("nl", "knippen vrijdag, eender wie"),
        ("pt", "um corte na sexta, com quem estiver livre"),
    ],
)
def test_whoever_is_there_asks_nothing(language: str, text: str) -> None:
    state = say(begin(desk(language)), text)
    assert (state.meaning.asks, state.meaning.unheard, state.wish.visit.service) == ((), (), "cut")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "haircut on friday. do i need to bring a mat or do you have them?"),
        ("de", "Haarschnitt am 4. Muss man eine Matte mitbringen oder habt ihr welche?"),
        ("es", "corte el viernes. ¿hay que llevarse esterilla o tenéis vosotros?"),
        ("fr", "coupe vendredi. faut-il apporter son tapis ou vous en avez ?"),
        ("it", "taglio venerdì. devo portare il tappetino o ce l'avete voi?"),
        ("nl", "knippen vrijdag. moet ik een matje meenemen of hebben jullie die?"),
        ("pt", "corte na sexta. é preciso levar tapete ou vocês têm?"),
    ],
)
def test_the_other_half_of_a_question_asks_nothing_else(language: str, text: str) -> None:
    state = say(begin(desk(language)), text)
    assert state.meaning.asks == ("bring",)
    assert state.wish.visit.day is not None


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("may my husband come along?", "You may bring somebody along"),
        ("does the laser hurt?", "hurts little"),
        ("tut das Lasern weh?", "tut wenig weh"),
        ("tenho de evitar o sol antes do laser?", "evite o sol"),
        ("mag mijn man meekomen?", "iemand meenemen"),
    ],
)
def test_a_fact_answers_who_asks_for_it_in_other_words(question: str, told: str) -> None:
    facts = tomllib.loads(files("truebook.demos").joinpath("facts.toml").read_text("utf-8"))["clinic"]
    language = next(code for code in ("en", "de", "pt", "nl") if any(told in one[code] for one in facts))
    fits = {one[language]: shared_words(one[language], question, language, ("Laser",)) for one in facts}
    assert told in max(fits, key=lambda fact: fits[fact])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I've got a mole I'd like someone to look at. what do I book?"),
        ("en", "not sure what I need, my knee hurts"),
        ("de", "was muss ich da buchen?"),
        ("es", "¿qué tengo que reservar para un lunar?"),
        ("fr", "je ne sais pas quoi prendre, j'ai mal au genou"),
        ("it", "cosa devo prenotare per un neo?"),
        ("nl", "welke afspraak moet ik maken voor een moedervlek?"),
        ("pt", "o que devo marcar para ver um sinal?"),
    ],
)
def test_whoever_does_not_know_what_to_book_is_told_what_there_is(language: str, text: str) -> None:
    assert say(begin(desk(language)), text).meaning.asks == ("services",)


@pytest.mark.parametrize(
    ("language", "text", "person"),
    [
        ("en", "is Dr. Maier in?", "ben"),
        ("en", "and is Prof. Chen there?", "chen"),
        ("de", "ist Dr. Maier da?", "ben"),
        ("de", "ist Hr. Dr. Maier morgen da?", "ben"),
        ("fr", "est-ce que le Dr. Maier est là ?", "ben"),
        ("nl", "is Dr. Maier er?", "ben"),
    ],
)
def test_the_stop_of_a_title_ends_no_sentence(language: str, text: str, person: str) -> None:
    meaning = say(begin(desk(language)), text).meaning
    assert (meaning.asks, meaning.person) == (("who",), person)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "and how do I cancel?"),
        ("en", "how can I cancel it if something comes up?"),
        ("de", "Und wie sage ich ab?"),
        ("de", "wie kann ich den Termin stornieren?"),
        ("es", "¿y cómo cancelo?"),
        ("fr", "et pour annuler, je fais comment ?"),
        ("fr", "comment je peux annuler ?"),
        ("it", "e come faccio a disdire?"),
        ("nl", "En hoe kan ik eventueel annuleren?"),
        ("pt", "e como é que cancelo?"),
    ],
)
def test_who_asks_how_to_cancel_cancels_nothing(language: str, text: str) -> None:
    state = say(after(Booked(THREE), language=language), text)
    assert state.meaning.asks == ("code",) and state.meaning.likeliest("cancel") == 0.0


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "what are your opening times?"),
        ("de", "Was habt ihr für Öffnungszeiten?"),
        ("es", "hola, ¿qué horario tenéis?"),
        ("es", "¿cuál es el horario de atención?"),
        ("es", "¿cuál es el horario?"),
        ("es", "buenas, que horarios manejan"),
        ("fr", "c'est quoi vos horaires ?"),
        ("it", "che orari fate?"),
        ("it", "quali sono gli orari di apertura?"),
        ("nl", "wat zijn jullie openingsuren?"),
        ("pt", "qual o horário de funcionamento?"),
        ("pt", "qual é o vosso horário?"),
    ],
)
def test_opening_hours_are_asked_for_by_their_name(language: str, text: str) -> None:
    assert say(begin(desk(language)), text).meaning.asks == ("hours",)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "¿cuál es el horario de la clase?"),
        ("pt", "qual é o horário da aula?"),
        ("it", "che orari ci sono domani?"),
    ],
)
def test_when_something_is_held_is_no_opening_hour(language: str, text: str) -> None:
    assert "hours" not in say(begin(desk(language)), text).meaning.asks


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "can you cancel it?"),
        ("de", "können Sie den Termin absagen?"),
        ("nl", "kunt u hem annuleren?"),
    ],
)
def test_who_asks_for_it_cancels(language: str, text: str) -> None:
    state = say(after(Booked(THREE), language=language), text)
    assert "code" not in state.meaning.asks and state.meaning.likeliest("cancel") > 0.5


@pytest.mark.parametrize(
    ("language", "first", "then", "asks"),
    [
        ("en", "how much is a colour?", "and a normal haircut?", ("price",)),
        ("de", "was kostet die Colour?", "Oh. Und ein Haarschnitt?", ("price",)),
        ("de", "wie lange dauert die Colour?", "und ein Haarschnitt?", ("length",)),
        ("es", "¿cuánto cuesta un colour?", "¿y un corte?", ("price",)),
        ("fr", "c'est combien la colour ?", "et une coupe normale ?", ("price",)),
        ("it", "quanto costa un colour?", "e il taglio?", ("price",)),
        ("nl", "hoeveel kost een colour?", "Oei. En knippen?", ("price",)),
        ("pt", "quanto custa um colour?", "e um corte?", ("price",)),
        ("en", "how much is a colour?", "and a haircut on friday?", ()),
        ("en", "do you do colours?", "and haircuts?", ()),
    ],
)
def test_what_was_asked_of_one_is_asked_of_another(language: str, first: str, then: str, asks: tuple[str, ...]) -> None:
    asked = heard_assistant(say(begin(desk(language)), first), [Informed(topic) for topic in asks], NOW)
    state = say(asked, then)
    assert (state.meaning.asks, state.wish.visit.service) == (asks, "cut")


SESSIONS = (
    ("en", "how many colour sessions will I need?"),
    ("en", "do I need experience for a haircut?"),
    ("de", "wie viele Haarschnitte braucht man da?"),
    ("de", "ist ein Haarschnitt auch was für Anfänger?"),
    ("es", "¿cuántas sesiones de corte necesito?"),
    ("it", "serve esperienza per un taglio?"),
    ("nl", "hoeveel keer knippen heb ik nodig?"),
)


@pytest.mark.parametrize(("language", "text"), SESSIONS)
def test_what_a_service_asks_of_whoever_comes_is_no_wish_for_it(language: str, text: str) -> None:
    assert say(begin(desk(language)), text).meaning.asks == ("other",)

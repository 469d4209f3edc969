"""What is asked for and not done here: it is said, struck off the wish, and nothing else of the message is lost."""

from dataclasses import replace
from datetime import time

import pytest

from tests.language.conversations import HALF_PAST, NOW, THREE, desk
from truebook.language.dialogue import begin, heard_assistant, heard_customer
from truebook.language.state import Asked, Offered, ReadBack, State
from truebook.language.values.counting import without_echo

pytestmark = pytest.mark.unit

ELSEWHERE = frozenset(
    ("blow dry", "piega", "brushing", "escova", "fohnen", "manicure", "manikure", "updo", "hochsteckfrisur", "nails",
     "ongles", "nagels", "augenbrauen zupfen", "physics")
)  # fmt: skip
BESIDE_A_CUT = [
    ("en", "a haircut and a manicure on friday", "manicure"),
    ("de", "einen Haarschnitt und eine Maniküre am Freitag", "Maniküre"),
    ("de", "Haarschnitt für mich am Freitag und eine Hochsteckfrisur für meine Frau", "Hochsteckfrisur"),
    ("fr", "une coupe et un brushing vendredi", "brushing"),
    ("it", "taglio e piega per me venerdì", "piega"),
    ("nl", "doen jullie ook nagels? en ik wil knippen vrijdag", "nagels"),
    ("pt", "quero corte e escova na sexta", "escova"),
]
ALONE = [
    ("en", "I'd like an updo for my wedding on friday", "updo"),
    ("en", "how much is a blow-dry?", "blow-dry"),
    ("de", "machen Sie auch Hochsteckfrisur?", "Hochsteckfrisur"),
    ("fr", "vous faites les ongles ?", "ongles"),
]
NO_WISH = ["a haircut on friday, no manicure", "a haircut on friday before my physics exam"]


def hears(language: str, text: str, *acts: Offered | ReadBack | Asked) -> State:
    state = begin(replace(desk(language), elsewhere=ELSEWHERE))
    if acts:
        state = heard_assistant(heard_customer(state, "Haircut", NOW), acts, NOW)
    return heard_customer(state, text, NOW)


@pytest.mark.parametrize(("language", "text", "what"), BESIDE_A_CUT)
def test_what_is_done_goes_on_alone(language: str, text: str, what: str) -> None:
    heard = hears(language, text)
    visit = heard.wish.visit
    assert (heard.meaning.not_offered, heard.meaning.asks[0]) == ((what,), "not_offered")
    assert (visit.service, visit.day and visit.day.weekday(), visit.whom, heard.wish.others) == ("cut", 4, None, ())


@pytest.mark.parametrize(("language", "text", "what"), ALONE)
def test_it_becomes_no_other_service(language: str, text: str, what: str) -> None:
    heard = hears(language, text)
    assert (heard.meaning.not_offered, heard.meaning.asks, heard.wish.visit.service) == (
        (what,),
        ("not_offered",),
        None,
    )


@pytest.mark.parametrize("text", NO_WISH)
def test_what_is_not_wished_for_is_passed_over(text: str) -> None:
    heard = hears("en", text)
    assert (heard.meaning.not_offered, heard.wish.visit.service, heard.wish.others) == ((), "cut", ())


def test_a_choice_beside_it_is_made() -> None:
    for text in ("15:30 and a manicure right after", "the second one. And a blow dry please"):
        heard = hears("en", text, Offered((THREE, HALF_PAST)))
        assert heard.meaning.picked == HALF_PAST.id and heard.meaning.not_offered


def test_whoever_wants_it_besides_has_not_said_yes() -> None:
    asked = (ReadBack(HALF_PAST), Asked("booking"))
    heard = hears("en", "yes but add a manicure", *asked)
    assert not heard.meaning.agreed and heard.meaning.asks == ("not_offered",)
    assert hears("en", "forget the manicure. Yes, book it", *asked).meaning.agreed


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "the second one. will it take long? I have to be back at work by five"),
        ("de", "den zweiten. Dauert das lang? Ich muss um fünf im Büro sein"),
        ("es", "la segunda, a las cinco tengo dentista"),
        ("fr", "le deuxième. j'ai un train à 17h"),
        ("it", "la seconda. alle cinque devo essere in ufficio"),
        ("nl", "de tweede. ik moet om vijf uur op school zijn"),
        ("pt", "a segunda, às cinco tenho de estar no escritório"),
    ],
)
def test_where_somebody_has_to_be_later_changes_no_choice(language: str, text: str) -> None:
    slots = tuple(replace(one, minutes=45) for one in (THREE, HALF_PAST))
    heard = hears(language, text, Offered(slots))
    assert (heard.meaning.picked, heard.wish.visit.time) == (HALF_PAST.id, time(15, 30))


def test_an_hour_with_somebody_is_no_offer_with_another() -> None:
    offers = (replace(THREE, time=time(9)), replace(HALF_PAST, staff="ben"))
    assert hears("en", "9 with ben", Offered(offers)).meaning.picked is None
    assert hears("en", "9 with anna. can I bring my girlfriend?", Offered(offers)).meaning.picked == THREE.id


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Mittwoch um drei ist mir zu spät wenn ich nichts essen darf, ich nehme halb vier"),
        ("es", "pues la segunda, como te decía"),
        ("nl", "Samen? Het is alleen voor hem hoor. Half vier is prima"),
        ("pt", "Juntos? É só para ele. 15:30 está ótimo"),
    ],
)
def test_a_reason_an_echo_and_a_tag_ask_nothing(language: str, text: str) -> None:
    assert hears(language, text, Offered((THREE, HALF_PAST))).meaning.asks == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "is Ben off on wednesday?"),
        ("de", "Ist die Anna am Mittwoch nicht da?"),
        ("fr", "Anna ne travaille pas mercredi ?"),
        ("pt", "na quarta o Ben não está?"),
    ],
)
def test_who_is_not_there_is_asked_and_not_chosen(language: str, text: str) -> None:
    heard = hears(language, text, Offered((THREE, HALF_PAST))).meaning
    assert (heard.asks, heard.picked) == (("who",), None)


@pytest.mark.parametrize(
    ("language", "text", "left"),
    [
        ("en", "For two? no, just him. The first", "no, just him. The first"),
        ("en", "for both of us? no, only him", "no, only him"),
        ("de", "Für zwei? Nein, nur er kommt", "Nein, nur er kommt"),
        ("pt", "Para os dois? Não, é só ele", "Não, é só ele"),
        ("en", "is it free at two? only then", "is it free at two? only then"),
    ],
)
def test_how_many_asked_back_is_no_number(language: str, text: str, left: str) -> None:
    assert without_echo(text, language) == left

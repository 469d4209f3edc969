"""A part of what is booked is given back, in people's own words: places in a class, somebody who came along."""

from datetime import UTC, datetime

import pytest

from tests.assistant.salon import NOW, VIENNA, carla, talk
from tests.assistant.scripted import visits
from tests.chat import Chat
from tests.desk import Desk
from truebook.booking import classes, timetable
from truebook.booking.model import Customer
from truebook.booking.sessions import Session
from truebook.booking.timetable import Course
from truebook.tenants import staff
from truebook.tenants.pools import POOLS, add_units
from truebook.tenants.services import SERVICES

pytestmark = pytest.mark.anyio
ONE = "Yoga Clara 12-06 10:00"


async def yoga(desk: Desk, seats: int = 6) -> Session:
    """Give a class with Clara on Saturday at 10."""
    service = await SERVICES.add(
        desk.db, desk.scope, name="Yoga", duration_minutes=60, price_minor=1400,
        names={language: ["Yoga"] for language in ("de", "es", "fr", "it", "nl", "pt")},
    )  # fmt: skip
    clara = desk.staff["Clara"]
    await staff.set_services(
        desk.db, desk.scope, clara, [desk.services["Haircut"], desk.services["Colour"], service.id]
    )
    pool = await POOLS.add(desk.db, desk.scope, name="mats", kind="seat")
    await add_units(desk.db, desk.scope, pool.id, seats)
    start = datetime(2031, 12, 6, 10, tzinfo=VIENNA).astimezone(UTC)
    return await timetable.add(desk.db, desk.scope, Course(service.id, clara, pool.id), start, now=NOW)


async def left(desk: Desk, session: Session) -> int:
    return (await classes.get(desk.db, desk.scope, session.id)).free


BOOK = {
    "en": ("{} places in the yoga class on saturday at 10", "yes"),
    "de": ("{} Plätze im Yoga am Samstag um 10 Uhr", "ja"),
    "es": ("{} plazas de yoga el sábado a las 10", "sí"),
    "fr": ("{} places au yoga samedi à 10h", "oui"),
    "it": ("{} posti per yoga sabato alle 10", "sì"),
    "nl": ("{} plaatsen bij yoga zaterdag om 10 uur", "ja"),
    "pt": ("{} lugares no yoga sábado às 10h", "sim"),
}


async def booked(desk: Desk, language: str, seats: int) -> Chat:
    chat = await carla(desk)
    wish, yes = BOOK[language]
    await talk(chat, wish.format(seats), yes)
    assert await visits(desk) == [f"confirmed: {' + '.join([ONE] * seats)}"], chat.last
    return chat


@pytest.mark.parametrize(
    ("language", "there", "line", "stay"),
    [
        ("en", 2, "my sister dropped out, so take out her place, mine stays", 1),
        ("en", 2, "we are only one now", 1),
        ("en", 6, "4 places instead of 6 please", 4),
        ("en", 6, "two of the girls cant come, can you drop us to four places", 4),
        ("en", 6, "just cancel 2 of my 6 places", 4),
        ("de", 2, "meine Schwester kann leider nicht, bitte ihren Platz streichen, meiner bleibt", 1),
        ("de", 2, "wir brauchen nur noch einen Platz", 1),
        ("de", 5, "bitte drei statt fünf Plätze", 3),
        ("de", 4, "können Sie zwei von den vier Plätzen wieder zurücknehmen, zwei kommen nicht", 2),
        ("es", 2, "mi hermana no puede al final, quita la suya y deja la mía", 1),
        ("es", 2, "solo la plaza de mi hermana, yo sí voy", 1),
        ("es", 2, "ahora solo necesito una", 1),
        ("es", 4, "cambia la reserva de cuatro plazas a dos", 2),
        ("fr", 2, "ma sœur ne peut pas venir, annulez sa place et gardez la mienne", 1),
        ("fr", 4, "il me faut seulement trois places au lieu de quatre", 3),
        ("fr", 3, "annulez une des trois places", 2),
        ("it", 2, "mia sorella non viene, togli il suo posto e lascia il mio", 1),
        ("it", 4, "solo tre posti invece di quattro", 3),
        ("it", 3, "annulla uno dei tre posti", 2),
        ("nl", 2, "mijn zus kan niet, haal haar plek eraf, die van mij blijft", 1),
        ("nl", 4, "drie plaatsen in plaats van vier graag", 3),
        ("nl", 3, "annuleer een van de drie plekken", 2),
        ("pt", 2, "a minha irmã não pode, tira o lugar dela e deixa o meu", 1),
        ("pt", 4, "só três lugares em vez de quatro", 3),
        ("pt", 3, "cancela um dos três lugares", 2),
    ],
)  # fmt: skip
async def test_some_places_are_given_back_and_the_others_stay(
    desk: Desk, language: str, there: int, line: str, stay: int
) -> None:
    session = await yoga(desk)
    chat = await booked(desk, language, there)
    said = await chat.say(line)
    assert chat.last and chat.last.acts[-1]["kind"] == "read_back" and chat.last.acts[-1]["purpose"] == "places", said
    assert str(14 * stay) in said and str(stay) in said
    assert await left(desk, session) == 6 - there
    receipt = await chat.say(BOOK[language][1])
    assert "✓" in receipt and await left(desk, session) == 6 - stay
    assert await visits(desk) == [f"confirmed: {' + '.join([ONE] * stay)}"]


async def test_what_stays_is_read_back_with_its_price(desk: Desk) -> None:
    await yoga(desk)
    chat = await booked(desk, "en", 2)
    said = await chat.say("actually only one of us can come")
    assert said == "Yoga with Clara, Saturday 6 December, 10:00, would then be 1 place, €14. Shall I change it?"
    assert await chat.say("no, leave it as it is") == "All right, it stays as it is."
    said = await talk(chat, "hm, give back one of the two places after all", "yes")
    assert said.startswith("Changed ✓ Now Saturday 6 December, 10:00 (Europe/Vienna), Yoga with Clara. Code"), said


async def test_all_places_are_still_cancelled_as_a_whole(desk: Desk) -> None:
    session = await yoga(desk)
    chat = await booked(desk, "en", 2)
    await talk(chat, "cancel both places", "yes")
    assert await left(desk, session) == 6


async def test_more_places_are_claimed_or_honestly_refused(desk: Desk) -> None:
    session = await yoga(desk)
    chat = await booked(desk, "en", 2)
    await talk(chat, "can we have one more place please", "yes")
    assert await left(desk, session) == 3
    await classes.book(desk.db, desk.scope, session.id, Customer("Bob"), now=NOW, seats=2)
    said = await chat.say("make it 5 places instead of 3")
    assert "not enough places left" in said and "stays as it is" in said
    assert await left(desk, session) == 1


async def test_own_places_are_no_obstacle(desk: Desk) -> None:
    session = await yoga(desk)
    chat = await booked(desk, "en", 6)
    await talk(chat, "no i mean the saturday booking, 4 places instead of 6", "yes")
    assert await left(desk, session) == 2


async def test_the_code_and_how_many_are_enough(desk: Desk) -> None:
    session = await yoga(desk)
    chat = await booked(desk, "es", 2)
    code = chat.last.acts[-1]["code"]  # type: ignore[union-attr]
    await talk(chat, f"cambia el código {code} de 2 plazas a 1", "sí")
    assert await left(desk, session) == 5


async def test_a_yes_counts_only_for_the_number_that_was_read_back(desk: Desk) -> None:
    session = await yoga(desk)
    chat = await booked(desk, "en", 4)
    await talk(chat, "we only need three places", "no wait, only two places", "yes")
    assert await left(desk, session) == 4


FOR_TWO = {
    "en": ("a haircut for me and my daughter on friday at 10", "yes"),
    "de": ("einen Haarschnitt für mich und meine Tochter am Freitag um 10 Uhr", "ja"),
    "es": ("un corte para mí y para mi hija el viernes a las 10", "sí"),
    "fr": ("une coupe pour moi et ma fille vendredi à 10h", "oui"),
    "it": ("un taglio per me e mia figlia venerdì alle 10", "sì"),
    "nl": ("knippen voor mij en mijn dochter vrijdag om 10 uur", "ja"),
    "pt": ("um corte para mim e para a minha filha na sexta às 10h", "sim"),
}


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "cancel only my daughter's haircut, keep mine"),
        ("en", "can you take my daughter off the booking please, just the haircut with ben"),
        ("de", "meine Tochter kann nicht, bitte nur ihren Termin streichen, meiner bleibt"),
        ("es", "mi hija no puede, quita su corte y deja el mío"),
        ("fr", "ma fille ne vient pas, annulez juste sa coupe, gardez la mienne"),
        ("it", "mia figlia non viene, annulla solo il suo taglio, il mio resta"),
        ("nl", "mijn dochter kan niet, annuleer alleen haar afspraak, die van mij blijft"),
        ("pt", "a minha filha não pode, cancela só o corte dela, o meu fica"),
    ],
)
async def test_only_the_one_who_cannot_come_is_taken_out(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    yes = FOR_TWO[language][1]
    said = await talk(chat, *FOR_TWO[language], line)
    await chat.say(yes)
    assert await visits(desk) == ["confirmed: Haircut Anna 12-05 10:00"], said


async def test_a_place_on_another_day_gives_none_back(desk: Desk) -> None:
    await yoga(desk)
    chat = await carla(desk)
    await talk(chat, "two places in yoga on saturday at 10", "yes")
    await talk(chat, "great, now a new place for me alone in yoga on saturday the 13th", "yes")
    assert await visits(desk) == [f"confirmed: {ONE} + {ONE}"]

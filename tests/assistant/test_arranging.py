"""In people's own words, without a language model: visits, people, series, the waiting list and changes end in rows."""

import pytest

from tests.assistant.salon import carla, speaks, take, talk
from tests.assistant.scripted import visits
from tests.desk import Desk

pytestmark = pytest.mark.anyio


FRIDAY_BOTH = "confirmed: Haircut Anna 12-05 10:00 + Colour Anna 12-05 10:45"
BOTH_OF_US = "confirmed: Haircut Anna 12-06 10:00 + Haircut Anna {} 12-06 10:45"
TUESDAYS = [f"confirmed: Haircut Anna {day} 17:00" for day in ("12-09", "12-16", "12-23")]
OTHER_TUESDAYS = [f"confirmed: Haircut Anna {day} 11:00" for day in ("12-09", "12-23")]
FRIDAY = ["confirmed: Haircut Anna 12-05 10:00"]
COLOUR = ["confirmed: Colour Anna 12-05 10:00"]


@pytest.mark.parametrize(
    ("language", "lines", "made"),
    [
        ("en", ("cut and colour with anna on Friday", "at 10", "yes"), [FRIDAY_BOTH]),
        ("de", ("Haare schneiden und färben bei Anna am Freitag", "um 10 Uhr", "ja bitte"), [FRIDAY_BOTH]),
        ("es", ("corte y color con Anna el viernes a las 10", "sí"), [FRIDAY_BOTH]),
        ("fr", ("une coupe et une couleur avec Anna vendredi à 10h", "oui"), [FRIDAY_BOTH]),
        ("en", ("a haircut and a colour with anna friday at 10", "only the haircut", "yes"),
         ["confirmed: Haircut Anna 12-05 10:00"]),
        ("en", ("a haircut for me and my daughter with anna on saturday at 10", "yes"), [BOTH_OF_US.format("daughter")]),
        ("de", ("einen Haarschnitt für mich und meine Tochter bei Anna am Samstag um 10", "ja"),
         [BOTH_OF_US.format("Tochter")]),
        ("en", ("a haircut with anna every tuesday at 5pm for three weeks", "yes"), TUESDAYS),
        ("en", ("a haircut with anna every tuesday at 5pm", "3 times", "yes please"), TUESDAYS),
        ("en", ("a haircut with anna every tuesday at 5pm", "3", "yes please"), TUESDAYS),
        ("en", ("a haircut with anna every tuesday at 5pm for three weeks", "no"), []),
        ("de", ("jeden Dienstag um 17 Uhr einen Haarschnitt bei Anna, drei Wochen lang", "ja"), TUESDAYS),
        ("de", ("jeden Dienstag um 17 Uhr einen Haarschnitt bei Anna", "dreimal", "ja gern"), TUESDAYS),
        ("en", ("haircut with Anna tuesdays at 5pm for three weeks", "yes"), TUESDAYS),
        ("de", ("Haarschnitt bei Anna dienstags um 17 Uhr, drei Wochen lang", "ja"), TUESDAYS),
        ("en", ("haircut with Anna every two weeks on tuesday at 10, four times", "no, at eleven", "only two times", "yes"),
         OTHER_TUESDAYS),
        ("fr", ("coupe toutes les deux semaines le mardi à 11h avec Anna, deux fois", "oui"), OTHER_TUESDAYS),
        ("nl", ("knippen bij Anna om de twee weken op dinsdag om 11 uur, twee keer", "ja"), OTHER_TUESDAYS),
        ("en", ("I work every Monday so Friday at 10 for a haircut with Anna please", "yes"), FRIDAY),
        ("de", ("ich arbeite jeden Montag, also Haarschnitt am Freitag um 10 bei Anna", "ja"), FRIDAY),
        ("es", ("trabajo todos los lunes, así que corte el viernes a las 10 con Anna", "sí"), FRIDAY),
        ("it", ("lavoro ogni lunedì quindi taglio venerdì alle 10 con Anna", "sì"), FRIDAY),
        ("nl", ("ik werk elke maandag dus knippen op vrijdag om 10 uur bij Anna", "ja"), FRIDAY),
        ("en", ("I get my hair cut every six weeks, can I come friday at 10 to Anna?", "yes"), FRIDAY),
        ("en", ("a haircut with anna friday at 10", "yes", "can i change my haircut to a colour", "yes"), COLOUR),
        ("de", ("Haarschnitt bei Anna Freitag um 10", "ja", "kann ich statt Haarschnitt lieber Färben", "ja"), COLOUR),
        ("en", ("a haircut with anna friday at 10", "yes", "and a colour too please", "yes"), [FRIDAY_BOTH]),
    ],
)  # fmt: skip
async def test_words_end_in_rows(desk: Desk, language: str, lines: tuple[str, ...], made: list[str]) -> None:
    await speaks(desk, language)
    chat = await carla(desk)
    said = [await chat.say(line) for line in lines]
    assert await visits(desk) == made, said


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ("put me on the waitlist for Saturday", "haircut", "yes", "take me off the waiting list", "yes")),
        ("de", ("setzen Sie mich auf die Warteliste für Samstag", "Haarschnitt", "ja",
                "bitte von der Warteliste nehmen", "ja")),
    ],
)  # fmt: skip
async def test_whoever_wants_to_wait_waits_and_does_not_any_more(
    desk: Desk, language: str, lines: tuple[str, ...]
) -> None:
    await speaks(desk, language)
    chat = await carla(desk)
    states, said = [], []
    for line in lines:
        said.append(await chat.say(line))
        async with desk.db.transaction(desk.scope) as tx:
            states.append([row[0] for row in await tx.rows("SELECT status FROM waitlist_entries")])
    assert states == [[], [], ["waiting"], ["waiting"], ["withdrawn"]], said


async def test_where_nothing_is_free_the_list_is_joined_for_what_was_asked(desk: Desk) -> None:
    for staff, clock in (("Anna", "09:00"), ("Clara", "09:00"), ("Ben", "09:00")):
        await take(desk, "Haircut", staff, 6, clock)
    chat = await carla(desk)
    await talk(chat, "a haircut saturday at 9", "put me on the waiting list for it please", "yes")
    async with desk.db.transaction(desk.scope) as tx:
        (row,) = await tx.rows("SELECT lower(windows) AT TIME ZONE 'Europe/Vienna', status FROM waitlist_entries")
    assert (f"{row[0]:%m-%d %H:%M}", row[1]) == ("12-06 09:00", "waiting")


async def test_all_of_a_series_is_cancelled_with_one_yes(desk: Desk) -> None:
    chat = await carla(desk)
    await talk(chat, "a haircut with anna every tuesday at 5pm for three weeks", "yes")
    asked = await chat.say("cancel all of them")
    assert asked.startswith(
        "3 times Haircut with Anna, Tuesday 9 December to Tuesday 23 December, 17:00: shall I cancel"
    )
    assert (await chat.say("yes")).startswith("Cancelled ✓ 3 times")
    assert {one.split(":")[0] for one in await visits(desk)} == {"cancelled"}

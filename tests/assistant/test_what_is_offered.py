"""The times that are offered: within every limit that was said, with different people where nobody was named."""

import re

import pytest

from tests.assistant.salon import carla, speaks, take, talk
from tests.desk import Desk
from truebook.tenants import hours
from truebook.tenants.hours import Hours, Opening

pytestmark = pytest.mark.anyio


def clocks(answer: str) -> list[str]:
    """Return the times of day of an answer."""
    return re.findall(r"\d\d:\d\d", answer)


@pytest.mark.parametrize(
    ("language", "wish", "people"),
    [
        ("en", "a haircut friday morning please", ["with Anna", "with Ben", "with Clara"]),
        ("de", "am Freitag tät ich mir gern die Haare schneiden lassen, am Vormittag irgendwann",
         ["bei Anna", "bei Ben", "bei Clara"]),
        ("es", "un corte de pelo el viernes por la mañana, con quien sea", ["con Anna", "con Ben", "con Clara"]),
    ],
)  # fmt: skip
async def test_the_wished_day_is_offered_with_different_people(
    desk: Desk, language: str, wish: str, people: list[str]
) -> None:
    await speaks(desk, language)
    answer = await (await carla(desk)).say(wish)
    assert [one in answer for one in people] == [True] * 3
    assert all("09:00" <= one < "12:00" for one in clocks(answer)) and len(clocks(answer)) == 3
    assert not re.search("Tuesday|Dienstag|martes", answer)


async def test_of_two_days_three_times_are_offered(desk: Desk) -> None:
    answer = await (await carla(desk)).say("a haircut on thursday or friday, whoever is free")
    assert len(clocks(answer)) == 3
    assert "Thursday" in answer and "Friday" in answer


@pytest.mark.parametrize(
    ("language", "wish"),
    [
        ("nl", "knipbeurt, ergens in de week van 8 december, liefst na vieren"),
        ("de", "Haarschnitt, irgendwann in der Woche vom 8. Dezember, jeder Tag ginge, nach vier"),
        ("en", "haircut, some time in the week of 8 December, any day after four"),
    ],
)
async def test_a_week_and_any_day_of_it_is_no_series(desk: Desk, language: str, wish: str) -> None:
    await speaks(desk, language)
    answer = await (await carla(desk)).say(wish)
    assert len(clocks(answer)) == 3
    assert all(one >= "16:00" for one in clocks(answer))


async def test_evenings_only_is_no_end_of_the_day_that_is_a_limit(desk: Desk) -> None:
    answer = await (await carla(desk)).say(
        "a haircut please, exam on Friday, so not later than Thursday, afternoons only"
    )
    assert all(one >= "12:00" for one in clocks(answer)) and len(clocks(answer)) == 3
    assert "Friday" not in answer


async def test_four_in_the_afternoon_counts_nobody(desk: Desk) -> None:
    answer = await (await carla(desk)).say("can i get a haircut on thursday for four in the afternoon")
    assert answer.startswith("Haircut with Anna, Thursday 4 December, 16:00, 45 minutes, €35.")


@pytest.mark.parametrize(
    ("language", "wish", "said"),
    [
        ("en", "haircut on thursday", "the first, no apologies, the last one"),
        ("de", "Haircut am Donnerstag", "der erste, nein Entschuldigung, der letzte"),
        ("es", "corte el jueves", "el primero, no, disculpe, el último"),
        ("fr", "coupe jeudi", "le premier, non désolée, le dernier"),
        ("it", "taglio giovedì", "il primo, no scusate, l'ultimo"),
        ("nl", "knipbeurt donderdag", "de eerste, nee pardon, de laatste"),
        ("pt", "corte na quinta", "a primeira, não perdão, a última"),
    ],
)
async def test_the_later_of_two_picks_in_one_breath_is_meant(desk: Desk, language: str, wish: str, said: str) -> None:
    await speaks(desk, language)
    offered = clocks(await (chat := await carla(desk)).say(wish))
    assert clocks(await chat.say(said)) == offered[-1:]


@pytest.mark.parametrize(
    ("language", "wish", "said", "read_back"),
    [
        ("en", "haircut on thursday", "I'd take the 9:00, is there parking?", "Thursday 4 December, 09:00"),
        ("en", "haircut on thursday", "I'll go for 9. I have no appointment yet", "Thursday 4 December, 09:00"),
        ("de", "Haircut am Donnerstag", "Muss ich die Haare vorher waschen? Sonst nehm ich den um 9.", "09:00 Uhr, 45"),
        ("fr", "coupe jeudi", "9 heures, très bien. Mais dois-je être à jeun, oui ou non ?", "jeudi 4 décembre, 09:00"),
        ("fr", "coupe jeudi",
         "Je n'ai pas encore de rendez-vous, je viens de vous dire que je prends celui de 9 heures", "09:00, 45"),
        ("it", "taglio giovedì", "il primo va bene, grazie. posso portare il cane?", "giovedì 4 dicembre, 09:00"),
        ("nl", "knipbeurt donderdag", "de laatste graag. hoe lang duurt het?", "donderdag 4 december, 17:15"),
    ],
)  # fmt: skip
async def test_an_offer_is_taken_beside_anything_else(
    desk: Desk, language: str, wish: str, said: str, read_back: str
) -> None:
    await speaks(desk, language)
    assert read_back in await talk(await carla(desk), wish, said)


async def test_a_question_beside_an_offer_that_wishes_for_another_day_takes_none(desk: Desk) -> None:
    chat = await carla(desk)
    await chat.say("haircut on thursday")
    assert "Friday 5 December" in await chat.say("the first one, but could we do friday instead?")


@pytest.mark.parametrize(
    ("language", "wish", "said", "first"),
    [
        ("en", "haircut with clara this week", "have you something later in the month?", "12 December"),
        ("de", "Haircut bei Clara morgen", "haben Sie etwas später in der Woche?", "4. Dezember"),
        ("fr", "coupe cette semaine, pas le vendredi", "et un peu plus tard dans le mois ?", "11 décembre"),
    ],
)
async def test_later_in_the_week_or_month_is_other_days(
    desk: Desk, language: str, wish: str, said: str, first: str
) -> None:
    await speaks(desk, language)
    chat = await carla(desk)
    before = await chat.say(wish)
    answer = await chat.say(said)
    assert first in answer and answer != before
    assert not re.search("Not|Nicht|Pas", answer)


async def test_one_end_of_a_window_stays_when_the_other_is_told(desk: Desk) -> None:
    chat = await carla(desk)
    for line, first, last in (
        ("haircut thursday afternoon", "12:00", "18:00"),
        ("before four please", "12:00", "15:59"),
        ("after two actually", "14:00", "15:59"),
        ("no, in the morning", "09:00", "11:59"),
    ):
        answer = await chat.say(line)
        assert len(clocks(answer)) == 3 and all(first <= one <= last for one in clocks(answer)), line


async def test_an_hour_that_is_asked_for_with_a_no_is_wished_for(desk: Desk) -> None:
    await speaks(desk, "pt")
    chat = await carla(desk)
    await chat.say("corte na quinta de manhã, menos com a Anna")
    assert "Corte com Ben, quinta-feira, 4 de dezembro, 10:00" in await chat.say("às 10 não dá?")


@pytest.mark.parametrize(
    ("wish", "reason"),
    [
        (
            "haircut with Ben on monday morning",
            "On Monday 8 December we are open 13:00–19:00. Monday 8 December, Ben is",
        ),
        ("haircut with Ben on friday at 19:00", "On Friday 5 December we are open 09:00–18:00."),
        ("haircut with Ben on thursday at 10:00", "On Thursday 4 December Ben is here 12:00–16:00."),
        ("haircut with Ben on wednesday", "Ben is not here on Wednesday 3 December."),
        ("haircut with Anna on thursday at 15:00", "Anna already has an appointment at 15:00 on Thursday 4 December."),
        ("haircut on sunday", "We are closed on Sunday 7 December."),
    ],
)
async def test_the_reason_is_told_by_the_hours_of_the_day_and_of_the_person(desk: Desk, wish: str, reason: str) -> None:
    week = (Opening(1, 780, 1140), Opening(4, 720, 960), Opening(5, 540, 1080))
    await hours.put(desk.db, desk.scope, Hours(desk.staff["Ben"], 15, 60, 90, 120, week))
    await take(desk, "Haircut", "Anna", 4, "15:00")
    assert (await (await carla(desk)).say(wish)).startswith(reason)


@pytest.mark.parametrize(
    ("language", "wish", "said", "read_back"),
    [
        ("en", "haircut on thursday, any time", "the one after lunch", "13:15, 45"),
        ("de", "Haircut am Donnerstag", "den am Nachmittag bitte", "13:15 Uhr, 45"),
        ("es", "corte el jueves", "la de la mañana", "09:00, 45"),
        ("fr", "coupe jeudi", "celui du matin", "09:00, 45"),
        ("it", "taglio giovedì", "quello del pomeriggio", "17:15, 45"),
        ("nl", "knipbeurt donderdag", "die van na de lunch", "13:15, 45"),
        ("pt", "corte na quinta", "o da manhã", "09:00, 45"),
        ("en", "haircut on thursday after 13:00", "14:00, oh no, the next one then", "15:15, 45"),
        ("de", "Haircut am Donnerstag", "um 9, nein warte, den danach", "13:15 Uhr, 45"),
    ],
)
async def test_an_offer_is_named_by_where_it_lies(
    desk: Desk, language: str, wish: str, said: str, read_back: str
) -> None:
    await speaks(desk, language)
    assert read_back in await talk(await carla(desk), wish, said)


async def test_where_no_choice_can_be_met_the_nearest_of_any_is_offered(desk: Desk) -> None:
    answer = await (await carla(desk)).say("a haircut on sunday, otherwise monday morning")
    assert answer.startswith("On Monday 8 December we are open 13:00–19:00. Monday 8 December, Anna is free at 13:00")


async def test_what_is_read_back_again_is_not_booked_whatever_else_is(desk: Desk) -> None:
    chat = await carla(desk)
    for line in ("a haircut with anna thursday at 15:00", "yes", "and a beard trim with ben on friday at 10"):
        await chat.say(line)
    answer = await chat.say("hm, and where are you?")
    assert "Nothing is booked" not in answer and "Beard trim with Ben, Friday 5 December, 10:00" in answer


async def test_about_an_hour_that_cannot_be_had_is_told_why(desk: Desk) -> None:
    answer = await (await carla(desk)).say("a haircut on saturday around 4 pm")
    assert answer.startswith("On Saturday 6 December we are open 09:00–14:00.")


async def test_a_day_left_for_another_at_the_same_hour_is_not_offered(desk: Desk) -> None:
    await speaks(desk, "it")
    chat = await carla(desk)
    for line in ("taglio con Ben giovedì alle 17", "no aspetta giovedì ho il calcetto, mercoledì alla stessa ora?"):
        answer = await chat.say(line)
    assert "mercoledì 3 dicembre, 17:00" in answer and "giovedì" not in answer


@pytest.mark.parametrize(
    ("language", "wish", "first"),
    [
        ("en", "haircut with clara on friday, as late as possible", "17:15"),
        ("de", "Haarschnitt bei Clara am Freitag, so spät wie möglich", "17:15"),
        ("es", "corte con Clara el viernes, lo más tarde posible", "17:15"),
        ("fr", "coupe avec Clara vendredi, le plus tard possible", "17:15"),
        ("it", "taglio con Clara venerdì, il più tardi possibile", "17:15"),
        ("nl", "knipbeurt bij Clara vrijdag, zo laat mogelijk", "17:15"),
        ("pt", "corte com a Clara na sexta, o mais tarde possível", "17:15"),
    ],
)
async def test_the_latest_is_told_first_where_it_is_wished_for(
    desk: Desk, language: str, wish: str, first: str
) -> None:
    await speaks(desk, language)
    answer = await (await carla(desk)).say(wish)
    assert clocks(answer) == sorted(clocks(answer), reverse=True) and clocks(answer)[0] == first


async def test_any_other_day_is_nobody_else(desk: Desk) -> None:
    chat = await carla(desk)
    await chat.say("haircut with anna on sunday")
    answer = await chat.say("anything on that tuesday after four, or else any other weekday after four?")
    assert "Anna" in answer and not re.search("Not |not ", answer)


@pytest.mark.parametrize(
    ("language", "wish"),
    [
        ("en", "a haircut with Anna friday around 5pm"),
        ("de", "Haarschnitt bei Anna am Freitag gegen 17 Uhr"),
        ("es", "un corte con Anna el viernes sobre las 17"),
        ("fr", "une coupe avec Anna vendredi vers 17h"),
        ("it", "io e mio marito vorremmo un taglio venerdì verso le 17"),
        ("nl", "knippen bij Anna vrijdag rond 17 uur"),
        ("pt", "um corte com a Anna na sexta por volta das 17h"),
    ],
)
async def test_about_the_last_hour_of_a_day_is_not_its_first(desk: Desk, language: str, wish: str) -> None:
    await speaks(desk, language)
    answer = await (await carla(desk)).say(wish)
    assert clocks(answer) and all("16:00" <= one <= "18:00" for one in clocks(answer)), answer

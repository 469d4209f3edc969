"""Answers that a good receptionist gives, each found missing by talking to the desk as a customer."""

import pytest

from tests.assistant.salon import carla, rows, speaks, talk
from tests.desk import Desk

pytestmark = pytest.mark.anyio
THURSDAY = "a haircut with anna thursday at 15:00"
BOOKED = "Haircut Anna 12-04 15:00 confirmed"


@pytest.mark.parametrize("between", [(), ("thanks!",), ("thanks!", "how much is it?")])
async def test_a_day_that_does_not_work_after_all_moves_the_appointment(desk: Desk, between: tuple[str, ...]) -> None:
    chat = await carla(desk)
    answer = await talk(
        chat, THURSDAY, "yes", *between, "oh no, thursday doesnt work after all. can we do friday instead?"
    )
    assert answer.startswith(
        "I would move Haircut with Anna from Thursday 4 December, 15:00 to Friday 5 December, 15:00"
    )
    await chat.say("yes")
    assert await rows(desk) == ["Haircut Anna 12-05 15:00 confirmed"]


async def test_without_another_day_it_is_asked_for_and_then_moved(desk: Desk) -> None:
    chat = await carla(desk)
    answer = await talk(chat, THURSDAY, "yes", "thanks", "sorry, thursday does not work after all")
    assert answer == "To which day and time shall I move it?"
    await talk(chat, "friday at 11", "yes")
    assert await rows(desk) == ["Haircut Anna 12-05 11:00 confirmed"]


async def test_a_day_refused_for_another_appointment_moves_nothing(desk: Desk) -> None:
    chat = await carla(desk)
    await talk(chat, THURSDAY, "yes", "also a colour with clara", "not thursday, friday at 11", "yes")
    assert await rows(desk) == [BOOKED, "Colour Clara 12-05 11:00 confirmed"]


@pytest.mark.parametrize(
    ("wish", "row"),
    [
        ("can my son come right after?", "Haircut Anna 12-04 15:45 confirmed"),
        ("and can i also get a colour with clara on the same day right after", "Colour Clara 12-04 15:45 confirmed"),
    ],
)
async def test_right_after_is_when_the_appointment_ends(desk: Desk, wish: str, row: str) -> None:
    chat = await carla(desk)
    await talk(chat, THURSDAY, "yes", wish, "yes")
    assert await rows(desk) == [BOOKED, row]


async def test_right_after_in_german(desk: Desk) -> None:
    await speaks(desk, "de")
    chat = await carla(desk)
    await talk(
        chat, "einen Haircut bei Anna am Donnerstag um 15 Uhr", "ja", "kann meine Tochter gleich danach kommen?", "ja"
    )
    assert await rows(desk) == [BOOKED, "Haircut Anna 12-04 15:45 confirmed"]


async def test_the_same_day_is_the_day_of_the_appointment(desk: Desk) -> None:
    chat = await carla(desk)
    answer = await talk(chat, THURSDAY, "yes", "also a colour with clara on the same day please")
    assert answer.startswith("Thursday 4 December, Clara is free at")


@pytest.mark.parametrize("line", ["cancel the colour", "no wait, keep it. cancel the colour"])
async def test_what_the_customer_does_not_have_is_not_cancelled_in_its_place(desk: Desk, line: str) -> None:
    chat = await carla(desk)
    await talk(chat, THURSDAY, "yes", "a beard trim with ben on friday at 10", "yes")
    answer = await chat.say(line)
    assert answer.startswith("You have Haircut with Anna, Thursday 4 December, 15:00 (code ")
    assert "; Beard trim with Ben, Friday 5 December, 10:00 (code " in answer
    await chat.say("yes")
    assert all(row.endswith("confirmed") for row in await rows(desk))


async def test_a_yes_to_something_else_is_told_what_stands_and_asked_once_more(desk: Desk) -> None:
    chat = await carla(desk)
    again = await talk(chat, THURSDAY, "yes", "i have to cancel", "ok book it")
    assert again.startswith("Nothing is cancelled so far: your appointment stands.")
    assert await rows(desk) == ["Haircut Anna 12-04 15:00 confirmed"]
    assert (await chat.say("yes, cancel it")).startswith("Cancelled")


async def test_whoever_no_channel_vouches_for_is_asked_for_the_code_and_not_told_there_is_nothing(desk: Desk) -> None:
    chat = await carla(desk, name=None, phone=None)
    assert "code" in await chat.say("can you move my appointment to thursday?")
    assert "Which suits you?" in await chat.say("ok then book me one, thursday afternoon, a haircut")


@pytest.mark.parametrize("answer", ["whenever", "any day", "as soon as possible", "asap", "i don't mind when"])
async def test_whoever_does_not_mind_when_is_offered_times(desk: Desk, answer: str) -> None:
    chat = await carla(desk)
    assert "free" in await talk(chat, "i need a haircut", answer)


async def test_as_soon_as_possible_needs_no_question(desk: Desk) -> None:
    said = await talk(await carla(desk), "i need a haircut as soon as possible")
    assert said.startswith("Today, Tuesday 2 December")
    await speaks(desk, "de")
    said = await talk(await carla(desk), "einen Haircut so bald wie möglich bitte")
    assert said.startswith("Heute, Dienstag, 2. Dezember")


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("ok bye", "Goodbye, see you soon."),
        ("wait, did you book it?", "You have no appointment ahead. Shall I book one?"),
        ("whats the adress", "You find us at Lindengasse 12, 1070 Vienna."),
    ],
)
async def test_small_things(desk: Desk, line: str, answer: str) -> None:
    assert (await talk(await carla(desk), "i need a haircut", line)).startswith(answer)


@pytest.mark.parametrize("line", ["see you on friday then", "bye"])
async def test_whoever_leaves_before_the_yes_is_told_that_it_is_open(desk: Desk, line: str) -> None:
    chat = await carla(desk)
    assert await talk(chat, "a haircut with ben on friday at 15:00", line) == (
        "Goodbye. What I offered last is not booked; just write when you would like it."
    )
    assert await rows(desk) == []
    assert await talk(chat, "a haircut with ben on friday at 15:00", "yes", line) == "See you on Friday, goodbye."


async def test_a_late_customer_who_needs_no_other_time_keeps_theirs(desk: Desk) -> None:
    chat = await carla(desk)
    assert await talk(chat, THURSDAY, "yes", "running 10 mins late", "no its fine") == "All right, it stays as it is."


async def test_what_was_arranged_can_be_asked_again(desk: Desk) -> None:
    await speaks(desk, "en", "de")
    chat = await carla(desk)
    have = "You have Haircut with Anna, Thursday 4 December, 15:00 (code "
    assert (await talk(chat, THURSDAY, "yes", "thanks", "what time was that again?")).startswith(have)
    assert (await talk(chat, "wann war das nochmal?")).startswith("Sie haben: Haarschnitt bei Anna, Donnerstag")
    assert "15:30" in await talk(chat, "kann ich den Termin um eine halbe Stunde nach hinten schieben?")


async def test_cards_are_no_service(desk: Desk) -> None:
    assert "We offer" not in await talk(await carla(desk), "do you take cards?")


async def test_any_time_after_lunch_is_the_afternoon(desk: Desk) -> None:
    answer = await talk(await carla(desk), "a haircut with anna tomorrow", "anytime after lunch")
    assert answer.startswith("Tomorrow, Wednesday 3 December, Anna is free at 13:00")


async def test_a_weekday_within_the_week_that_is_talked_about_needs_no_question(desk: Desk) -> None:
    chat = await carla(desk)
    answer = await talk(chat, "a haircut with anna next week at 10", "tuesday")
    assert answer.startswith("Haircut with Anna, Tuesday 9 December, 10:00")


async def test_cancelling_in_the_middle_of_a_move_means_the_appointment(desk: Desk) -> None:
    chat = await carla(desk)
    asked = await talk(chat, THURSDAY, "yes", "can i move it to friday at 10?", "cancel it")
    assert asked == "Haircut with Anna, Thursday 4 December, 15:00: shall I cancel it?"
    await chat.say("yes")
    assert await rows(desk) == ["Haircut Anna 12-04 15:00 cancelled"]


async def test_a_yes_to_which_other_time_is_asked_again(desk: Desk) -> None:
    chat = await carla(desk)
    which = await talk(chat, "a haircut with ben on friday at 15:00", "no")
    assert "day or time" in which
    again = await chat.say("yes")
    assert "?" in again and "welcome" not in again


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("yes the first one", "Tuesday 2 December"),
        ("the first", "Tuesday 2 December"),
        ("the second one please", "Tuesday 9 December"),
        ("the later one", "Tuesday 9 December"),
        ("the 9th", "Tuesday 9 December"),
        ("the 2nd", "Tuesday 2 December"),
        ("today", "Tuesday 2 December"),
    ],
)
async def test_of_two_days_one_is_chosen_by_its_place_or_by_name(desk: Desk, line: str, day: str) -> None:
    chat = await carla(desk)
    asked = await talk(chat, "a haircut with anna on tuesday around 3 in the afternoon")
    assert "Tuesday 2 December" in asked and "Tuesday 9 December" in asked
    assert day in await chat.say(line)


async def test_the_same_day_in_german_is_not_today(desk: Desk) -> None:
    await speaks(desk, "de")
    chat = await carla(desk)
    await talk(chat, "einen Haircut bei Anna am Donnerstag um 15 Uhr", "ja")
    answer = await chat.say("und meine Freundin braucht auch einen Haircut am selben Tag, geht das?")
    assert "Donnerstag, 4. Dezember" in answer


@pytest.mark.parametrize(
    "line", ["can i move the haircut to monday, same time?", "please move my haircut to monday at 3"]
)
async def test_the_appointment_that_is_named_is_moved_not_the_last(desk: Desk, line: str) -> None:
    chat = await carla(desk)
    await talk(chat, THURSDAY, "yes", "a beard trim with ben on friday at 10", "yes")
    answer = await chat.say(line)
    assert answer.startswith(
        "I would move Haircut with Anna from Thursday 4 December, 15:00 to Monday 8 December, 15:00"
    )
    await chat.say("yes")
    assert await rows(desk) == ["Beard trim Ben 12-05 10:00 confirmed", "Haircut Anna 12-08 15:00 confirmed"]


async def test_on_another_day_it_is_still_about_the_time_wished_for(desk: Desk) -> None:
    chat = await carla(desk)
    answer = await chat.say("a haircut with anna on sunday around 3, please")
    assert "closed" in answer and "15:00" in answer, answer

"""Proposals that are only a number, typing slips, a yes that goes on, and talk that is no wish."""

from datetime import date, time

import pytest
from truebook.language.lexicon import lexicon
from truebook.language.misspelling import respelled

from tests.language.conversations import HALF_PAST, WEDNESDAY, after, desk, offered, read_back, say
from truebook.language.dialogue import Asked, Desk, Intent, Offered, Slot, begin

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "text", ["can we do 4?", "is 4 ok", "make it 4 instead", "4 would be better", "could we do four"]
)
def test_a_lone_number_corrects_the_time(text: str) -> None:
    state = say(read_back(), text)
    assert (state.wish.day, state.wish.time) == (WEDNESDAY, time(16))
    assert not state.meaning.agreed


def test_a_lone_number_leaves_am_or_pm_open_where_both_fit() -> None:
    early = Desk(desk().services, desk().staff, time(7), time(20))
    wish = say(begin(early), "can we do 7?").wish
    assert (wish.time_open, {wish.time, *wish.time_alternatives}) == (True, {time(7), time(19)})


@pytest.mark.parametrize("text", ["we are 4 people", "i have 3 kids", "can we do 4 people?", "is it 2 hours?"])
def test_a_number_that_counts_is_no_time(text: str) -> None:
    assert say(read_back(), text).wish.time == HALF_PAST.time


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("pls cancle my apointment", "cancel"),
        ("i need to reschedual", "move"),
        ("shedule a haircut", "book"),
        ("any availabilty on friday?", "availability"),
        ("I want to cancel my appointment", "cancel"),
    ],
)
def test_typing_slips(text: str, intent: Intent) -> None:
    meaning = say(begin(desk()), text).meaning
    assert (meaning.intent, meaning.more) == (intent, ())


@pytest.mark.parametrize("word", ["cancer", "chance", "canal", "conform", "reverse", "perfume"])
def test_other_words_are_no_slips(word: str) -> None:
    assert lexicon("en").respelled(word) == word


def test_a_known_word_is_never_respelled() -> None:
    assert respelled("prefect cancle", ("perfect", "cancel"), {"prefect"}) == "prefect cancel"


@pytest.mark.parametrize("text", ["ok cancel", "yes, cancel it", "great, cancel my appointment", "wait no", "no wait"])
def test_calling_off_is_no_agreement(text: str) -> None:
    assert not say(read_back(), text).meaning.agreed


def test_yes_to_a_cancellation_may_say_so_again() -> None:
    assert say(after(Asked("cancel")), "yes, cancel it").meaning.intent == "confirm"
    assert say(after(Asked("cancel")), "no, keep my appointment on friday").meaning.intent == "reject"


@pytest.mark.parametrize("text", ["hi, how are you today?", "it is so hot today!", "It's 9 pm right now"])
def test_talk_is_no_wish(text: str) -> None:
    wish = say(begin(desk()), text).wish
    assert (wish.day, wish.time) == (None, None)


def test_a_day_that_suits_my_schedule_is_wished() -> None:
    assert say(begin(desk()), "friday will work best with my schedule").wish.day == date(2026, 12, 4)


def test_of_two_times_the_refused_one_goes() -> None:
    assert say(read_back(), "the time should be 5 pm not 4 pm").wish.time == time(17)


def test_neither_takes_nothing() -> None:
    meaning = say(offered(), "I don't like either of those times").meaning
    assert (meaning.picked, meaning.refused) == (None, True)


def test_a_fallback_is_not_the_first_wish() -> None:
    wish = say(begin(desk()), "Monday at 4 pm. If that time doesn't work then friday at noon").wish
    assert (wish.day, wish.time) == (date(2026, 12, 7), time(16))


def test_an_offer_taken_up_keeps_the_day_spoken_of() -> None:
    state = say(after(Offered((Slot("x", "cut", "anna"),))), "how is the weather on friday?")
    assert state.wish.day is None
    state = say(state, "ok, please book that for me for that day")
    assert (state.wish.staff, state.wish.day) == ("anna", date(2026, 12, 4))


def test_a_yes_may_go_on_to_another_request() -> None:
    meaning = say(after(Asked("booking")), "yes. And please move my other appointment to monday").meaning
    assert (meaning.intent, meaning.more) == ("confirm", ("move",))
    meaning = say(after(Asked("booking")), "yes please book it").meaning
    assert (meaning.intent, meaning.more) == ("confirm", ())


@pytest.mark.parametrize(
    "text",
    ["don't book it", "let's not", "I didn't ask for that", "hold off on that", "that is the wrong one", "wait, don't"],
)
def test_ways_to_refuse_the_read_back(text: str) -> None:
    meaning = say(read_back(), text).meaning
    assert (meaning.intent, meaning.refused, meaning.agreed) == ("reject", True, False)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("I no longer need the appointment", "cancel"),
        ("take my appointment off the calendar", "cancel"),
        ("could you get me an appointment with Anna", "book"),
        ("please bring my appointment forward", "move"),
        ("don't I already have an appointment?", "mine"),
    ],
)
def test_requests_in_other_words(text: str, intent: Intent) -> None:
    assert say(begin(desk()), text).meaning.intent == intent


@pytest.mark.parametrize("text", ["wait a second", "give me a second please", "just a second"])
def test_a_second_of_time_is_not_the_second_offer(text: str) -> None:
    assert say(offered(), text).meaning.picked is None


def test_a_cancellation_after_a_yes_is_kept() -> None:
    meaning = say(offered(), "the second one works. Also, cancel my other appointment").meaning
    assert (meaning.picked, meaning.more) == ("half", ("cancel",))

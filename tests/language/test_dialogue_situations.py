"""Every situation at the desk, in each of the languages that are spoken less."""

from datetime import date, time

import pytest

from tests.language.conversations import HALF_PAST, THURSDAY, WEDNESDAY, desk, offered, read_back, say
from tests.language.situations import SITUATIONS, Situations
from truebook.language.dialogue import ANYONE, begin

pytestmark = pytest.mark.unit

each_language = pytest.mark.parametrize(("code", "told"), SITUATIONS.items(), ids=SITUATIONS)


@each_language
def test_a_first_message_fills_the_wish(code: str, told: Situations) -> None:
    wish = say(begin(desk(code)), told.tomorrow_afternoon).wish
    assert (wish.service, wish.day, wish.time, wish.relation) == ("cut", WEDNESDAY, time(12), "part")
    wish = say(begin(desk(code)), told.with_anna).wish
    assert (wish.staff, wish.day, wish.time, wish.relation) == ("anna", THURSDAY, time(16), "at")


@each_language
def test_requests(code: str, told: Situations) -> None:
    meant = {text: say(begin(desk(code)), text).meaning for text in told.requests}
    assert {text: meaning.intent for text, meaning in meant.items()} == told.requests
    assert not any(meaning.more for meaning in meant.values())


@each_language
def test_anyone_will_do(code: str, told: Situations) -> None:
    assert {say(begin(desk(code)), text).wish.staff for text in told.anyone} == {ANYONE}


@each_language
def test_picks(code: str, told: Situations) -> None:
    assert {text: say(offered(code), text).meaning.picked for text in told.picks} == told.picks


@each_language
def test_offers_that_are_declined(code: str, told: Situations) -> None:
    for text in told.declined:
        meaning = say(offered(code), text).meaning
        assert meaning.refused, text
        assert meaning.picked is None, text


@each_language
def test_something_earlier_is_a_question_and_takes_nothing(code: str, told: Situations) -> None:
    meaning = say(offered(code), told.earlier).meaning
    assert (meaning.intent, meaning.picked) == ("availability", None)


@each_language
def test_yes_and_no_to_the_read_back(code: str, told: Situations) -> None:
    assert [t for t in told.agreed if not say(read_back(code), t).meaning.agreed] == []
    assert [t for t in told.not_agreed if say(read_back(code), t).meaning.agreed] == []


@each_language
def test_corrections_keep_the_rest(code: str, told: Situations) -> None:
    kept = (HALF_PAST.service, HALF_PAST.staff, HALF_PAST.day, HALF_PAST.time)
    corrected = {
        told.thursday: (*kept[:2], THURSDAY, kept[3]),
        told.at_four: (*kept[:3], time(16)),
        told.with_ben: (kept[0], "ben", *kept[2:]),
        told.lone_four: (*kept[:3], time(16)),
    }
    for text, expected in corrected.items():
        state = say(read_back(code), text)
        wish = state.wish
        assert (wish.service, wish.staff, wish.day, wish.time) == expected, text
        assert not state.meaning.agreed, text


@each_language
def test_a_yes_may_carry_a_question(code: str, told: Situations) -> None:
    meaning = say(read_back(code), told.yes_but_how_much).meaning
    assert (meaning.agreed, meaning.questions) == (True, ("price",))


@each_language
def test_an_appointment_is_moved_to_a_day(code: str, told: Situations) -> None:
    state = say(begin(desk(code)), told.monday)
    assert (state.meaning.intent, state.wish.day) == ("move", date(2026, 12, 7))

"""Every situation at the desk, in each of the languages that are spoken less."""

from datetime import date, time

import pytest

from tests.language.conversations import HALF_PAST, THURSDAY, WEDNESDAY, desk, offered, read_back, say
from tests.language.situations import SITUATIONS, Situations
from truebook.language.dialogue import begin

pytestmark = pytest.mark.unit

each_language = pytest.mark.parametrize(("code", "told"), SITUATIONS.items(), ids=SITUATIONS)


@each_language
def test_a_first_message_fills_the_wish(code: str, told: Situations) -> None:
    visit = say(begin(desk(code)), told.tomorrow_afternoon).wish.visit
    assert (visit.service, visit.day) == ("cut", WEDNESDAY)
    assert visit.times is not None
    assert time(12) <= (visit.time or time(0)) <= time(15)
    assert not visit.times.point
    visit = say(begin(desk(code)), told.with_anna).wish.visit
    assert (visit.staff, visit.day, visit.time) == ("anna", THURSDAY, time(16))


@each_language
def test_anyone_will_do(code: str, told: Situations) -> None:
    for text in told.anyone:
        wanted = say(begin(desk(code)), told.with_anna)
        assert say(wanted, text).wish.visit.staff is None, text


@each_language
def test_picks(code: str, told: Situations) -> None:
    assert {text: say(offered(code), text).meaning.picked for text in told.picks} == told.picks


@each_language
def test_offers_that_are_declined(code: str, told: Situations) -> None:
    assert [text for text in told.declined if say(offered(code), text).meaning.picked] == []


@each_language
def test_something_earlier_takes_nothing_and_looks_before_what_was_offered(code: str, told: Situations) -> None:
    state = say(offered(code), told.earlier)
    assert state.meaning.picked is None
    assert state.wish.visit.times is not None
    assert state.wish.visit.times.last == time(15)


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
        visit = state.wish.visit
        assert (visit.service, visit.staff, visit.day, visit.time) == expected, text
        assert not state.meaning.agreed, text


@each_language
def test_an_appointment_is_moved_to_a_day(code: str, told: Situations) -> None:
    assert say(begin(desk(code)), told.monday).wish.visit.day == date(2026, 12, 7)

"""A wish is a set of constraints: what is wanted, what is not, what is only preferred, and what else would do."""

from dataclasses import replace
from datetime import date, time

import pytest

from tests.language.conversations import NOW, desk, offered, read_back, say
from truebook.language.dialogue import begin, heard_assistant
from truebook.language.state import Asked, Booked, Desk, Offered, ReadBack, Slot, State
from truebook.language.values.counting import counted
from truebook.language.values.said import Values
from truebook.language.wish import Constraint, Days, Times, Visit

pytestmark = pytest.mark.unit
MONDAY = date(2026, 12, 7)
NEXT_WEEK = Days(MONDAY, date(2026, 12, 13))


def told(text: str, language: str = "en") -> Visit:
    return say(begin(desk(language)), text).wish.visit


def values(visit: Visit, on: str, **more: object) -> list[object]:
    return [
        v
        for c in visit.constraints
        if c.on == on and all(getattr(c, k) == x for k, x in more.items())
        for v in c.values
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut next week, not Monday, after lunch"),
        ("de", "einen Haarschnitt nächste Woche, nicht am Montag, nach dem Mittagessen"),
        ("es", "un corte la próxima semana, pero no el lunes, después de comer"),
        ("pt", "um corte na próxima semana, mas não segunda-feira, depois do almoço"),
        ("fr", "une coupe la semaine prochaine, pas lundi, après le déjeuner"),
        ("it", "un taglio la prossima settimana, non lunedì, dopo pranzo"),
        ("nl", "knippen volgende week, niet maandag, na de lunch"),
    ],
)
def test_three_conditions_in_one_sentence(language: str, text: str) -> None:
    visit = told(text, language)
    assert values(visit, "day", allow=False) == [Days(MONDAY, MONDAY)]
    assert values(visit, "day", allow=True) == [NEXT_WEEK]
    assert values(visit, "time") == [Times(time(13), None)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I'm busy on Sunday at 8. How about Thursday at eleven?"),
        ("de", "Sonntag um 8 hab ich Training. Wie wär's Donnerstag um elf?"),
        ("es", "el domingo a las 8 trabajo. ¿qué tal el jueves a las once?"),
        ("pt", "domingo às 8 trabalho. que tal quinta às onze?"),
        ("fr", "dimanche à 8h je travaille. pourquoi pas jeudi à onze heures ?"),
        ("it", "domenica alle 8 lavoro. facciamo giovedì alle undici?"),
        ("nl", "zondag om 8 uur werk ik. zullen we donderdag om elf uur doen?"),
    ],
)
def test_what_is_proposed_is_wanted_and_not_what_stands_in_its_way(language: str, text: str) -> None:
    visit = told(text, language)
    assert values(visit, "day", allow=True) == [Days(date(2026, 12, 3), date(2026, 12, 3))]
    assert values(visit, "time", allow=True) == [Times(time(11), time(11))]


def test_a_today_that_is_another_day_is_in_doubt() -> None:
    (constraint,) = told("today, friday").on("day")
    assert constraint.values == (Days(date(2026, 12, 4), date(2026, 12, 4)),)
    assert constraint.others == (NOW.date(),)


@pytest.mark.parametrize("text", ["December 4th please", "the 4th of December", "on the 4th of december"])
def test_the_number_of_a_date_is_no_place_among_the_offers(text: str) -> None:
    slots = [Slot(f"s{hour}", "Haircut", "Anna", date(2026, 12, 2), time(hour)) for hour in (9, 10, 11, 12)]
    state = say(heard_assistant(begin(desk("en")), [Offered(tuple(slots))], NOW), text)
    assert state.meaning.picked is None
    assert values(state.wish.visit, "day") == [Days(date(2026, 12, 4), date(2026, 12, 4))]


def test_a_place_that_was_not_offered_is_a_day() -> None:
    visit = say(offered(), "the 4th would be better").wish.visit
    assert values(visit, "day") == [Days(date(2026, 12, 4), date(2026, 12, 4))]


def test_whoever_leans_to_a_yes_talks_about_what_was_read_back() -> None:
    state = say(begin(desk("en")), "a haircut on thursday at 9")
    slot = Slot("s", "Haircut", "Anna", date(2026, 12, 4), time(10))
    state = heard_assistant(state, [Offered((slot,)), ReadBack(slot), Asked("booking")], NOW)
    state = say(state, "sounds great, it's my third cold this month")
    assert not state.meaning.agreed
    assert (state.wish.visit.day, state.wish.visit.time) == (date(2026, 12, 4), time(10))
    assert not state.meaning.changed


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Sunday, otherwise Thursday at eleven"),
        ("de", "Sonntag, sonst Donnerstag um elf"),
        ("es", "el domingo, si no el jueves a las once"),
        ("pt", "domingo, senão quinta às onze"),
        ("fr", "dimanche, sinon jeudi à onze heures"),
        ("it", "domenica, altrimenti giovedì alle undici"),
        ("nl", "zondag, anders donderdag om elf uur"),
    ],
)
def test_what_else_would_do(language: str, text: str) -> None:
    first, second = told(text, language).options()
    assert [c.values for c in first] == [(Days(date(2026, 12, 6), date(2026, 12, 6)),)]
    assert {c.values for c in second if c.must} == {
        (Days(date(2026, 12, 3), date(2026, 12, 3)),),
        (Times(time(11), time(11)),),
    }


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("as late as you can on friday", "latest"),
        ("the earliest you have", "soonest"),
        ("as soon as possible please", "soonest"),
    ],
)
def test_an_order(text: str, order: str) -> None:
    assert values(told(text), "order") == [order]


def test_around_a_time_is_a_preference() -> None:
    assert values(told("haircut tomorrow around 16:00"), "time", must=False) == [Times(time(16), time(16))]


def test_a_person_may_be_preferred_or_not_wanted() -> None:
    assert values(told("Anna if she's in, on friday"), "staff", must=False) == ["anna"]
    assert values(told("anyone but Ben"), "staff", allow=False) == ["ben"]


@pytest.mark.parametrize(("language", "first"), [("en", time(12)), ("es", time(15)), ("pt", time(13))])
def test_the_afternoon_is_what_the_region_calls_so(language: str, first: time) -> None:
    said = {"en": "friday afternoon", "es": "el viernes por la tarde", "pt": "sexta à tarde"}
    assert told(said[language], language).time == first


def test_a_no_does_not_reach_beyond_its_own_words() -> None:
    visit = told("Montag nicht vor zehn", "de")
    assert values(visit, "day") == [Days(MONDAY, MONDAY)]
    assert values(visit, "time", allow=True) == [Times(time(10), None)]


def test_several_days_are_all_wanted_or_all_not() -> None:
    assert len(values(told("thursday or friday"), "day", allow=True)) == 2
    assert len(values(told("not thursday or friday"), "day", allow=False)) == 2


def two_offers() -> State:
    first, last = Slot("a", "cut", "anna", MONDAY, time(13)), Slot("b", "cut", "anna", date(2026, 12, 8), time(13))
    state = say(begin(desk()), "do you have anything for a haircut early next week?")
    return heard_assistant(state, [Offered((first, last))], NOW)


def test_a_weekday_named_after_an_offer_for_others_wins() -> None:
    state = say(two_offers(), "wednesday's better for me")
    assert state.meaning.picked is None
    assert state.wish.visit.day == date(2026, 12, 9)


def test_a_time_that_several_offered_days_have_leaves_the_day_open() -> None:
    state = say(two_offers(), "13:00")
    assert state.meaning.picked is None
    assert [doubt.field for doubt in state.meaning.doubts] == ["offer"]


def test_a_yes_to_several_offers_takes_the_first() -> None:
    assert say(offered(), "yes please").meaning.picked == "three"


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("half an hour later", time(16)),
        ("could we make that thirty minutes later?", time(16)),
        ("an hour earlier", time(14, 30)),
    ],
)
def test_relative_to_what_was_read_back(text: str, clock: time) -> None:
    state = say(read_back(), text)
    assert (state.wish.visit.day, state.wish.visit.time) == (date(2026, 12, 2), clock)
    assert not state.meaning.agreed


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("the day before", date(2026, 12, 3)),
        ("same time the week after", date(2026, 12, 11)),
        ("a week later", date(2026, 12, 11)),
    ],
)
def test_relative_to_what_was_booked(text: str, day: date) -> None:
    booked = Slot("x", "cut", "anna", date(2026, 12, 4), time(15), 45)
    state = heard_assistant(begin(desk()), [Booked(booked)], NOW)
    visit = say(state, text).wish.visit
    assert (visit.day, visit.time) == (day, time(15))


def test_two_services_are_two_visits_with_what_belongs_to_each() -> None:
    wish = say(begin(desk()), "a haircut on Friday at 10 and a colour on Saturday at 11 with Ben").wish
    [other] = wish.others
    assert (wish.visit.service, wish.visit.day, wish.visit.time, wish.visit.staff) == (
        "cut", date(2026, 12, 4), time(10), None,
    )  # fmt: skip
    assert (other.service, other.day, other.time, other.staff) == ("color", date(2026, 12, 5), time(11), "ben")


def test_a_reading_that_was_asked_about_is_settled_whatever_is_answered() -> None:
    asked = heard_assistant(say(begin(desk()), "haircut next friday at 11"), [Asked("day")], NOW)
    assert any(c.others for c in asked.wish.visit.constraints)
    for answer, day in (
        ("the first one", date(2026, 12, 4)),
        ("friday 11 december", date(2026, 12, 11)),
        ("yes", None),
    ):
        visit = say(asked, answer).wish.visit
        assert not any(c.others for c in visit.constraints), answer
        assert day in (None, visit.day), answer


def test_contact_data_comes_in_any_order_and_national_form() -> None:
    local = heard_assistant(begin(_austrian()), [], NOW)
    wish = say(local, "Leo here, 0664 555 01 23, would like a haircut saturday morning").wish
    assert (wish.name, wish.phone, wish.visit.service) == ("Leo", "+436645550123", "cut")


def _austrian() -> Desk:
    return replace(desk(), country="AT")


def test_a_constraint_tells_what_it_holds() -> None:
    weekdays = Constraint("day", (Days(MONDAY, date(2026, 12, 31), frozenset({0})),))
    assert weekdays.holds(date(2026, 12, 14))
    assert not weekdays.holds(date(2026, 12, 15))


@pytest.mark.parametrize(
    ("language", "text", "people"),
    [("nl", "dinsdag na vieren plek", None), ("de", "ab 12 Plätze frei?", None), ("nl", "vier plekken", 4)],
)
def test_a_number_behind_an_after_is_an_hour_and_nobody(language: str, text: str, people: int | None) -> None:
    assert counted(text, language).people == people


@pytest.mark.parametrize(("language", "text"), [("es", "los dos!!"), ("pt", "os dois")])
def test_both_is_no_day_of_the_month(language: str, text: str) -> None:
    assert told(text, language).constraints == ()


@pytest.mark.parametrize("words", ["mon and tue or ", "not monday and ", "monday, the 7th, or "])
def test_a_message_of_a_hundred_days_costs_no_more_than_its_length(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0

    def noted(values: Values, *keys: str) -> frozenset[int]:
        nonlocal asked
        asked += 1
        return places(values, *keys)

    places = Values.places
    monkeypatch.setattr(Values, "places", noted)
    text = (words * 100)[:1000]
    say(begin(desk()), text)
    assert asked < len(text), "every pair of days was compared word by word"

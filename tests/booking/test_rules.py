"""The rules, by table: every reason for a no, each of them alone and in the order a receptionist would give them."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from tests.booking.diaries import ANNA, BEN, MINUTE, diary, in_year, off, resource, service, taken, why_not
from truebook.booking import planning, rules
from truebook.booking.errors import Refusal, WrongStatus
from truebook.booking.model import Appointment, AppointmentSegment, Blackout, Customer, Diary, Policy
from truebook.booking.visits import Part, Visit

pytestmark = pytest.mark.unit
NOW = datetime(2030, 1, 6, 12, tzinfo=UTC)  # a Sunday
MONDAY = date(2030, 1, 7)
TEN = datetime(2030, 1, 7, 10, tzinfo=UTC)


def reason(refusal: Refusal | None) -> str | None:
    return refusal.code if refusal else None


@pytest.mark.parametrize(
    ("expected", "start", "changes"),
    [
        (None, TEN, {}),
        ("not_offered", TEN, {"offers": False}),
        ("notice", NOW - MINUTE, {}),
        ("notice", TEN, {"policy": Policy(min_notice_minutes=22 * 60 + 1)}),
        (None, TEN, {"policy": Policy(min_notice_minutes=22 * 60)}),
        ("horizon", TEN + timedelta(days=7), {"policy": Policy(max_advance_days=7)}),
        (None, TEN + timedelta(days=7), {"policy": Policy(max_advance_days=8)}),
        ("blackout", TEN, {"blackouts": [Blackout(MONDAY, MONDAY, reason="fair")]}),
        ("closed", TEN.replace(hour=8, minute=59), {}),
        (None, TEN.replace(hour=9), {}),
        (None, TEN.replace(hour=16), {}),
        ("closed", TEN.replace(hour=16, minute=1), {}),
        ("closed", TEN, {"weekly": {}}),
        ("closed", TEN.replace(hour=12), {"weekly": ((540, 750), (780, 1020))}),
        (None, TEN.replace(hour=13), {"weekly": ((540, 750), (780, 1020))}),
        ("booked", TEN, {"busy": [taken(TEN + 59 * MINUTE)]}),
        (None, TEN, {"busy": [taken(TEN + 60 * MINUTE)]}),
        (None, TEN, {"busy": [taken(TEN - 60 * MINUTE)]}),
        ("buffer", TEN, {"busy": [taken(TEN + 70 * MINUTE, before=15)]}),
        ("buffer", TEN, {"busy": [taken(TEN - 70 * MINUTE, after=15)]}),
        (None, TEN, {"busy": [taken(TEN + 70 * MINUTE, before=10)]}),
    ],
)
def test_every_reason(expected: str | None, start: datetime, changes: dict) -> None:
    assert reason(why_not(service(), diary(**changes), start, NOW)) == expected


@pytest.mark.parametrize(("before", "after", "expected"), [(30, 0, "buffer"), (29, 0, None), (0, 99, None)])
def test_the_service_has_buffers_too(before: int, after: int, expected: str | None) -> None:
    one = diary(busy=[taken(TEN - 89 * MINUTE)])
    assert reason(why_not(service(before=before, after=after), one, TEN, NOW)) == expected


def test_a_service_that_is_not_active_is_not_offered() -> None:
    assert reason(why_not(service(is_active=False), diary(), TEN, NOW)) == "not_offered"


def test_reasons_come_in_the_order_a_receptionist_gives_them() -> None:
    off_today = Blackout(MONDAY, MONDAY)
    everything = {"offers": False, "policy": Policy(min_notice_minutes=9999), "blackouts": [off_today], "weekly": {}}
    told = []
    for solved in ("offers", "policy", "blackouts", "weekly", "busy"):
        told.append(reason(why_not(service(), diary(busy=[taken(TEN)], **everything), TEN, NOW)))
        everything.pop(solved, None)
    assert told == ["not_offered", "notice", "blackout", "closed", "booked"]


@pytest.mark.parametrize(
    ("hour", "length", "expected"), [(22, 240, None), (22, 241, "closed"), (23, 120, None), (25, 61, "closed")]
)
def test_an_opening_past_midnight_is_one_stretch(hour: int, length: int, expected: str | None) -> None:
    night = diary(((0, 120), (1320, 1440)))
    start = TEN.replace(hour=0) + timedelta(hours=hour)
    assert reason(why_not(service(length), night, start, NOW)) == expected


def test_a_day_off_ends_the_night_before_it() -> None:
    night = diary(((0, 120), (1320, 1440)), blackouts=[Blackout(date(2030, 1, 8), date(2030, 1, 8))])
    assert reason(why_not(service(60), night, TEN.replace(hour=23), NOW)) is None
    assert reason(why_not(service(61), night, TEN.replace(hour=23), NOW)) == "blackout"


def test_special_hours_hold_instead_of_the_week() -> None:
    late = diary(special={MONDAY: ((1080, 1200),)})
    assert reason(why_not(service(), late, TEN, NOW)) == "closed"
    assert reason(why_not(service(), late, TEN.replace(hour=18), NOW)) is None
    assert reason(why_not(service(), diary(special={MONDAY: ()}), TEN, NOW)) == "closed"
    assert reason(why_not(service(), diary({}, special={MONDAY: ((540, 1020),)}), TEN, NOW)) is None


FEBRUARY = Blackout(date(2028, 2, 29), date(2028, 2, 29), yearly=True)
NEW_YEAR = Blackout(date(2027, 12, 24), date(2028, 1, 2), yearly=True)
WINTER = Blackout(date(2027, 2, 20), date(2027, 3, 10), yearly=True)
LEAP_WINTER = Blackout(date(2028, 2, 20), date(2028, 3, 10), yearly=True)


@pytest.mark.parametrize(
    ("blackout", "day", "expected"),
    [
        (FEBRUARY, date(2032, 2, 29), True),
        (FEBRUARY, date(2032, 2, 28), False),
        (FEBRUARY, date(2030, 2, 28), True),
        (FEBRUARY, date(2030, 3, 1), False),
        (NEW_YEAR, date(2030, 12, 23), False),
        (NEW_YEAR, date(2030, 12, 24), True),
        (NEW_YEAR, date(2030, 1, 2), True),
        (NEW_YEAR, date(2030, 1, 3), False),
        (WINTER, date(2028, 3, 10), True),
        (WINTER, date(2028, 3, 11), False),
        (LEAP_WINTER, date(2030, 3, 10), True),
        (LEAP_WINTER, date(2030, 3, 11), False),
        (Blackout(date(2028, 12, 31), date(2030, 1, 1), yearly=True), date(2031, 6, 1), True),
        (Blackout(date(2030, 1, 7), date(2030, 1, 9)), date(2030, 1, 10), False),
        (Blackout(date(2030, 1, 7), date(2030, 1, 9)), date(2030, 1, 9), True),
        (Blackout(date(2030, 1, 7), date(2030, 1, 9)), date(2031, 1, 8), False),
    ],
)
def test_days_off(blackout: Blackout, day: date, expected: bool) -> None:
    assert (rules.away_on(diary(blackouts=[blackout]).hours, day) is not None) is expected


@pytest.mark.parametrize("blackout", [FEBRUARY, NEW_YEAR, WINTER, LEAP_WINTER])
def test_yearly_days_off_are_the_same_dates_in_all_of_ten_years(blackout: Blackout) -> None:
    hours = diary(blackouts=[blackout]).hours
    for number in range(3653):
        day = date(2026, 1, 1) + timedelta(days=number)
        assert (rules.away_on(hours, day) == blackout) == off(blackout, day), day
    assert in_year(date(2028, 2, 29), 1) == date(2029, 2, 28)


def test_days_off_are_counted_on_the_calendar_of_the_business() -> None:
    auckland = diary(zone="Pacific/Auckland", blackouts=[Blackout(date(2030, 1, 8), date(2030, 1, 8))])
    assert reason(why_not(service(), auckland, datetime(2030, 1, 7, 22, tzinfo=UTC), NOW)) == "blackout"
    assert reason(why_not(service(), auckland, datetime(2030, 1, 6, 22, tzinfo=UTC), NOW)) is None


def test_the_horizon_ends_with_a_day_of_the_business() -> None:
    one = diary(((0, 1440),), zone="Pacific/Auckland", policy=Policy(max_advance_days=1))
    end = datetime(2030, 1, 8, 11, tzinfo=UTC)  # midnight in Auckland, at the end of the day after NOW's
    assert reason(why_not(service(), one, end - MINUTE, NOW)) is None
    assert reason(why_not(service(), one, end, NOW)) == "horizon"


def chosen(diaries: list[Diary]) -> UUID:
    """Return who of several is chosen; raise why nobody can."""
    plan = planning.choose(Visit((Part(service()),)), [resource(one) for one in diaries], TEN, NOW)
    assert plan.segments[0].staff
    return plan.segments[0].staff.resource_id


def test_anyone_is_whoever_has_least_to_do() -> None:
    anna, ben = diary(busy=[taken(TEN + timedelta(days=1))]), diary(staff=BEN, name="Ben")
    assert chosen([anna, ben]) == BEN
    assert chosen([anna, diary(staff=BEN, busy=[taken(TEN)])]) == ANNA


def test_the_refusal_closest_to_a_yes_is_told() -> None:
    cannot, busy = diary(offers=False), diary(staff=BEN, busy=[taken(TEN)])
    for both in ([cannot, busy], [busy, cannot]):
        with pytest.raises(Refusal) as refused:
            chosen(both)
        assert refused.value.code == "booked"


def test_a_business_without_staff_offers_nothing() -> None:
    with pytest.raises(Refusal) as refused:
        chosen([])
    assert refused.value.code == "not_offered"


CHANGES = {
    "move": {"pending": "pending", "confirmed": "confirmed"},
    "confirm": {"held": "confirmed"},
    "approve": {"pending": "confirmed"},
    "cancel": {"held": "cancelled", "pending": "cancelled", "confirmed": "cancelled"},
    "complete": {"confirmed": "completed"},
    "no_show": {"confirmed": "no_show"},
    "revise": {"pending": "pending", "confirmed": "confirmed"},
    "reopen": {"cancelled": "confirmed", "completed": "confirmed", "no_show": "confirmed"},
    "arrive": {"confirmed": "confirmed"},
    "unarrive": {"confirmed": "confirmed"},
}


@pytest.mark.parametrize("status", ["held", "pending", "confirmed", "cancelled", "completed", "no_show"])
@pytest.mark.parametrize("change", list(CHANGES))
def test_each_change_starts_from_the_statuses_that_make_sense(change: str, status: str) -> None:
    expected = CHANGES[change].get(status)
    if expected is None:
        with pytest.raises(WrongStatus):
            rules.after(change, agreed(status), TEN)
    else:
        assert rules.after(change, agreed(status), TEN) == expected


@pytest.mark.parametrize("change", ["complete", "no_show"])
def test_nothing_has_taken_place_before_it_began(change: str) -> None:
    with pytest.raises(WrongStatus):
        rules.after(change, agreed("confirmed"), TEN - MINUTE)


def test_customers_are_bound_by_the_notice_for_cancelling() -> None:
    policy = Policy(cancel_notice_minutes=60)
    assert rules.may_cancel(agreed("confirmed"), policy, TEN - 60 * MINUTE) is None
    assert reason(rules.may_cancel(agreed("confirmed"), policy, TEN - 59 * MINUTE)) == "cancel_notice"


def agreed(status: str) -> Appointment:
    end = TEN + timedelta(hours=1)
    return Appointment(
        BEN, "7Q4-K2M", status, TEN, end, "UTC", Customer("Carla"), None, None, None, None, "api", None, 1, NOW, NOW,
        None, (), (AppointmentSegment(1, None, None, None, None, None, TEN, end, None),),
    )  # fmt: skip

"""The rules of the desk: pure functions that say whether a time may be had, and if not, why not."""

from collections.abc import Callable, Hashable, Sequence
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta
from typing import TypeVar, get_args
from zoneinfo import ZoneInfo

from truebook.booking.errors import (
    Away,
    BufferTaken,
    Closed,
    Refusal,
    SlotTaken,
    TooFar,
    TooLateToCancel,
    TooSoon,
    WrongStatus,
)
from truebook.booking.model import Appointment, Blackout, Hours, Policy, Span, Status, Taken
from truebook.kernel import clock
from truebook.kernel.memory import MIB, Memory

T = TypeVar("T")


def why_kept(
    hours: Hours | None,
    policy: Policy | None,
    taken: Taken,
    start: datetime,
    works: Sequence[Span],
    keeps: Sequence[Span],
    now: datetime,
) -> Refusal | None:
    """Return why somebody or something cannot work at some times and be kept at others, or None if it can.

    The first reason in the order a receptionist would give it: too soon, too far, day off, closed, taken, too close to
    another appointment. `start` is when the appointment begins; the times of work lie within those it is kept for.
    Without hours it is there at any time, without a policy it may be had at any time.
    """
    if policy and start < earliest(policy, now):
        return TooSoon("that is too soon", minutes=policy.min_notice_minutes)
    if policy and hours and start > latest(policy, hours.zone, now):
        return TooFar("that is further ahead than appointments are given", days=policy.max_advance_days)
    if hours:
        for own in works:
            if (away := away_during(hours, own)) is not None:
                return Away("that is a day off", reason=away.reason)
        for own in works:
            if not any(opening.holds(own) for opening in join(openings(hours, *days_around(hours.zone, own)))):
                return Closed("that is outside the opening hours")
    if any(taken.own(own) for own in works):
        return SlotTaken("that time is taken")
    if any(taken.blocked(kept) for kept in keeps):
        return BufferTaken("that is too close to another appointment")
    return None


def earliest(policy: Policy, now: datetime) -> datetime:
    """Return the first instant that can still be booked."""
    return now + timedelta(minutes=policy.min_notice_minutes)


def latest(policy: Policy, zone: ZoneInfo, now: datetime) -> datetime:
    """Return the last instant that can be booked: the end of the horizon's last day on the business's wall clock."""
    last_day = now.astimezone(zone).date() + timedelta(days=policy.max_advance_days)
    return clock.at(last_day, 1440, zone) - timedelta(microseconds=1)


def openings(hours: Hours, first: date, last: date) -> list[Span]:
    """Return the opening intervals from first to last day, as instants in order, days off taken out."""
    spans = [
        Span(clock.at(day, opens, hours.zone), clock.at(day, closes, hours.zone))
        for day in days(first, last)
        if away_on(hours, day) is None
        for opens, closes in sorted(intervals(hours, day))
    ]
    return [span for span in spans if span.start < span.end]


def join(spans: list[Span]) -> list[Span]:
    """Join spans that touch, so that an opening past midnight is one stretch."""
    joined: list[Span] = []
    for span in spans:
        if joined and joined[-1].end >= span.start:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def intervals(hours: Hours, day: date) -> tuple[tuple[int, int], ...]:
    """Return a day's opening intervals in minutes since midnight: special hours where there are some, else weekly."""
    return hours.special.get(day, hours.weekly.get(day.isoweekday() % 7, ()))


def away_on(hours: Hours, day: date) -> Blackout | None:
    """Return the day off that a day is, the first of several; or None."""
    return _days_off(hours, day.year).get(day) if hours.blackouts else None


def away_during(hours: Hours, span: Span) -> Blackout | None:
    """Return the day off that touches a span, or None."""
    first, last = days_around(hours.zone, span)
    return next((away for day in days(first, last) if (away := away_on(hours, day))), None)


def _days_off(hours: Hours, year: int) -> dict[date, Blackout]:
    """Return all days off of a year. Remembered: going through all of them for every day would take too long."""

    def work() -> dict[date, Blackout]:
        first, last = date(year, 1, 1), date(year, 12, 31)
        found: dict[date, Blackout] = {}
        for blackout in hours.blackouts:
            for begin, end in _spans(blackout, year):
                for day in days(max(begin, first), min(end, last)):
                    found.setdefault(day, blackout)
        return found

    return remembered(hours, (hours, year), work, lambda found: 200 + 150 * len(found))


def _spans(blackout: Blackout, year: int) -> list[tuple[date, date]]:
    """Return the first and last days of a day off that can touch a year; a yearly one comes back in every year."""
    if not blackout.yearly:
        return [(blackout.starts_on, blackout.ends_on)]
    years = blackout.ends_on.year - blackout.starts_on.year
    return [
        (_in_year(blackout.starts_on, begin), _in_year(blackout.ends_on, begin + years))
        for begin in range(max(year - years, MINYEAR), year + 1)
        if begin + years <= MAXYEAR
    ]


def days_around(zone: ZoneInfo, span: Span) -> tuple[date, date]:
    """Return the first and last local day that a span touches."""
    start, end = span.start.astimezone(zone), (span.end - timedelta(microseconds=1)).astimezone(zone)
    return min(start.date(), end.date()), max(start.date(), end.date())  # a clock set back at midnight goes back a day


def days(first: date, last: date) -> list[date]:
    """Return every day from first to last, both included."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def may_cancel(appointment: Appointment, policy: Policy, now: datetime) -> Refusal | None:
    """Return why a customer cannot cancel or move an appointment any more, or None if they can."""
    if appointment.start < now + timedelta(minutes=policy.cancel_notice_minutes):
        return TooLateToCancel("it is too late for that", minutes=policy.cancel_notice_minutes)
    return None


WORKED = Memory(64 * MIB, 8 * MIB)
"""What was worked out from opening hours, day by day or year by year: hours change once in a while, and are asked for
all day long. Every range of days is made of days, so that no range weighs more than its days do."""


def remembered(hours: Hours, key: Hashable, work: Callable[[], T], weigh: Callable[[T], int]) -> T:
    """Return what was worked out from some hours, which are part of the key; work it out where it is not known."""
    found: T | None = WORKED.get(hours.business, key)
    if found is None:
        found = work()
        WORKED.keep(hours.business, key, found, weigh(found))
    return found


CHANGES: dict[str, tuple[frozenset[Status], Status | None]] = {
    "move": (frozenset({"pending", "confirmed"}), None),
    "confirm": (frozenset({"held"}), "confirmed"),
    "approve": (frozenset({"pending"}), "confirmed"),
    "cancel": (frozenset({"held", "pending", "confirmed"}), "cancelled"),
    "complete": (frozenset({"confirmed"}), "completed"),
    "no_show": (frozenset({"confirmed"}), "no_show"),
    "revise": (frozenset({"pending", "confirmed"}), None),
    "reopen": (frozenset({"cancelled", "completed", "no_show"}), "confirmed"),
    "arrive": (frozenset({"confirmed"}), None),
    "unarrive": (frozenset({"confirmed"}), None),
    "acknowledge": (frozenset({"confirmed"}), None),
    "introduce": (frozenset({"held"}), None),
    "annotate": (frozenset(get_args(Status)), None),
}
"""For each change: the statuses it may start from, and the one it leads to (None: it stays)."""


def after(change: str, appointment: Appointment, now: datetime) -> Status:
    """Return the status after a change; raise WrongStatus where the change makes no sense."""
    allowed, becomes = CHANGES[change]
    if appointment.status not in allowed:
        raise WrongStatus(f"the appointment is {appointment.status}", status=appointment.status)
    if change in ("complete", "no_show") and appointment.start > now:
        raise WrongStatus("the appointment has not begun yet", status=appointment.status)
    return becomes or appointment.status


def _in_year(day: date, year: int) -> date:
    """Return the same date in another year; 29 February becomes the 28th where there is none."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)

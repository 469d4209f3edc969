"""Random lives of a desk on the real PostgreSQL, step by step beside a desk on paper: the same yes, the same no."""

import asyncio
import hashlib
from collections.abc import Callable, Coroutine
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from tests.booking.lives import live
from tests.booking.naive import DAY, Naive, No, Paper, Rules, Week
from tests.db.rows import WHOLE
from tests.desk import NOW, Desk, furnish
from truebook.booking import actions, free, upkeep
from truebook.booking.errors import KeyReused, Refusal
from truebook.booking.model import BLOCKING, Appointment
from truebook.booking.store import Key
from truebook.db import Database
from truebook.tenants import hours
from truebook.tenants.blackouts import BLACKOUTS
from truebook.tenants.hours import OVERRIDES, Hours, Opening
from truebook.tenants.services import SERVICES
from truebook.tenants.staff import set_services

MONDAY = datetime.fromisoformat("2030-01-07T00:00:00+01:00")
SERVICES_ON_PAPER = {"Haircut": Paper(45, 0, 10), "Colour": Paper(90, 15, 5, approval=True)}
OFFERS = {"Anna": {"Haircut", "Colour"}, "Ben": {"Haircut"}}
DAYTIME: Week = dict.fromkeys(range(5), ((540, 1020),))
WEEKS: list[Week] = [
    DAYTIME,
    dict.fromkeys(range(7), ((480, 720), (765, 1080))),
    dict.fromkeys(range(7), ((0, 120), (1320, 1440))),
    {0: ((600, 700), (700, 900)), 1: ((540, 1020),)},
]
SPECIAL: list[tuple[tuple[int, int], ...]] = [(), ((600, 840),), ((0, 60), (900, 1440)), ((540, 1020),)]
DATES = st.integers(0, 2)
SERVICE = st.sampled_from(["Haircut", "Haircut", "Colour"])
ANYONE = st.sampled_from(["Anna", "Ben", None])
BUSY_HOURS = st.builds(
    lambda day, minute: day * DAY + minute, st.integers(0, 1), st.integers(36, 46).map(lambda n: n * 15)
)
ANY_HOURS = st.builds(lambda day, minute: day * DAY + minute, DATES, st.integers(0, 288).map(lambda n: n * 5))
TIMES = st.one_of(BUSY_HOURS, BUSY_HOURS, BUSY_HOURS, ANY_HOURS)
KEYS = st.none() | st.none() | st.integers(0, 60).map("key {}".format)
WHICH = st.integers(0, 30)
SEEN = st.sampled_from([None, None, None, None, None, 0, 0, -1])
STEPS = settings(
    max_examples=settings.default.max_examples // 2,
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)


def instant(minute: int) -> datetime:
    return MONDAY + timedelta(minutes=minute)


def day_of(number: int) -> date:
    return MONDAY.date() + timedelta(days=number)


class Life(RuleBasedStateMachine):
    """One business from its opening; the event loop and the pool are lent by the test."""

    runner: asyncio.Runner
    db: Database
    numbers = count()

    @initialize(
        notice=st.sampled_from([0, 0, 120]), cancel_notice=st.sampled_from([0, 2000]), horizon=st.integers(2, 5)
    )
    def open(self, notice: int, cancel_notice: int, horizon: int) -> None:
        policy = {"min_notice_minutes": notice, "cancel_notice_minutes": cancel_notice, "max_advance_days": horizon}
        self.blackouts: dict[UUID, tuple[str | None, int, int]] = {}
        self.overrides: dict[tuple[str | None, int], UUID] = {}
        self.ids: list[UUID] = []
        self.sent: list[tuple[Any, ...]] = []
        rules = Rules(DAYTIME, 15, notice, horizon, cancel_notice)
        now = int((NOW - MONDAY) / timedelta(minutes=1))
        self.paper = Naive(SERVICES_ON_PAPER, OFFERS, {None: rules}, now)
        self.desk = self.run(self.furnish(policy))

    async def furnish(self, policy: dict[str, int]) -> Desk:
        desk = await furnish(self.db, f"life-{next(self.numbers)}", "Europe/Vienna", **policy)
        for name, paper in SERVICES_ON_PAPER.items():
            values = {"buffer_before_minutes": paper.before, "buffer_after_minutes": paper.after}
            await SERVICES.change(
                self.db, desk.scope, desk.services[name], {**values, "needs_approval": paper.approval}
            )
        await set_services(self.db, desk.scope, desk.staff["Ben"], [desk.services["Haircut"]])
        return desk

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.runner.run(work)

    @property
    def now(self) -> datetime:
        return instant(self.paper.now)

    def compare(
        self,
        key: str | None,
        request: Any,
        real: Callable[[Key | None], Coroutine[Any, Any, Appointment]],
        paper: Callable[[Appointment | None], Any],
    ) -> None:
        """Do it really, then on paper: both do it, or both refuse it with the same code."""
        if key:
            self.sent.append((key, request, real, paper))
        text = repr(request)
        sent = Key(key, hashlib.sha256(text.encode()).digest()) if key else None
        done, code = self.run(self.attempt(real(sent)))
        try:
            expected = self.paper.once(key, text, lambda: paper(done))
        except No as no:
            assert code == no.args[0], f"{text}: {code or done} and on paper {no.args[0]}"
        else:
            assert done is not None, f"{text}: {code}, but on paper it can be done"
            assert done.id == expected
            assert (done.version, done.status) == (self.paper.lines[done.id].version, self.paper.lines[done.id].status)
            if done.id not in self.ids:
                self.ids.append(done.id)

    async def attempt(self, work: Coroutine[Any, Any, Appointment]) -> tuple[Appointment | None, str | None]:
        try:
            return await work, None
        except (Refusal, KeyReused) as refused:
            return None, refused.code

    # ------------------------------------------------------------------------------------------------ customers
    @rule(service=SERVICE, staff=ANYONE, start=TIMES, key=KEYS)
    def book(self, service: str, staff: str | None, start: int, key: str | None) -> None:
        self.place(service, staff, start, False, key)

    @rule(service=SERVICE, staff=ANYONE, start=TIMES, key=KEYS)
    def hold(self, service: str, staff: str | None, start: int, key: str | None) -> None:
        self.place(service, staff, start, True, key)

    def place(self, service: str, staff: str | None, start: int, hold: bool, key: str | None) -> None:
        wish = self.desk.wish(instant(start), service, staff)
        act = actions.hold if hold else actions.book
        self.compare(
            key,
            ("place", service, staff, start, hold),
            lambda sent: act(self.db, self.desk.scope, wish, now=self.now, key=sent),
            lambda done: self.paper.place(
                done and done.id, service, staff, done.staff_name if done else None, start, 10 if hold else None
            ),
        )

    @precondition(lambda self: self.ids)
    @rule(which=WHICH, seen=SEEN, start=TIMES, staff=ANYONE, by_customer=st.booleans(), key=KEYS)
    def move(
        self, which: int, seen: int | None, start: int, staff: str | None, by_customer: bool, key: str | None
    ) -> None:
        one, version = self.pick(which, seen)
        whom = self.desk.staff[staff] if staff else None
        self.compare(
            key,
            ("move", one, version, start, staff, by_customer),
            lambda sent: actions.move(
                self.db, self.desk.scope, one, instant(start), staff_id=whom, now=self.now, key=sent, version=version,
                by_customer=by_customer,
            ),
            lambda _: self.paper.move(one, version, start, staff, by_customer),
        )  # fmt: skip

    @precondition(lambda self: self.ids)
    @rule(which=WHICH, seen=SEEN, key=KEYS)
    def confirm(self, which: int, seen: int | None, key: str | None) -> None:
        one, version = self.pick(which, seen)
        self.compare(
            key,
            ("confirm", one, version),
            lambda sent: actions.confirm(self.db, self.desk.scope, one, now=self.now, key=sent, version=version),
            lambda _: self.paper.confirm(one, version),
        )

    @precondition(lambda self: self.ids)
    @rule(which=WHICH, seen=SEEN, key=KEYS)
    def approve(self, which: int, seen: int | None, key: str | None) -> None:
        one, version = self.pick(which, seen)
        self.compare(
            key,
            ("approve", one, version),
            lambda sent: actions.approve(self.db, self.desk.scope, one, now=self.now, key=sent, version=version),
            lambda _: self.paper.approve(one, version),
        )

    @precondition(lambda self: self.ids)
    @rule(which=WHICH, seen=SEEN, by_customer=st.booleans(), key=KEYS)
    def cancel(self, which: int, seen: int | None, by_customer: bool, key: str | None) -> None:
        one, version = self.pick(which, seen)
        self.compare(
            key,
            ("cancel", one, version, by_customer),
            lambda sent: actions.cancel(
                self.db, self.desk.scope, one, now=self.now, key=sent, version=version, by_customer=by_customer
            ),
            lambda _: self.paper.cancel(one, version, by_customer),
        )

    @precondition(lambda self: self.ids)
    @rule(which=WHICH, seen=SEEN, came=st.booleans(), waits=st.booleans(), key=KEYS)
    def finish(self, which: int, seen: int | None, came: bool, waits: bool, key: str | None) -> None:
        one, version = self.pick(which, seen)
        if waits and self.paper.lines[one].status == "confirmed":
            self.paper.now = max(self.paper.now, self.paper.lines[one].start)
        act = actions.complete if came else actions.mark_no_show
        self.compare(
            key,
            ("finish", one, version, came),
            lambda sent: act(self.db, self.desk.scope, one, now=self.now, key=sent, version=version),
            lambda _: self.paper.finish(one, version, "completed" if came else "no_show"),
        )

    @precondition(lambda self: self.sent)
    @rule(which=WHICH)
    def replay(self, which: int) -> None:
        """Send what was sent with a key once more: nothing is done twice, and a no stays a no."""
        self.compare(*self.sent[which % len(self.sent)])

    def pick(self, which: int, seen: int | None) -> tuple[UUID, int | None]:
        """Return an appointment, and the version the caller has seen: none, the current one, or one too old."""
        one = self.ids[which % len(self.ids)]
        return one, None if seen is None else self.paper.lines[one].version + seen

    @rule(service=st.sampled_from(["Haircut", "Colour"]), staff=ANYONE, first=DATES, more=st.integers(0, 2))
    def look(self, service: str, staff: str | None, first: int, more: int) -> None:
        whom = self.desk.staff[staff] if staff else None
        days = day_of(first), day_of(first + more)
        found = self.run(free.find(self.db, self.desk.scope, self.desk.services[service], whom, *days, now=self.now))
        shown = sorted((int((slot.start - MONDAY) / timedelta(minutes=1)), slot.staff_name) for slot in found)
        assert shown == self.paper.slots(service, staff, first, first + more)

    # --------------------------------------------------------------------------------------- time and the business
    @precondition(lambda self: self.paper.now < 3 * DAY)
    @rule(minutes=st.sampled_from([1, 5, 10, 11, 60, 240]))
    def wait(self, minutes: int) -> None:
        self.paper.now += minutes

    @rule()
    def sweep(self) -> None:
        released = self.run(upkeep.sweep(self.db, self.desk.scope, now=self.now))
        assert released == self.paper.release(["Anna", "Ben"], None)

    @rule(
        what=st.sampled_from(["hours", "no hours", "days off", "special hours"]), staff=ANYONE, day=DATES, number=WHICH
    )
    def rearrange(self, what: str, staff: str | None, day: int, number: int) -> None:
        """The owner changes when the desk is open."""
        match what:
            case "hours":
                self.set_hours(staff, WEEKS[number % 4], (15, 20, 60)[number % 3], (0, 0, 1500)[number % 3])
            case "no hours":
                self.take_hours_away(staff)
            case "days off":
                self.take_days_off(staff, day, number % 2)
            case _:
                self.set_special_hours(staff, day, SPECIAL[number % 4])

    def set_hours(self, staff: str | None, week: Week, step: int, notice: int) -> None:
        self.paper.hours[staff] = rules = Rules(week, step, notice, 4, notice)
        openings = tuple(Opening((day + 1) % 7, *span) for day, spans in week.items() for span in spans)
        whose = self.desk.staff[staff] if staff else None
        put = Hours(whose, step, rules.notice, rules.horizon, rules.cancel_notice, openings)
        self.run(hours.put(self.db, self.desk.scope, put))

    def take_hours_away(self, staff: str | None) -> None:
        if staff and self.paper.hours.pop(staff, None):
            self.run(hours.remove(self.db, self.desk.scope, self.desk.staff[staff]))

    def take_days_off(self, staff: str | None, first: int, more: int) -> None:
        if self.blackouts:
            return self.come_back()
        added = self.run(
            BLACKOUTS.add(
                self.db, self.desk.scope, starts_on=day_of(first), ends_on=day_of(first + more),
                staff_id=self.desk.staff[staff] if staff else None,
            )
        )  # fmt: skip
        self.blackouts[added.id] = (staff, first, first + more)
        self.paper.off = list(self.blackouts.values())
        return None

    def come_back(self) -> None:
        one = next(iter(self.blackouts))
        self.run(BLACKOUTS.remove(self.db, self.desk.scope, one))
        del self.blackouts[one]
        self.paper.off = list(self.blackouts.values())

    def set_special_hours(self, staff: str | None, day: int, spans: tuple[tuple[int, int], ...]) -> None:
        if (staff, day) in self.overrides:
            self.run(OVERRIDES.remove(self.db, self.desk.scope, self.overrides.pop((staff, day))))
            del self.paper.special[staff, day]
            return
        whose = self.desk.staff[staff] if staff else None
        values = {"date": day_of(day), "intervals": hours.minutes(spans), "staff_id": whose}
        self.overrides[staff, day] = self.run(OVERRIDES.add(self.db, self.desk.scope, **values)).id
        self.paper.special[staff, day] = spans

    # ---------------------------------------------------------------------------------- what holds after every step
    @invariant()
    def the_book_is_the_paper(self) -> None:
        if hasattr(self, "desk"):
            rows, broken, told, keys = self.run(self.read())
            assert broken == (0, 0, 0, 0)
            assert rows == {one: self.written(one) for one in self.paper.lines}
            assert told == sorted((one, *note) for one, line in self.paper.lines.items() for note in line.told)
            assert keys == {text: outcome_of(outcome) for text, (_, outcome) in self.paper.keys.items()}

    def written(self, one: UUID) -> tuple[Any, ...]:
        line = self.paper.lines[one]
        paper, until = SERVICES_ON_PAPER[line.service], line.until
        edges = (-paper.before, 0, paper.length, paper.length + paper.after)
        times: list[datetime | None] = [instant(line.start + edge) for edge in edges]
        if line.status not in BLOCKING:  # what is over claims nothing
            times[0] = times[-1] = None
        return (line.status, line.staff, *times, until and instant(until), line.version)

    async def read(self) -> tuple[Any, ...]:
        async with self.db.transaction(self.desk.scope) as tx:
            rows = await tx.rows(ROWS)
            broken = await tx.row(BROKEN)
            told = await tx.rows("SELECT appointment_id, appointment_version, topic FROM outbox ORDER BY 1, 2, 3")
            keys = await tx.rows("SELECT key, appointment_id, refusal ->> 'code' FROM idempotency_keys")
        return {row[0]: row[1:] for row in rows}, broken, told, {row[0]: row[1] or row[2] for row in keys}


def outcome_of(outcome: Any) -> Any:
    return outcome.args[0] if isinstance(outcome, No) else outcome


ROWS = """
SELECT a.id, status, s.staff_name, c.starts_at, a.starts_at, a.ends_at, c.ends_at, hold_expires_at, version
FROM appointments a JOIN appointment_segments s ON s.appointment_id = a.id
LEFT JOIN claims c ON c.appointment_id = a.id
"""
BROKEN = f"""
SELECT
  (SELECT count(*) FROM claims a JOIN claims b ON a.resource_id = b.resource_id
    AND (a.starts_at, a.appointment_id) < (b.starts_at, b.appointment_id)
    WHERE a.starts_at < b.ends_at AND b.starts_at < a.ends_at),
  (SELECT count(*) FROM appointments a WHERE ({WHOLE}) IS DISTINCT FROM
    (SELECT h.row_data FROM appointment_history h WHERE h.appointment_id = a.id ORDER BY h.version DESC LIMIT 1)),
  (SELECT count(*) FROM appointments a WHERE ARRAY(SELECT generate_series(1, a.version)) IS DISTINCT FROM
    ARRAY(SELECT h.version FROM appointment_history h
           WHERE h.appointment_id = a.id AND h.actor <> '' AND h.cause <> '' ORDER BY 1)),
  (SELECT count(*) FROM outbox o WHERE 1 <>
    (SELECT count(*) FROM procrastinate_jobs j WHERE j.args ->> 'outbox' = o.id::text))
"""
"""How many promises are broken: times that overlap, rows that are not their history's end, gaps in it, missing jobs."""


@pytest.mark.slow
def test_the_desk_does_what_the_desk_on_paper_does(database: str) -> None:
    """Every life is short; `--hypothesis-profile deep` lives many more of them."""
    live(Life, database, STEPS)

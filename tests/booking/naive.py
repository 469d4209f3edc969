"""A desk on paper: what Truebook promises, written down as plainly as possible, minute by minute and without a database.

Times are minutes since Monday, midnight, on the business's wall clock. It shares no code with what it is compared to.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

DAY = 1440
BLOCKING = ("held", "pending", "confirmed")
Week = dict[int, tuple[tuple[int, int], ...]]  # by day of the week, Monday = 0


class No(Exception):
    """A refusal; its only argument is the public code."""


@dataclass(frozen=True)
class Paper:
    """A service on paper."""

    length: int
    before: int = 0
    after: int = 0
    approval: bool = False


@dataclass
class Rules:
    """Opening hours with their policy."""

    week: Week
    step: int = 15
    notice: int = 0
    horizon: int = 90
    cancel_notice: int = 0


@dataclass
class Line:
    """One line in the book of appointments."""

    service: str
    staff: str
    start: int
    status: str
    until: int | None
    version: int = 1
    told: list[tuple[int, str]] = field(default_factory=list)


@dataclass
class Naive:
    """The desk. Appointments are known by the ids the real desk gave them."""

    services: dict[str, Paper]
    offers: dict[str, set[str]]
    hours: dict[str | None, Rules]
    now: int
    special: dict[tuple[str | None, int], tuple[tuple[int, int], ...]] = field(default_factory=dict)
    off: list[tuple[str | None, int, int]] = field(default_factory=list)
    lines: dict[Any, Line] = field(default_factory=dict)
    keys: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    # ------------------------------------------------------------------------------------------ what may be had
    def rules(self, staff: str) -> Rules:
        return self.hours.get(staff) or self.hours[None]

    def openings(self, staff: str, day: int) -> tuple[tuple[int, int], ...]:
        if self.is_off(staff, day):
            return ()
        for whose in (staff, None):
            if (whose, day) in self.special:
                return self.special[whose, day]
        return self.rules(staff).week.get(day % 7, ())

    def is_off(self, staff: str, day: int) -> bool:
        return any(whose in (None, staff) and first <= day <= last for whose, first, last in self.off)

    def is_open(self, staff: str, minute: int) -> bool:
        return any(a <= minute % DAY < b for a, b in self.openings(staff, minute // DAY))

    def expired(self, line: Line) -> bool:
        return line.until is not None and line.until <= self.now

    def why_not(self, service: str, staff: str, start: int, without: Any = None) -> str | None:
        """Go through the reasons in the order a receptionist gives them."""
        paper, rules = self.services[service], self.rules(staff)
        minutes = range(start, start + paper.length)
        others = [
            line
            for one, line in self.lines.items()
            if one != without and line.staff == staff and line.status in BLOCKING and not self.expired(line)
        ]
        if service not in self.offers[staff]:
            return "not_offered"
        if start < self.now + rules.notice:
            return "notice"
        if start // DAY > self.now // DAY + rules.horizon:
            return "horizon"
        if any(self.is_off(staff, minute // DAY) for minute in minutes):
            return "blackout"
        if not all(self.is_open(staff, minute) for minute in minutes):
            return "closed"
        if any(self.own(line) & set(minutes) for line in others):
            return "booked"
        if any(self.blocked(line) & self.span(paper, start) for line in others):
            return "buffer"
        return None

    def own(self, line: Line) -> set[int]:
        return set(range(line.start, line.start + self.services[line.service].length))

    def blocked(self, line: Line) -> set[int]:
        return self.span(self.services[line.service], line.start)

    def span(self, paper: Paper, start: int) -> set[int]:
        return set(range(start - paper.before, start + paper.length + paper.after))

    def slots(self, service: str, staff: str | None, first: int, last: int) -> list[tuple[int, str]]:
        found = []
        for who in [staff] if staff else sorted(self.offers):
            for day in range(first, last + 1):
                for opens, closes in self.openings(who, day):
                    grid = range(day * DAY + opens, day * DAY + closes, self.rules(who).step)
                    found += [(start, who) for start in grid if self.why_not(service, who, start) is None]
        return sorted(found)

    # ---------------------------------------------------------------------------------------------- what is done
    def once(self, key: str | None, request: Any, act: Callable[[], Any]) -> Any:
        """Do something, or what came of it when it was first asked for with this key."""
        if key in self.keys:
            earlier, outcome = self.keys[key]
            if earlier != request:
                raise No("key_reused")
            if isinstance(outcome, No):
                raise outcome
            return outcome
        try:
            outcome = act()
        except No as no:
            outcome = no
        if key:
            self.keys[key] = (request, outcome)
        if isinstance(outcome, No):
            raise outcome
        return outcome

    def place(
        self, made: Any, service: str, staff: str | None, chosen: str | None, start: int, hold: int | None
    ) -> Any:
        """Write a line; of those who can, the one the real desk chose will do."""
        asked = [staff] if staff else sorted(self.offers)
        reasons = {who: "notice" if start < self.now else self.why_not(service, who, start) for who in asked}
        if all(reasons.values()):
            order = ("not_offered", "blackout", "closed", "horizon", "notice", "buffer", "booked")
            raise No(max((why for why in reasons.values() if why), key=order.index))
        assert chosen is not None, f"refused, but free: {reasons}"
        assert reasons[chosen] is None, f"{chosen} could not: {reasons[chosen]}"
        self.release([chosen], self.span(self.services[service], start))  # what is in nobody's way stays as it is
        status = "held" if hold else "pending" if self.services[service].approval else "confirmed"
        self.lines[made] = line = Line(service, chosen, start, status, self.now + hold if hold else None)
        if not hold:
            line.told.append((1, "requested" if status == "pending" else "booked"))
        return made

    def release(self, staff: list[str], wanted: set[int] | None) -> int:
        """Give back the holds that have run out (and stand in the way)."""
        over = [
            line
            for line in self.lines.values()
            if line.status == "held" and self.expired(line) and line.staff in staff
            if wanted is None or wanted & self.blocked(line)
        ]
        for line in over:
            self.become(line, "cancelled")
        return len(over)

    def become(self, line: Line, status: str, topic: str | None = None) -> None:
        line.status, line.until, line.version = status, None, line.version + 1
        if topic:
            line.told.append((line.version, topic))

    def changeable(self, one: Any, version: int | None, *statuses: str) -> Line:
        line = self.lines[one]
        if version not in (None, line.version):
            raise No("stale")
        if line.status not in statuses:
            raise No("status")
        return line

    def in_time(self, line: Line) -> None:
        if line.start < self.now + self.rules(line.staff).cancel_notice:
            raise No("cancel_notice")

    def move(self, one: Any, version: int | None, start: int, staff: str | None, by_customer: bool) -> Any:
        line = self.changeable(one, version, "pending", "confirmed")
        if by_customer:
            self.in_time(line)
        staff = staff or line.staff
        why = "notice" if start < self.now else self.why_not(line.service, staff, start, without=one)
        if why:
            raise No(why)
        self.release([staff], self.span(self.services[line.service], start))
        line.start, line.staff = start, staff
        self.become(line, line.status, "moved")
        return one

    def confirm(self, one: Any, version: int | None) -> Any:
        line = self.changeable(one, version, "held")
        if self.expired(line):
            raise No("hold_expired")
        if self.services[line.service].approval:
            self.become(line, "pending", "requested")
        else:
            self.become(line, "confirmed", "booked")
        return one

    def approve(self, one: Any, version: int | None) -> Any:
        self.become(self.changeable(one, version, "pending"), "confirmed", "booked")
        return one

    def cancel(self, one: Any, version: int | None, by_customer: bool) -> Any:
        line = self.changeable(one, version, *BLOCKING)
        if by_customer and line.status != "held":
            self.in_time(line)
        self.become(line, "cancelled", None if line.status == "held" else "cancelled")
        return one

    def finish(self, one: Any, version: int | None, status: str) -> Any:
        line = self.changeable(one, version, "confirmed")
        if line.start > self.now:
            raise No("status")
        self.become(line, status)
        return one

"""A wish: visits, each with constraints. What was said stays with each of them, so that an answer can name it."""

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Literal, TypeVar

ANYONE = "*"  # the staff of a wish whose customer does not mind who

On = Literal["day", "time", "end", "staff", "order"]
Order = Literal["soonest", "latest"]


@dataclass(frozen=True, slots=True)
class Days:
    """The days from first to last, both included; with weekdays (0 = Monday) only those of them."""

    first: dt.date
    last: dt.date
    weekdays: frozenset[int] = frozenset()

    def holds(self, day: dt.date) -> bool:
        """Tell whether a day is one of these."""
        return self.first <= day <= self.last and (not self.weekdays or day.weekday() in self.weekdays)

    @property
    def one(self) -> bool:
        """Tell whether this is a single day."""
        return self.first == self.last


@dataclass(frozen=True, slots=True)
class Times:
    """A point in time (first = last), or the window from first up to, without, last; None: open at that end."""

    first: dt.time | None
    last: dt.time | None

    def holds(self, clock: dt.time) -> bool:
        """Tell whether an appointment that begins at clock is within."""
        if self.point:
            return clock == self.first
        return (self.first is None or clock >= self.first) and (self.last is None or clock < self.last)

    @property
    def point(self) -> bool:
        """Tell whether this is one time of day, not a window."""
        return self.first is not None and self.first == self.last


@dataclass(frozen=True, slots=True)
class Away:
    """How a day is told from another one: so many days from it, or the next such weekday (0 = Monday) after it."""

    days: int = 0
    weekday: int | None = None

    def day(self, other: dt.date) -> dt.date:
        """Return the day that is told from another one."""
        ahead = self.days if self.weekday is None else (self.weekday - other.weekday() - 1) % 7 + 1
        return other + dt.timedelta(days=ahead)


Value = Days | Times | str
V = TypeVar("V", Days, Times, str)


@dataclass(frozen=True, slots=True)
class Constraint:
    """One condition of a visit: on what, which values, allowed or not, a must or a preference, first choice or later.

    Of several allowed values any will do. On "end" it is when the whole visit must be over. `near`: about then
    ("around four"). `others` are further readings of the words ("next friday"): ask which.
    """

    on: On
    values: tuple[Value, ...]
    allow: bool = True
    must: bool = True
    choice: int = 1
    said: str = ""
    near: bool = False
    others: tuple[dt.date | dt.time, ...] = ()
    broad: bool = field(default=False, compare=False)
    """Whether it is a part of the day by its name, within which hours may be told: "in the morning"."""

    @property
    def stretches(self) -> bool:
        """Tell whether one of the values is more than a day: "next week"."""
        return any(isinstance(one, Days) and not one.one for one in self.values)

    def holds(self, value: dt.date | dt.time | str) -> bool:
        """Tell whether a value meets this condition."""
        return any(self._fits(one, value) for one in self.values) == self.allow

    def _fits(self, one: Value, value: dt.date | dt.time | str) -> bool:
        if isinstance(one, Days):
            return isinstance(value, dt.date) and one.holds(value)
        if isinstance(one, Times):
            within = isinstance(value, dt.time) and one.holds(value)
            return within or (self.on == "end" and value == one.last)
        return one == value


@dataclass(frozen=True, slots=True)
class Visit:
    """One appointment that is wished for: what, for whom if not for the customer, its constraints, and how many days
    after the one before it, at the least; 1: just on another day."""

    service: str | None = None
    whom: str | None = None
    constraints: tuple[Constraint, ...] = ()
    days_after: int = 0

    def on(self, what: On, *, allow: bool = True, choice: int = 1) -> tuple[Constraint, ...]:
        """Return the constraints on one thing."""
        return tuple(c for c in self.constraints if (c.on, c.allow, c.choice) == (what, allow, choice))

    def without(self, *what: On) -> "Visit":
        """Return the visit without the constraints on some things."""
        return replace(self, constraints=tuple(c for c in self.constraints if c.on not in what))

    def options(self) -> tuple[tuple[Constraint, ...], ...]:
        """Return what is wished for first, and what otherwise: there, what is not said anew stays a preference."""
        first = tuple(c for c in self.constraints if c.choice == 1)
        found = [first]
        for choice in sorted({c.choice for c in self.constraints} - {1}):
            own = tuple(c for c in self.constraints if c.choice == choice)
            said = {c.on for c in own}
            kept = tuple(c if not c.allow else replace(c, must=False) for c in first if c.on not in said)
            found.append((*own, *kept))
        return tuple(found)

    @property
    def days(self) -> Days | None:
        """The only stretch of days that is asked for, if there is one."""
        return self._only("day", Days)

    @property
    def day(self) -> dt.date | None:
        """The only day that is asked for, or the first of the stretch."""
        return self.days.first if self.days else None

    @property
    def times(self) -> Times | None:
        """The only time or window that is asked for, if there is one."""
        return self._only("time", Times)

    @property
    def time(self) -> dt.time | None:
        """The time that is asked for, or the beginning of the window."""
        return self.times.first if self.times else None

    @property
    def staff(self) -> str | None:
        """The only person that is asked for, ANYONE, or nobody in particular."""
        return self._only("staff", str)

    def _only(self, what: On, kind: type[V]) -> V | None:
        found = [one for c in self.on(what) for one in c.values if isinstance(one, kind)]
        return found[0] if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class Wish:
    """Everything a customer wants to arrange: the visit talked about, those after it, and who they are.

    `others` are taken up once the first is settled, `together` says whether they belong on one list.
    """

    visit: Visit = Visit()
    others: tuple[Visit, ...] = ()
    together: bool = False
    name: str | None = None
    under: str | None = None  # the name to book under, said in so many words: whoever the customer is known as
    phone: str | None = None
    email: str | None = None
    notes: tuple[str, ...] = ()  # what the team is to know of it, in the customer's own words

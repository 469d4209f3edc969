"""The days in which a visit is looked for, a bit a minute: who is free when, and the starts that come of it."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_

from truebook.booking import bits, rules
from truebook.booking.bits import Range
from truebook.booking.model import EPOCH, MINUTE, Hours, Policy, ticks
from truebook.booking.needs import Need
from truebook.booking.visits import Resource
from truebook.kernel import clock

Grid = tuple[Hours, int]
"""Where a visit may start, by who leads its first segment: their openings, and their step in minutes."""

Minutes = dict[Resource, list[Range]]
"""The minutes since EPOCH that are taken of resources, each in order."""


class Window:
    """Some days of what a visit needs. Minutes count from an origin; odd seconds are rounded so that less is free.

    `known` is what was worked out of everybody's taken minutes for the windows before it, and is added to.
    """

    def __init__(
        self, needs: Sequence[Need], lead: int, first: date, last: date, now: datetime, known: Minutes | None = None
    ) -> None:
        self.needs, self.lead, self.first, self.last, self.now = needs, lead, first, last, now
        self.known: Minutes = {} if known is None else known
        self.leads: dict[Grid, list[Resource]] = {}
        for who in needs[lead].candidates:
            if who.hours and who.policy:
                self.leads.setdefault((who.hours, who.policy.slot_minutes), []).append(who)
        minutes = [minute for need in needs for one in (*need.work, *need.buffers) for minute in one]
        before, after = max(0, -min(minutes)), max(minutes)
        zone = next((hours.zone for hours, _ in self.leads), clock.zone("UTC"))
        self.origin = _down(clock.at(first, 0, zone)) - before
        self.size = _up(clock.at(last, 1440, zone)) - self.origin + after
        self.around = first - timedelta(days=1 + before // 1440), last + timedelta(days=2 + after // 1440)
        self.open: dict[Hours, int] = {}
        self.lines: dict[Grid, int] = {}
        self.free: dict[Resource, tuple[int, int]] = {}
        self.alone: dict[tuple[int, Resource], int] = {}
        self.looks: dict[tuple[int, Resource, Grid], bytes] = {}

    def starts(self) -> Iterator[tuple[int, list[Grid]]]:
        """Go through the minutes at which every need, looked at alone, finds somebody, each with the grids it is on."""
        found = {grid: self._possible(grid) for grid in self.leads}
        for at in bits.places(reduce(or_, found.values(), 0)):
            yield at, [grid for grid in found if found[grid] >> at & 1]

    def options(self, grid: Grid, at: int) -> list[list[Resource]]:
        """Return who is free for each need if the visit starts at a minute of a grid."""
        byte, bit = at >> 3, 1 << (at & 7)
        return [
            [who for who in self._asked(n, grid) if self._look(n, who, grid)[byte] & bit]
            for n in range(len(self.needs))
        ]

    def instant(self, at: int) -> datetime:
        """Return the instant at which a minute begins."""
        return EPOCH + timedelta(minutes=self.origin + at)

    def _possible(self, grid: Grid) -> int:
        found = self._line(grid)
        for n in sorted(range(len(self.needs)), key=lambda n: len(self.needs[n].candidates)):
            found &= reduce(or_, (self._starts(n, who, grid) for who in self._asked(n, grid)))
            if not found:
                break
        return found

    def _asked(self, n: int, grid: Grid) -> Sequence[Resource]:
        return self.leads[grid] if n == self.lead else self.needs[n].candidates

    def _starts(self, n: int, who: Resource, grid: Grid) -> int:
        """Return the starts that suit somebody for a need: a visit keeps to the steps of all who take part in it."""
        if (n, who) not in self.alone:
            self.alone[n, who] = self._suits(self.needs[n], who)
        hours, step = grid
        if who.policy is None or who.policy.slot_minutes == step:
            return self.alone[n, who]
        return self.alone[n, who] & self._line((hours, who.policy.slot_minutes))

    def _look(self, n: int, who: Resource, grid: Grid) -> bytes:
        """Return the same as bytes: one look at them costs nothing, where a shift of the integer would."""
        if (n, who, grid) not in self.looks:
            found = self._starts(n, who, grid) & bits.everything(self.size)
            self.looks[n, who, grid] = found.to_bytes(self.size // 8 + 1, "little")
        return self.looks[n, who, grid]

    def _suits(self, need: Need, who: Resource) -> int:
        """Return the starts at which somebody works in open hours, keeps clear of what is taken, and may be booked."""
        if who not in self.free:
            self.free[who] = self._free(who)
        clear, present = self.free[who]
        found = bits.starts(present, need.work) & bits.starts(clear, need.buffers)
        return found & self._allowed(who.policy, who.hours) if who.policy else found

    def _free(self, who: Resource) -> tuple[int, int]:
        """Return the minutes that are not taken, and those of them that are open."""
        if who not in self.known:
            self.known[who] = taken(who)
        free = clear(self.known[who], self.origin, self.size)
        return free, free & self._open(who.hours) if who.hours else free

    def _open(self, hours: Hours) -> int:
        if hours not in self.open:
            self.open[hours] = bits.mask(openings(hours, *self.around, self.origin), self.size)
        return self.open[hours]

    def _line(self, grid: Grid) -> int:
        """Return the minutes of a grid: it begins anew with each opening."""
        if grid not in self.lines:
            hours, step = grid
            spans = openings(hours, self.first, self.last, self.origin)
            self.lines[grid] = reduce(or_, (bits.grid(begin, until, step) for begin, until in spans), 0)
        return self.lines[grid]

    def _allowed(self, policy: Policy, hours: Hours | None) -> int:
        """Return the minutes between notice and horizon."""
        until = _down(rules.latest(policy, hours.zone, self.now)) - self.origin + 1 if hours else self.size
        begin = _up(rules.earliest(policy, self.now)) - self.origin
        return bits.everything(min(max(until, 0), self.size)) & ~bits.everything(min(max(begin, 0), self.size))


def taken(who: Resource) -> list[Range]:
    """Return the minutes since EPOCH that are taken of a resource, in order, odd seconds rounded outwards."""
    held = zip(who.taken.blocked_from, who.taken.blocked_until, strict=True)
    return sorted((begin // MINUTE, -(-until // MINUTE)) for begin, until in held)


def clear(held: Sequence[Range], origin: int, size: int) -> int:
    """Return the minutes, counted from an origin in minutes since EPOCH, that none of some ranges in order covers."""
    before = bisect_left(held, (origin + size,))
    spans = [(begin - origin, until - origin) for begin, until in held[:before] if until > origin]
    return bits.everything(size) & ~bits.mask(spans, size)


def openings(hours: Hours, first: date, last: date, origin: int) -> list[Range]:
    """Return the openings from first to last day in minutes from an origin."""
    spans = [one for day in rules.days(first, last) for one in _opening(hours, day)]
    return [(begin - origin, until - origin) for begin, until in spans]


def _opening(hours: Hours, day: date) -> tuple[Range, ...]:
    """Return a day's openings in minutes since EPOCH."""

    def work() -> tuple[Range, ...]:
        return tuple((_up(one.start), _down(one.end)) for one in rules.openings(hours, day, day))

    return rules.remembered(hours, (hours, day), work, lambda found: 400 + 150 * len(found))


def _down(moment: datetime) -> int:
    return ticks(moment) // MINUTE


def _up(moment: datetime) -> int:
    return -(-ticks(moment) // MINUTE)

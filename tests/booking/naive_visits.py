"""Visits on paper: every start, every way to share out who does what, minute by minute. Shares no code with the search.

Times are minutes since Monday, midnight, in UTC. A part is one wished segment; who is wanted for what is tried out.
"""

from dataclasses import dataclass
from functools import cache
from itertools import product

DAY = 1440
Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Thing:
    """A member of staff, or a unit of a pool. `own` and `kept` are other appointments, without and with buffers."""

    name: str
    pool: str | None
    hours: Spans | None
    off: frozenset[int] = frozenset()
    step: int = 0
    notice: int = 0
    horizon: int = 0
    own: Spans = ()
    kept: Spans = ()
    offers: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Care:
    """A service: its roles are (name, pool, busy minutes)."""

    name: str
    length: int
    before: int
    after: int
    roles: tuple[tuple[str, str | None, Spans], ...] = ()


@dataclass(frozen=True)
class Want:
    care: Care
    staff: str | None = None
    guest: str | None = None
    together: bool = False


@dataclass(frozen=True)
class Job:
    """A role of a segment, from the visit's start on: its minutes of work and of being kept besides."""

    part: int
    role: str
    pool: str | None
    leads: bool
    work: frozenset[int]
    besides: frozenset[int]


@cache
def jobs(wants: tuple[Want, ...]) -> list[Job]:
    found, begins = [], beginnings(wants)
    for part, (want, begin) in enumerate(zip(wants, begins, strict=True)):
        care = want.care
        roles = list(care.roles)
        if all(pool for _, pool, _ in roles):
            roles.insert(0, ("staff", None, ((-care.before, care.length + care.after),)))
        worked = {name: inside(care, spans) for name, _, spans in roles}
        longest = max(len(worked[name]) for name, pool, _ in roles if pool is None)
        first = next(name for name, pool, _ in roles if pool is None and len(worked[name]) == longest)
        for name, pool, spans in roles:
            rest = minutes(spans) - worked[name]
            found.append(Job(part, name, pool, name == first, later(worked[name], begin), later(rest, begin)))
    return found


def beginnings(wants: tuple[Want, ...]) -> list[int]:
    begins: list[int] = []
    for n, want in enumerate(wants):
        over = {}
        for other, begin in zip(wants[:n], begins, strict=True):
            over.setdefault(other.guest, []).append(begin + other.care.length)
        if n and want.together:
            begins.append(begins[-1])
        elif want.guest in over:
            begins.append(max(over[want.guest]))
        else:
            begins.append(max((end for ends in over.values() for end in ends), default=0))
    return begins


def inside(care: Care, spans: Spans) -> frozenset[int]:
    return (minutes(spans) & frozenset(range(care.length))) or minutes(spans)


@cache
def minutes(spans: Spans) -> frozenset[int]:
    return frozenset(minute for a, b in spans for minute in range(a, b))


def later(some: frozenset[int], by: int) -> frozenset[int]:
    return frozenset(minute + by for minute in some)


def candidates(job: Job, want: Want, things: list[Thing]) -> list[Thing]:
    if job.pool:
        return [thing for thing in things if thing.pool == job.pool]
    staff = [thing for thing in things if thing.pool is None and want.care.name in thing.offers]
    return [thing for thing in staff if not (job.leads and want.staff) or thing.name == want.staff]


def bound(wants: tuple[Want, ...], all_jobs: list[Job], things: list[Thing]) -> list[list[int]]:
    """Which jobs one person must fill, guest by guest."""
    found = []
    for guest in {want.guest for want in wants}:
        mine: list[int] = []
        for n, job in enumerate(all_jobs):
            if wants[job.part].guest == guest and job.leads and not any(job.work & all_jobs[m].work for m in mine):
                mine.append(n)
        if any(
            all(thing in candidates(all_jobs[n], wants[all_jobs[n].part], things) for n in mine) for thing in things
        ):
            found.append(mine)
    return found


def leader(all_jobs: list[Job], who: tuple[Thing, ...]) -> Thing:
    """Who leads the first segment."""
    return next(one for one, job in zip(who, all_jobs, strict=True) if job.part == 0 and job.leads)


def why(thing: Thing, job: Job, start: int, now: int) -> str | None:
    if thing.step and start < now + thing.notice:
        return "notice"
    if thing.step and start // DAY > now // DAY + thing.horizon:
        return "horizon"
    work = later(job.work, start)
    kept = work | later(job.besides, start)
    if thing.hours is not None:
        if any(minute // DAY in thing.off for minute in work):
            return "blackout"
        if not all(any(a <= minute % DAY < b for a, b in thing.hours) for minute in work):
            return "closed"
    if work & minutes(thing.own):
        return "booked"
    if kept & minutes(thing.kept):
        return "buffer"
    return None


RECEPTIONIST = ("not_offered", "notice", "horizon", "blackout", "closed", "booked", "buffer")
CLOSENESS = ("not_offered", "blackout", "closed", "horizon", "notice", "buffer", "booked")


@dataclass(frozen=True)
class Paper:
    """A world with a wish in it."""

    things: list[Thing]
    wants: tuple[Want, ...]
    same_staff: bool
    now: int

    def ways(self, start: int, on_grid: bool) -> list[tuple[Thing, ...]]:
        """Every way to share out the jobs at a start."""
        all_jobs, free = jobs(self.wants), []
        for job in all_jobs:
            asked = candidates(job, self.wants[job.part], self.things)
            if on_grid and job.part == 0 and job.leads:
                asked = [one for one in asked if self.on_grid(one, one, start)]
            free.append([one for one in asked if not why(one, job, start, self.now)])
            if not free[-1]:
                return []
        together = bound(self.wants, all_jobs, self.things) if self.same_staff else []
        return [
            who
            for who in product(*free)
            if all(len({who[n].name for n in group}) == 1 for group in together)
            if not any(
                who[n] is who[m] and all_jobs[n].work & all_jobs[m].work for n in range(len(who)) for m in range(n)
            )
            if not on_grid or all(self.on_grid(leader(all_jobs, who), one, start) for one in who)
        ]

    def on_grid(self, leads: Thing, takes_part: Thing, start: int) -> bool:
        return start // DAY not in leads.off and any(
            a <= start % DAY < b and (not takes_part.step or (start % DAY - a) % takes_part.step == 0)
            for a, b in leads.hours or ()
        )

    def why_not(self, start: int) -> tuple[str, int, str] | None:
        """The code of the refusal, its segment and role; what is short when all are free alone has no role here."""
        if self.ways(start, on_grid=False):
            return None
        all_jobs = jobs(self.wants)
        groups = bound(self.wants, all_jobs, self.things) if self.same_staff else []
        groups += [[n] for n in range(len(all_jobs)) if not any(n in group for group in groups)]
        refused = []
        for group in sorted(groups):
            told = []
            for thing in self.things:
                if all(thing in candidates(all_jobs[n], self.wants[all_jobs[n].part], self.things) for n in group):
                    against = [(why(thing, all_jobs[n], start, self.now), n) for n in group]
                    told.append(min(((RECEPTIONIST.index(code), n) for code, n in against if code), default=None))
            if not told:
                refused.append((0, group[0]))
            elif all(told):
                refused.append(max(told, key=lambda one: CLOSENESS.index(RECEPTIONIST[one[0]])))
        if not refused:
            return ("booked", 0, "")
        reason, n = min(refused, key=lambda one: one[0])
        return (RECEPTIONIST[reason], all_jobs[n].part + 1, all_jobs[n].role)

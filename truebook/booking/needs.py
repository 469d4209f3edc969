"""What a visit needs: for every role of every segment, the minutes from the visit's start, and who could fill it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from truebook.booking import bits
from truebook.booking.bits import Range
from truebook.booking.model import Role, Service, Wanted
from truebook.booking.visits import Part, Resource, Visit


@dataclass(frozen=True, slots=True)
class Ask:
    """One role of one segment, in minutes from the visit's start: when it works, and the buffers that it keeps."""

    part: int
    guest: str | None
    role: Role
    work: tuple[Range, ...]
    buffers: tuple[Range, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Need:
    """What one resource is to be found for: a role, or the roles of a guest that one member of staff fills.

    `work` and `buffers` are those of all its asks. `rivals` are the places of the needs that may want the same resource
    at the same time. Times are judged by the minutes of work: a buffer holds against other appointments only.
    """

    asks: tuple[Ask, ...]
    candidates: tuple[Resource, ...]
    work: tuple[Range, ...]
    buffers: tuple[Range, ...]
    rivals: frozenset[int] = frozenset()


def roles(service: Service) -> tuple[Role, ...]:
    """Return a service's roles; where none is for staff, somebody is busy for its length plus its buffers."""
    if any(role.pool_id is None for role in service.roles):
        return service.roles
    busy = ((-service.buffer_before, service.duration + service.buffer_after),)
    return (Role("staff", None, busy), *service.roles)


def lead(service: Service) -> Role:
    """Return the role of who leads: the member of staff who works longest in it, the first of several."""
    staff = [role for role in roles(service) if role.pool_id is None]
    return max(staff, key=lambda role: sum(until - begin for begin, until in work(service, role)))


def work(service: Service, role: Role) -> list[Range]:
    """Return when a role works: its minutes within the service; where it has none (who cleans up after), all it has."""
    within = [(max(begin, 0), min(until, service.duration)) for begin, until in role.busy]
    return [one for one in within if one[0] < one[1]] or list(role.busy)


def offsets(parts: Sequence[Part | Wanted], minutes: Sequence[int]) -> list[int]:
    """Return when each part begins, in minutes from the visit's start; minutes: how long each takes."""
    begins: list[int] = []
    over: dict[str | None, int] = {}
    for part, takes in zip(parts, minutes, strict=True):
        if part.together and begins:
            begin = begins[-1]
        else:
            begin = over.get(part.guest_name, max(over.values(), default=0))
        begins.append(begin)
        over[part.guest_name] = max(over.get(part.guest_name, 0), begin + takes)
    return begins


def needs(visit: Visit, resources: Sequence[Resource]) -> tuple[Need, ...]:
    """Return what a visit needs, in its order; a need that nobody can fill has no candidates."""
    begins = offsets(visit.parts, [part.service.duration for part in visit.parts])
    found = [
        _need((_ask(n, part, role, begin),), _candidates(part, role, resources))
        for n, (part, begin) in enumerate(zip(visit.parts, begins, strict=True))
        for role in roles(part.service)
    ]
    if visit.same_staff:
        for guest in dict.fromkeys(part.guest_name for part in visit.parts):
            found = _one_throughout(visit.parts, guest, found)
    return tuple(replace(one, rivals=_rivals(found, n)) for n, one in enumerate(found))


def leads_first(visit: Visit, wanted: Sequence[Need]) -> int:
    """Return the place of the need for who leads the first segment."""
    role = lead(visit.parts[0].service)
    return next(n for n, need in enumerate(wanted) if any(ask.part == 0 and ask.role == role for ask in need.asks))


def _need(asks: tuple[Ask, ...], candidates: tuple[Resource, ...]) -> Need:
    works = tuple(one for ask in asks for one in ask.work)
    return Need(asks, candidates, works, tuple(one for ask in asks for one in ask.buffers))


def _ask(n: int, part: Part, role: Role, begin: int) -> Ask:
    works = work(part.service, role)
    buffers = bits.subtract(role.busy, works)
    return Ask(n, part.guest_name, role, _later(works, begin), _later(buffers, begin))


def _later(ranges: Iterable[Range], by: int) -> tuple[Range, ...]:
    return tuple((begin + by, until + by) for begin, until in ranges)


def _candidates(part: Part, role: Role, resources: Sequence[Resource]) -> tuple[Resource, ...]:
    """Return who could fill a role, were they free: a wish for somebody is about who leads."""
    if role.pool_id is not None:
        return tuple(one for one in resources if one.pool_id == role.pool_id)
    wished: UUID | None = part.staff_id if role == lead(part.service) else None
    return tuple(
        one
        for one in resources
        if one.pool_id is None and part.service.is_active and part.service.id in one.offers
        if wished in (None, one.id)
    )


def _one_throughout(parts: Sequence[Part], guest: str | None, found: list[Need]) -> list[Need]:
    """Make one need of all in which a guest's segments are led, if one person could do them all.

    What happens at the same time as something else of the guest's is left out, since nobody can be at two places.
    """
    whole: Need | None = None
    for one in found:
        ask = one.asks[0]
        part = parts[ask.part]
        if part.guest_name != guest or ask.role != lead(part.service) or (whole and bits.clash(whole.work, one.work)):
            continue
        both = [who for who in one.candidates if who in whole.candidates] if whole else one.candidates
        whole = _need((*(whole.asks if whole else ()), ask), tuple(both))
    if whole is None or len(whole.asks) == 1 or not whole.candidates:
        return found
    merged: list[Need] = []
    for one in found:
        if one.asks[0] not in whole.asks:
            merged.append(one)
        elif one.asks[0] == whole.asks[0]:
            merged.append(whole)
    return merged


def _rivals(found: Sequence[Need], n: int) -> frozenset[int]:
    mine = found[n]
    wanted = set(mine.candidates)
    return frozenset(
        other
        for other, need in enumerate(found)
        if other != n and not wanted.isdisjoint(need.candidates) and bits.clash(mine.work, need.work)
    )

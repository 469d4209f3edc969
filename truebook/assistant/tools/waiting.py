"""The waiting list by chat: join it with windows, leave it, take what was kept. Each is read back before it is done."""

from datetime import date, time
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic_ai import ModelRetry, RunContext

from truebook.assistant import acts, doing
from truebook.assistant.acts import (
    Listing,
    NameWanted,
    ReadBack,
    Refused,
    Waiting,
    WaitingList,
    WaitingReadBack,
    WaitingReceipt,
    brief,
)
from truebook.assistant.finding.windows import any_open, windows_of
from truebook.assistant.limits import Limit
from truebook.assistant.tools.agent import Outcome, toolset
from truebook.assistant.tools.answering import agreed, must_be_proven, told
from truebook.assistant.tools.resolving import (
    agreed_for,
    constraints,
    customer,
    own_hold,
    own_taken,
    service,
    staff,
    whom_of,
)
from truebook.assistant.turn import Turn
from truebook.booking import classes, waitlist
from truebook.booking.model import Customer, Span
from truebook.booking.waitlist import Entry
from truebook.kernel.errors import Invalid
from truebook.language.wish import Visit
from truebook.tenants.services import Service
from truebook.tenants.staff import Staff


@toolset.tool(sequential=True)
async def joinWaitlist(
    ctx: RunContext[Turn],
    service: str,
    staff: str | None = None,
    day: date | None = None,
    at: time | None = None,
    limits: list[Limit] | None = None,
    name: str | None = None,
    phone: str | None = None,
    email: str | None = None,
) -> Outcome:
    """Put the customer on the waiting list: what comes free is offered to them in turn, here. Read back first.

    Where the business is closed then, nothing is waited for: call findSlots, which says so and offers the next times.

    Args:
        service: the name of a service from listServices.
        staff: the name of a member of staff, or nothing when anyone will do.
        day: the day on which it would suit, if it is one; without any day the next two weeks.
        at: the exact time, if only that would do.
        limits: everything else about when it would suit, as for findSlots.
        name: the customer's name, if they told it.
        phone: the customer's phone number, if they told it. Never ask for it.
        email: the customer's e-mail address, if they told it.
    """
    turn = ctx.deps
    said = constraints(staff, day, at, limits or [])
    named = [str(one) for c in said if c.on == "staff" and c.allow and c.must for one in c.values]
    what, whom = _service(turn, service), _person(turn, named[0]) if len(named) == 1 else None
    zone = ZoneInfo(turn.catalogue.account.timezone)
    windows = windows_of(Visit(None, None, said).options()[0], what.duration_minutes, zone, turn.now)
    if not windows:
        raise ModelRetry("No time is left of that: ask which day would suit.")
    if not any_open(windows, turn.catalogue.week, zone, turn.now) or await _has_no_class(turn, what, windows):
        return {"status": "closed"}
    who = customer(turn, name, phone, email)
    concerns = (str(what.id), str(whom.id) if whom else "", *(f"{one.start}/{one.end}" for one in windows))
    if asked := await agreed(turn, WaitingReadBack, "wait", *concerns):
        return await _join(turn, what.id, whom.id if whom else None, asked, agreed_for(turn, asked.whom, who))
    if not who.name:
        turn.acts.append(NameWanted())
        return {"status": "name_wanted"}
    entry = Waiting(
        id="waiting", service=what.name, staff=whom.name if whom else "", windows=_windows(windows), zone=zone.key
    )
    turn.acts.append(WaitingReadBack(purpose="wait", entries=(entry,), concerns=concerns, whom=whom_of(who)))
    return {"status": "read_back", "waiting": [_brief(entry)]}


@toolset.tool
async def myWaitlist(ctx: RunContext[Turn]) -> Outcome:
    """Look up what the customer waits for on the waiting list."""
    turn = ctx.deps
    entries = tuple(_shown(turn, one) for one in await _mine(turn))
    turn.acts.append(WaitingList(entries=entries))
    return {"waiting": [_brief(one) for one in entries]}


@toolset.tool(sequential=True)
async def leaveWaitlist(ctx: RunContext[Turn], service: str | None = None) -> Outcome:
    """Take the customer off the waiting list. The first call reads back what for, the second does it.

    Args:
        service: of which service only, if they do not mean all of it.
    """
    turn = ctx.deps
    for act in turn.last_acts:  # first: in a turn that runs again they are off it already
        if isinstance(act, WaitingReadBack) and await agreed(turn, WaitingReadBack, "wait_no_more", *act.concerns):
            for one in act.entries:
                await waitlist.leave(turn.db, turn.scope, UUID(one.id))
            gone = [one for one in act.entries if await _is_off(turn, UUID(one.id))]
            turn.acts.append(WaitingReceipt(topic="off_list", entries=tuple(gone)))
            return {"status": "off_list", "waiting": [_brief(one) for one in gone]}
    wanted = _service(turn, service).id if service else None
    mine = tuple(_shown(turn, one) for one in await _mine(turn) if wanted in (None, one.service_id))
    if not mine:
        turn.acts.append(WaitingList(entries=()))
        return {"waiting": []}
    concerns = tuple(one.id for one in mine)
    turn.acts.append(WaitingReadBack(purpose="wait_no_more", entries=mine, concerns=concerns))
    return {"status": "read_back", "waiting": [_brief(one) for one in mine]}


@toolset.tool(sequential=True)
async def takeWaitlistOffer(ctx: RunContext[Turn]) -> Outcome:
    """Book the time that is kept for the customer from the waiting list, once they have said yes to it as read back."""
    turn = ctx.deps
    for act in turn.last_acts:  # first: in a turn that runs again it is booked already
        if isinstance(act, ReadBack) and await agreed(turn, ReadBack, "take", *act.concerns):
            if await must_be_proven(turn):
                return told(turn, Refused(reason="code_wanted", time=act.time))
            return told(turn, await doing.take(turn, act.time))
    held = await own_hold(turn)
    if held is None and (taken := await own_taken(turn)):  # on its page, say
        time = acts.time_of(taken)
        turn.acts.append(
            acts.receipt("requested", taken) if taken.status == "pending" else Listing(times=(time,), purpose="tell")
        )
        return {"status": "requested" if taken.status == "pending" else "booked", "slot": brief(time)}
    if held is None:
        turn.acts.append(Refused(reason="hold_expired"))
        return {"status": "refused", "reason": "hold_expired", "offers": []}
    asked = ReadBack(purpose="take", time=acts.time_of(held), until=held.hold_expires_at)
    turn.acts.append(asked)
    return {"status": "read_back", "slot": brief(asked.time)}


async def _join(
    turn: Turn,
    service_id: UUID,
    staff_id: UUID | None,
    asked: WaitingReadBack,
    who: Customer,
) -> Outcome:
    windows = tuple(Span(one.start, one.end) for one in asked.entries[0].windows)
    wanted = waitlist.Waiting(service_id, staff_id, windows, turn.conversation_id, stranger=who.id is None)
    try:
        made = await waitlist.join(turn.db, turn.scope, who, wanted, now=turn.now)
    except Invalid as error:
        raise ModelRetry(f"That cannot be waited for: {error.message}") from error
    entry = _shown(turn, made)
    turn.acts.append(WaitingReceipt(topic="waiting", entries=(entry,)))
    return {"status": "waiting", "waiting": [_brief(entry)]}


async def _has_no_class(turn: Turn, what: Service, windows: tuple[Span, ...]) -> bool:
    """Tell whether something is given as classes, and none of them begins within windows."""
    if what.id not in await classes.taught(turn.db, turn.scope, turn.now):
        return False
    ahead = await classes.listing(turn.db, turn.scope, windows[0].start, windows[-1].end, service_id=what.id)
    return not any(one.start <= held.start < one.end for held in ahead if not held.cancelled_at for one in windows)


async def _mine(turn: Turn) -> list[Entry]:
    return await waitlist.mine(turn.db, turn.scope, turn.conversation_id, turn.customer.id)


async def _is_off(turn: Turn, entry_id: UUID) -> bool:
    return (await waitlist.get(turn.db, turn.scope, entry_id)).status not in ("waiting", "offered")


def _shown(turn: Turn, one: Entry) -> Waiting:
    return Waiting(
        id=str(one.id), service=one.service_name, staff=one.staff_name or "", windows=_windows(one.windows),
        zone=turn.catalogue.account.timezone,
    )  # fmt: skip


def _windows(found: tuple[Span, ...]) -> tuple[acts.Window, ...]:
    return tuple(acts.Window(start=one.start, end=one.end) for one in found)


def _brief(one: Waiting) -> Outcome:
    zone = ZoneInfo(one.zone)
    ends = [(window.start.astimezone(zone), window.end.astimezone(zone)) for window in one.windows]
    return {
        "id": one.id, "service": one.service, "staff": one.staff,
        "windows": [f"{start:%Y-%m-%d %H:%M}/{end:%Y-%m-%d %H:%M}" for start, end in ends],
    }  # fmt: skip


def _service(turn: Turn, name: str) -> Service:
    return service(turn, name)


def _person(turn: Turn, name: str) -> Staff:
    return staff(turn, name)

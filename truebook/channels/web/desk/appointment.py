"""The panel: one appointment with what was done and who was told, and what can be done with it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import Request, Response

from truebook.booking import actions, revising, sheets, views
from truebook.booking.errors import Refusal, Stale
from truebook.booking.model import Appointment
from truebook.channels.web import pages, words
from truebook.channels.web.desk import place
from truebook.channels.web.desk.calendar import Choice, Notice, shown
from truebook.channels.web.desk.news import answer, line
from truebook.channels.web.desk.place import Place
from truebook.channels.web.desk.telling import Say
from truebook.channels.web.visitors import Anyone, Visitor
from truebook.kernel import clock
from truebook.kernel.errors import Conflict, Invalid, NotFound
from truebook.language.wording.speak import say_date, say_time
from truebook.language.wording.voice import Voice
from truebook.ledger import repeating
from truebook.ledger.told import told
from truebook.tenants.users import USERS

ONE = "/desk/appointments/{appointment_id:uuid}"
routes = pages.routes()


@dataclass(frozen=True, slots=True)
class Event:
    """One line of an appointment's history, in plain words."""

    text: str
    by: str
    at: str


@routes.get(ONE, response_model=None)
async def show(request: Request, who: Anyone, appointment_id: UUID) -> Response:
    """Show an appointment beside its day."""
    one = await found(who, appointment_id)
    at = place.place_of(request, who)
    if "day" not in request.query_params:
        at = at.on(one.start.astimezone(who.zone).date())
    return await beside(request, who, at, one)


@routes.post(f"{ONE}/move", response_model=None)
async def move(request: Request, who: Anyone, appointment_id: UUID) -> Response:
    """Move an appointment; where that cannot be, say why, what is free instead, and show it where it still is."""
    at, before = place.place_of(request, who), await found(who, appointment_id)
    part = number(who, "part", 1, len(before.segments)) if who.form.text("part") else None
    had = before.segments[(part or 1) - 1].staff_id
    staff_id = _own(who, _id(who.form.text("staff")) or had)
    start = instant(who, who.form.text("start"))
    try:
        moved = await actions.move(
            who.db, who.scope, before.id, start, now=clock.now(), version=who.form.version(), overrides=beyond(who),
            staff_id=staff_id if staff_id != had else None, part=part,
        )  # fmt: skip
    except Refusal as refusal:
        notice = replace(refused(request, who, refusal, before, start), staff_id=staff_id, part=part)
        return await beside(request, who, at, before, 409, notice=notice)
    notice = Notice(
        _say(request, "%(name)s: %(when)s", name=moved.customer.name, when=when(request, who, moved.start)),
        action=f"/desk/appointments/{moved.id}/move?{at.query}",
        version=moved.version,
        start=local(who, before.start),
        staff_id=had,
        part=part,
    )
    return await beside(request, who, at, moved, notice=notice)


@routes.post(f"{ONE}/length", response_model=None)
async def lengthen(request: Request, who: Anyone, appointment_id: UUID) -> Response:
    """Give a part of an appointment another length; its start stays."""
    at, before = place.place_of(request, who), await found(who, appointment_id)
    part, minutes = number(who, "part", 1, len(before.segments)), number(who, "minutes", 5, 1440)
    _own(who, before.segments[part - 1].staff_id)
    try:
        after = await actions.revise(
            who.db, who.scope, before.id, revising.replacing(part, minutes=minutes), now=clock.now(),
            version=who.form.version(),
        )  # fmt: skip
    except Refusal as refusal:
        notice = replace(refused(request, who, refusal, before, before.start), choices=(), anyway="")
        return await beside(request, who, at, before, 409, notice=notice)
    had = before.segments[part - 1]
    notice = Notice(
        _say(request, "%(name)s: %(minutes)s min", name=after.customer.name, minutes=minutes),
        f"/desk/appointments/{after.id}/length?{at.query}", after.version, part=part,
        minutes=int((had.end - had.start).total_seconds() // 60),
    )  # fmt: skip
    return await beside(request, who, at, after, notice=notice)


Act = Callable[..., Awaitable[Appointment]]


def _change(path: str, act: Act, name: str, *, undo: str | Callable[[Appointment], str] = "") -> None:
    """Add the route of a change that needs nothing but the appointment; `undo` is the path of the one that undoes it.

    Where that depends on what the appointment was before, it is asked with it.
    """

    async def change(request: Request, who: Anyone, appointment_id: UUID) -> Response:
        at, before = place.place_of(request, who), await found(who, appointment_id)
        try:
            after = await act(who.db, who.scope, before.id, now=clock.now(), version=who.form.version())
        except Refusal as refusal:
            notice = refused(request, who, refusal, before, before.start)
            return await beside(request, who, at, await found(who, before.id), 409, notice=notice)
        back = undo if isinstance(undo, str) else undo(before)
        return await beside(request, who, at, after, notice=_done(request, at, after, back) if back else None)

    routes.add_api_route(f"{ONE}/{path}", change, methods=["POST"], name=name, response_model=None)


WAYS = {"cancelled": "cancel", "completed": "complete", "no_show": "no-show"}
"""By status, the change that leads to it."""
_change("confirm", actions.approve, "desk_confirm")
_change("cancel", actions.cancel, "desk_cancel", undo="reopen")
_change("complete", actions.complete, "desk_complete", undo="reopen")
_change("no-show", actions.mark_no_show, "desk_no_show", undo="reopen")
_change("reopen", actions.reopen, "desk_reopen", undo=lambda before: WAYS[before.status])
_change("arrive", actions.arrive, "desk_arrive", undo="unarrive")
_change("unarrive", actions.unarrive, "desk_unarrive", undo="arrive")


def _done(request: Request, at: Place, one: Appointment, undo: str) -> Notice:
    here = one.status == "confirmed" and one.arrived_at
    text = f"{one.customer.name}: {_say(request, HERE if here else STATUSES[one.status])}"
    return Notice(text, f"/desk/appointments/{one.id}/{undo}?{at.query}", one.version, undo=True)


@routes.post(f"{ONE}/tell-again", response_model=None)
async def tell_again(request: Request, who: Anyone, appointment_id: UUID) -> Response:
    """Let the last news be sent once more, where it failed for certain."""
    at, one = place.place_of(request, who), await found(who, appointment_id)
    try:
        await repeating.tell_again(who.db, who.scope, one.id)
    except Conflict:
        text = _say(request, "That did not fail, or not for certain. Nothing was sent.")
        return await beside(request, who, at, one, 409, notice=Notice(text, refused=True))
    return await beside(request, who, at, one, notice=Notice(_say(request, "It is sent once more.")))


async def found(who: Visitor, appointment_id: UUID) -> Appointment:
    """Return an appointment that somebody may see; raise NotFound for any other."""
    one = await views.appointment(who.db, who.scope, appointment_id)
    if not who.may("all calendars") and who.person.staff_id not in [part.staff_id for part in one.segments]:
        raise NotFound("there is no such appointment")
    return one


async def beside(
    request: Request, who: Visitor, at: Place, one: Appointment, status: int = 200, *, notice: Notice | None = None
) -> Response:
    """Return the calendar with an appointment's panel."""
    language, now = words.chosen(request), clock.now()
    voice = Voice(language, now.astimezone(who.zone))
    news, say = await told(who.db, who.scope, one.id), Say(request, who)
    changes = await views.history(who.db, who.scope, one.id)
    users = {f"user:{user.id}": user.name or user.email for user in await USERS.page(who.db, who.scope, limit=500)}
    return await shown(
        request, who, at, status, notice=notice, shown=one, voice=voice,
        told=[line(say, each) for each in news], answer=answer(news),
        history=[_event(request, who, change, changes[:n], users) for n, change in enumerate(changes)][::-1],
        past=await sheets.past(who.db, who.scope, one, now=now), begun=one.start <= now,
        local_start=local(who, one.start),
    )  # fmt: skip


def refused(request: Request, who: Visitor, refusal: Refusal, one: Appointment, start: datetime) -> Notice:
    """Return a refusal in words, with the nearest free times to choose from."""
    choices = tuple(
        Choice(f"{when(request, who, slot.start)}, {slot.staff_name}", local(who, slot.start), slot.staff_id)
        for slot in refusal.nearest
    )
    why = reason(request, who, refusal, start, one.service_name or "", one.staff_name or "")
    to = f"/desk/appointments/{one.id}/move?{place.place_of(request, who).query}"
    return Notice(
        why,
        to,
        one.version,
        local(who, start),
        one.staff_id,
        choices=choices,
        anyway=RULES.get(refusal.code, ""),
        refused=True,
    )


RULES = {"closed": "hours", "blackout": "hours", "notice": "notice", "horizon": "horizon"}
"""The rule behind a refusal that staff may go beyond, once they were told: never over another appointment."""


def beyond(who: Visitor) -> tuple[str, ...]:
    """Return the rules that a form says to go beyond, of those that a refusal can have named."""
    named = who.form.text("anyway")
    return tuple(sorted(set(RULES.values()))) if named in RULES.values() else ()


def number(who: Visitor, field: str, least: int, most: int) -> int:
    """Return a whole number that was sent; raise Invalid where it is none, or out of range."""
    text = who.form.text(field)
    if not (text.isascii() and text.isdigit() and len(text) < 6 and least <= int(text) <= most):
        raise Invalid(field, f"give a number from {least} to {most}")
    return int(text)


def reason(request: Request, who: Visitor, refusal: Refusal, start: datetime, service: str, staff: str) -> str:
    """Return a refusal in the desk's words."""
    language = words.chosen(request)
    there = start.astimezone(who.zone)
    voice = Voice(language, clock.now().astimezone(who.zone))
    said = {
        "date": voice.full_date(there.date()),
        "time": voice.clock(there.time()),
        "service": service,
        "staff": staff,
    }
    if isinstance(refusal, Stale):
        return _say(
            request, "Somebody else changed this meanwhile. This is how it stands now; nothing was changed by you."
        )
    if refusal.code in ("booked", "buffer", "closed", "blackout", "notice", "horizon", "not_offered"):
        key = "past" if refusal.code == "notice" and start < clock.now() else refusal.code
        told = voice.say(f"why_{key}", **said)
        return _say(request, "%(why)s Nothing was changed.", why=told[:1].upper() + told[1:])
    if refusal.code == "hold_expired":
        return _say(request, "That time was held, but not any longer. Nothing was changed.")
    return _say(request, "That is not possible any more. This is how it stands now.")


def instant(who: Visitor, text: str) -> datetime:
    """Return a moment typed as the business's local time (2026-12-02T15:30); raise Invalid for anything else."""
    try:
        typed = datetime.fromisoformat(text)
        if typed.tzinfo is not None:
            raise ValueError
        return clock.at(typed.date(), typed.hour * 60 + typed.minute, who.zone)
    except (ValueError, OverflowError) as error:
        raise Invalid("start", "give a day and a time") from error


def local(who: Visitor, moment: datetime) -> str:
    """Return a moment as a form sends it: the business's local time to the minute."""
    return moment.astimezone(who.zone).strftime("%Y-%m-%dT%H:%M")


def _own(who: Visitor, staff_id: UUID | None) -> UUID | None:
    """Return a member of staff whose calendar somebody may change; raise NotFound for others."""
    if not who.may("all calendars") and staff_id != who.person.staff_id:
        raise NotFound("there is no such member of staff")
    return staff_id


def _id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise Invalid("staff", "there is no such member of staff") from error


def when(request: Request, who: Visitor, moment: datetime) -> str:
    """Return a moment as it stands in short lists: weekday, day and time."""
    language, there = words.chosen(request), moment.astimezone(who.zone)
    today = clock.now().astimezone(who.zone).date()
    return f"{say_date(there.date(), language, today=today, style='short')}, {say_time(there.time(), language)}"


def _say(request: Request, text: str, **values: object) -> str:
    return words.catalog(words.chosen(request)).gettext(text) % values


def _(text: str) -> str:
    """Mark a text for the catalogs; it is said later."""
    return text


MARKED = (
    _("%(name)s: %(when)s"),
    _("%(name)s: %(minutes)s min"),
    _("Somebody else changed this meanwhile. This is how it stands now; nothing was changed by you."),
    _("%(why)s Nothing was changed."),
    _("That time was held, but not any longer. Nothing was changed."),
    _("That is not possible any more. This is how it stands now."),
    _("That did not fail, or not for certain. Nothing was sent."),
    _("It is sent once more."),
)
HERE = _("is here")
STATUSES = {
    "held": _("Held"),
    "pending": _("Requested"),
    "confirmed": _("Booked"),
    "cancelled": _("Cancelled"),
    "completed": _("Done"),
    "no_show": _("Did not come"),
}


def _event(
    request: Request, who: Visitor, change: dict[str, Any], before: list[dict[str, Any]], users: dict[str, str]
) -> Event:
    row, was = change["row"], before[-1]["row"] if before else None
    if was is None or row["status"] != was["status"]:
        text = _say(request, STATUSES[row["status"]])
    elif row["starts_at"] != was["starts_at"]:
        text = _say(request, _("Moved to %(when)s"), when=when(request, who, datetime.fromisoformat(row["starts_at"])))
    elif row["arrived_at"] != was["arrived_at"]:
        text = _say(request, HERE if row["arrived_at"] else _("is not here after all"))
    else:
        text = _say(request, _("Changed"))
    return Event(text, _by(request, change["actor"] or "", users), when(request, who, change["at"]))


def _by(request: Request, actor: str, users: dict[str, str]) -> str:
    """Return who did something, in plain words."""
    kind = actor.partition(":")[0]
    if actor in users:
        return users[actor]
    known = {
        "api": _("over the API"),
        "link": _("the customer, by the link"),
        "conversation": _("the customer, in the chat"),
        "customer": _("the customer, in the chat"),
        "system": _("by itself"),
        "user": _("somebody who does not work here any more"),
    }
    return _say(request, known[kind]) if kind in known else actor

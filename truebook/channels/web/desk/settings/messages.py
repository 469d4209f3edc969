"""What customers are told, and when not: reminders, quiet hours, how long a change may be undone, the waiting list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from functools import partial
from typing import Any

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from truebook.channels.web import pages, words
from truebook.channels.web.desk.settings.keeping import keep, page, parts
from truebook.channels.web.visitors import Visitor, WhoSets
from truebook.kernel.errors import Conflict, Invalid
from truebook.language.languages import LANGUAGES
from truebook.tenants import accounts, telling
from truebook.tenants.accounts import ACCOUNTS, Account
from truebook.tenants.telling import Telling

HERE, WAITING = "/desk/settings/messages", "/desk/settings/messages/waiting"
LEAST, MOST, REMINDERS, LONGEST_NOTE = 15, 20_160, 5, 300
"""A reminder goes out so many minutes before an appointment, so many of them at most, with so many letters added."""
routes = pages.routes()


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number that is set: its field and its range."""

    field: str
    least: int
    most: int


TOLD = (Number("undo_seconds", 0, 120), Number("told_within_minutes", 2, 1440), Number("waits_minutes", 1, 1440))
OFFERED = (Number("waitlist_undo_seconds", 0, 3600), Number("waitlist_hold_minutes", 5, 1440))


@routes.get(HERE, response_model=None)
async def show(request: Request, who: WhoSets) -> Response:
    """Show when customers are told."""
    return await _shown(request, who)


@routes.post(HERE, response_model=None)
async def save(request: Request, who: WhoSets) -> Response:
    """Keep when customers are reminded, and how soon they are told."""
    try:
        await telling.change(who.db, who.scope, _told(who), version=who.form.version())
    except (Invalid, Conflict) as wrong:
        return await _shown(request, who, 422, wrong=str(wrong.data.get("field") or "body"))
    return RedirectResponse(f"{HERE}?saved=1", 303)


@routes.post(WAITING, response_model=None)
async def save_waiting(request: Request, who: WhoSets) -> Response:
    """Keep how what comes free is offered to who waits."""

    async def change(tx: Any) -> None:
        begin, end = (_minute(who, f"offers_{side}") for side in ("from", "until"))
        values = {one.field: who.form.whole(one.field, one.least, one.most) for one in OFFERED}
        quiet = {"quiet_from": begin or 0, "quiet_until": end or 0}
        if (begin is None) != (end is None):
            raise Invalid("offers", "give both, or none")
        await ACCOUNTS.rewrite(tx, who.person.tenant, {**values, **quiet}, version=who.form.version())

    return await keep(request, who, change, HERE, partial(_shown, request, who))


def _told(who: Visitor) -> dict[str, Any]:
    begin, end = _minute(who, "quiet_from"), _minute(who, "quiet_until")
    if (begin is None) != (end is None) or (begin is not None and begin == end):
        raise Invalid("quiet", "give both, or none")
    return {
        "remind_before": _reminders(who),
        "quiet_from": None if begin is None else time(*divmod(begin, 60)),
        "quiet_until": None if end is None else time(*divmod(end, 60)),
        "notes": _notes(who),
        **{one.field: who.form.whole(one.field, one.least, one.most) for one in TOLD},
    }


def _notes(who: Visitor) -> dict[str, str]:
    """Return by language what is added to a reminder; the field of one that is too long is named."""
    return {one: text for one in LANGUAGES if (text := who.form.text(f"note_{one}", most=LONGEST_NOTE))}


def _reminders(who: Visitor) -> list[int]:
    """Return how many minutes before an appointment somebody is reminded, typed as hours with commas."""
    try:
        found = [round(float(one) * 60) for one in parts(who.form.text("remind_before", most=100).replace(";", ","))]
    except (ValueError, OverflowError) as error:
        raise Invalid("remind_before", "give hours, with commas between") from error
    if len(found) > REMINDERS or not all(LEAST <= one <= MOST for one in found):
        raise Invalid("remind_before", "give at most five, from a quarter of an hour to two weeks")
    return sorted(set(found), reverse=True)


def _minute(who: Visitor, field: str) -> int | None:
    """Return a time of day in minutes, None for none; raise Invalid, of both ends, for what is no time."""
    text = who.form.text(field, most=5)
    if not text:
        return None
    try:
        found = time.fromisoformat(text)
    except ValueError as error:
        raise Invalid(field.partition("_")[0], "give a time") from error
    return found.hour * 60 + found.minute


async def _shown(request: Request, who: Visitor, status: int = 200, *, wrong: str = "") -> Response:
    told = await telling.get(who.db, who.scope)
    account = await accounts.get(who.db, who.scope, who.person.tenant)
    typed = _typed(told, account)
    if who.form.fields:  # one of the two forms; the other stays as it is kept
        typed |= {name: who.form.text(name, most=20_000) for name in typed if who.form.has(name)}
    return page(
        request, who, "messages", "messages", status, told=told, account=account, typed=typed, wrong=wrong,
        spoken=[(one, words.own_name(one)) for one in _first(who, LANGUAGES)], longest=LONGEST_NOTE,
        ranges={one.field: one for one in (*TOLD, *OFFERED)},
    )  # fmt: skip


def _first(who: Visitor, languages: Iterable[str]) -> list[str]:
    """Return languages, those of the business first."""
    own = who.person.languages
    return sorted(languages, key=lambda one: own.index(one) if one in own else len(own))


def _typed(told: Telling, account: Account) -> dict[str, str]:
    offers = (account.quiet_from, account.quiet_until)
    begin, end = ("", "") if offers[0] == offers[1] else (_clock(one) for one in offers)
    return {
        "remind_before": ", ".join(f"{one / 60:g}" for one in told.remind_before),
        "quiet_from": told.quiet_from.strftime("%H:%M") if told.quiet_from else "",
        "quiet_until": told.quiet_until.strftime("%H:%M") if told.quiet_until else "",
        **{one.field: str(getattr(told, one.field)) for one in TOLD},
        **{one.field: str(getattr(account, one.field)) for one in OFFERED},
        **{f"note_{one}": told.notes.get(one, "") for one in LANGUAGES},
        "offers_from": begin, "offers_until": end,
    }  # fmt: skip


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02}:{minute % 60:02}"

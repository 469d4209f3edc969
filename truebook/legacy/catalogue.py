"""Old bot settings, services, opening hours and days off."""

from datetime import date
from typing import Any
from uuid import UUID

from truebook.legacy import ids, money, schedules
from truebook.legacy.desk import Business, Desk, Service, stamps, switch, whole
from truebook.legacy.generations import BOTS, Fields
from truebook.legacy.outcome import Imported, Note, Quarantine, Row
from truebook.legacy.raw import plain
from truebook.legacy.times import Unreadable, on

TONES = ("professional", "friendly", "casual")
LONGEST_BLACKOUT = 366


def bot(fields: Fields, desk: Desk) -> Imported:
    """Convert the assistant's settings; what has no column of its own is kept as JSON, untouched."""
    notes: list[Note] = []
    business = desk.business(fields, notes)
    new = desk.new_id(fields, notes)
    tone = fields.text("tone").casefold()
    if tone not in TONES:
        notes.append(Note("tone", f"the tone '{tone}' is unknown; taken as professional, the old default"))
    values = {
        "account_id": business.id,
        "id": new,
        "name": fields.text("name") or "Assistant",
        "system_prompt": fields.text("prompt"),
        "tone": tone if tone in TONES else "professional",
        "settings": _settings(fields),
        "is_active": _first_active(fields, desk, business, "has_bot", notes),
        **stamps(fields),
    }
    desk.bots.add(fields.raw.key, (new, business.id))
    return Imported(fields.raw, business.id, new, (Row("bot_configs", values),), tuple(notes))


def service(fields: Fields, desk: Desk) -> Imported:
    """Convert a service. One without a usable duration goes to quarantine; its name stays known."""
    notes: list[Note] = []
    business = desk.business(fields, notes)
    name = fields.text("name")
    minutes = whole(fields.get("minutes"), 1, 1440)
    if not name or minutes is None:
        desk.services.add(fields.raw.key, Service(None, business.id, name, None))
        said = f"'{name}' lasts {fields.get('minutes')!r} minutes" if name else "a service without a name"
        raise Quarantine("no-duration" if name else "no-name", said)
    new = desk.new_id(fields, notes)
    code, minor = _price(fields, notes)
    values = {
        "account_id": business.id,
        "id": new,
        "bot_config_id": _bot_of(fields, desk, business, notes),
        "name": name,
        "description": fields.text("description") or None,
        "duration_minutes": minutes,
        "price_minor": minor,
        "currency": code,
        "is_active": _active_name(fields, desk, business, name, notes),
        "sort_order": whole(fields.get("order"), -(2**31), 2**31 - 1) or 0,
        **stamps(fields),
    }
    desk.services.add(fields.raw.key, Service(new, business.id, name, minutes))
    offered = {"account_id": business.id, "staff_id": business.staff, "service_id": new}
    rows = Row("services", values), Row("staff_services", offered, shared=True)
    return Imported(fields.raw, business.id, new, rows, tuple(notes))


def hours(fields: Fields, desk: Desk) -> Imported:
    """Convert a weekly schedule into opening hours."""
    notes: list[Note] = []
    business = desk.business(fields, notes)
    try:
        spans = schedules.week(fields.get("week"))
    except Unreadable as error:
        raise Quarantine("schedule", str(error)) from error
    if not spans:
        notes.append(Note("no-hours", "the schedule opens on no day; taken as it is, so nothing can be booked"))
    new = desk.new_id(fields, notes)
    active = _first_active(fields, desk, business, "has_hours", notes)
    config = {"account_id": business.id, "id": new, "is_active": active, **stamps(fields)}
    rules = (_rule(business, new, span) for span in spans)
    return Imported(fields.raw, business.id, new, (Row("availability_configs", config), *rules), tuple(notes))


def blackout(fields: Fields, desk: Desk) -> Imported:
    """Convert a day off, or a span of them."""
    notes: list[Note] = []
    business = desk.business(fields, notes)
    first = _day(fields, "first", business)
    last = first if fields.get("last") is None else _day(fields, "last", business)
    if not 0 <= (last - first).days <= LONGEST_BLACKOUT:
        raise Quarantine("span", f"from {first} to {last} is no span of days off")
    new = desk.new_id(fields, notes)
    values = {
        "account_id": business.id,
        "id": new,
        "starts_on": first,
        "ends_on": last,
        "is_recurring": switch(fields, "yearly", False, notes),
        "reason": fields.text("reason") or None,
        **stamps(fields),
    }
    return Imported(fields.raw, business.id, new, (Row("blackout_dates", values),), tuple(notes))


def _settings(fields: Fields) -> dict[str, Any]:
    taken = {name for field in ("name", "prompt", "tone", "active", "account") for name in BOTS.columns[field]}
    skip = taken | {"id", "created_at", "updated_at"}
    return {column: plain(value) for column, value in fields.raw.values.items() if column not in skip}


def _first_active(fields: Fields, desk: Desk, business: Business, mark: str, notes: list[Note]) -> bool:
    """A business has one active set of hours and of bot settings: of several, the first stays active."""
    there = desk.known.tenant(business.id)
    if not switch(fields, "active", True, notes):
        return False
    if getattr(there, mark):
        notes.append(Note("second-active", f"{business.name} has an active one already; kept, switched off"))
        return False
    setattr(there, mark, True)
    return True


def _active_name(fields: Fields, desk: Desk, business: Business, name: str, notes: list[Note]) -> bool:
    """Two active services of one name could not be told apart in a chat: the second is kept, switched off."""
    names = desk.known.tenant(business.id).services
    if not switch(fields, "active", True, notes):
        return False
    if name.lower() in names:
        notes.append(Note("same-name", f"there is an active service '{name}' already; kept, switched off"))
        return False
    names.add(name.lower())
    return True


def _bot_of(fields: Fields, desk: Desk, business: Business, notes: list[Note]) -> UUID | None:
    reference = fields.get("bot")
    if reference in (None, ""):
        return None
    found = desk.bots.find(reference)
    if found and found[1] == business.id:
        return found[0]
    why = "is another business's" if found else "is not there, or in quarantine"
    notes.append(Note("dangling-bot", f"the bot settings {plain(reference)} it refers to {why}; the link is dropped"))
    return None


def _price(fields: Fields, notes: list[Note]) -> tuple[str, int | None]:
    """Return currency and price in minor units; a price that cannot be read exactly is left empty, with a note."""
    written = fields.text("currency") or "EUR"
    code = money.currency(written)
    value = fields.get("price")
    minor = None if value is None or code is None else money.price(value, code)
    if value is not None and minor is None:
        notes.append(Note("price", f"the price {plain(value)} {written} cannot be read; left empty"))
    return code or "EUR", minor


def _rule(business: Business, config: UUID, span: schedules.Hours) -> Row:
    values = {
        "account_id": business.id,
        "id": ids.made(str(config), str(span.weekday), str(span.opens)),
        "config_id": config,
        "weekday": span.weekday,
        "opens_minute": span.opens,
        "closes_minute": span.closes,
    }
    return Row("availability_rules", values)


def _day(fields: Fields, name: str, business: Business) -> date:
    try:
        return on(fields.get(name), business.tz())
    except Unreadable as error:
        raise Quarantine("date", str(error)) from error

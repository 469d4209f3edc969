"""What conversions know of the rows that came before theirs."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from truebook.kernel import clock
from truebook.legacy import ids
from truebook.legacy.generations import ACCOUNTS, MESSAGES, SESSIONS, Fields
from truebook.legacy.known import Known
from truebook.legacy.options import Options
from truebook.legacy.outcome import Elsewhere, Note, Quarantine, Row
from truebook.legacy.phones import e164
from truebook.legacy.times import stamp


@dataclass(frozen=True, slots=True)
class Business:
    """An old account. A `refused` one is in quarantine, and all its rows with it; only a `chosen` one goes in."""

    id: UUID
    name: str
    zone: ZoneInfo | None
    region: str | None
    chosen: bool = True
    refused: bool = False

    @property
    def staff(self) -> UUID:
        """The one staff member every imported business gets, to whom all its appointments belong."""
        return ids.made(str(self.id), "staff")

    def tz(self) -> ZoneInfo:
        """Return the zone, which every business that goes in has."""
        assert self.zone
        return self.zone


@dataclass(frozen=True, slots=True)
class Service:
    """An old service: None as `id` where it went to quarantine and can only lend its name."""

    id: UUID | None
    business: UUID
    name: str
    minutes: int | None


@dataclass(frozen=True, slots=True)
class Session:
    """An old chat and the conversation it became."""

    business: UUID
    conversation: UUID


@dataclass
class Desk:
    """The memory of one import: everything converted so far, by its old id. `only` is the business of a database of
    the first generation, which knew just one."""

    fingerprint: str
    options: Options
    known: Known
    only: Business | None = None
    businesses: ids.Register[Business] = field(default_factory=ids.Register)
    bots: ids.Register[tuple[UUID, UUID]] = field(default_factory=ids.Register)
    services: ids.Register[Service] = field(default_factory=ids.Register)
    sessions: ids.Register[Session] = field(default_factory=ids.Register)
    kept_sessions: ids.Register[UUID] = field(default_factory=ids.Register)
    """whose the chats are that stay outside"""
    used: dict[str, ids.Register[UUID]] = field(default_factory=dict)

    def business(self, fields: Fields, notes: list[Note]) -> Business:
        """Return whose row this is. Raises Quarantine where nobody's, Elsewhere where nobody's who was chosen."""
        reference = fields.get("account")
        if reference in (None, "") and self.only and (not fields.has("account") or not self.businesses.everything()):
            notes.append(Note("only-business", f"has no account; belongs to {self.only.name}, the only business"))
            return self.only
        found = self.businesses.find(reference)
        if found and found.chosen:
            return _admitted(found)
        if found or self.options.businesses:
            raise Elsewhere
        if reference in (None, ""):
            raise Quarantine("no-business", "names no business, and every row of Truebook belongs to one")
        raise Quarantine("orphan", f"belongs to the account {reference!r}, which is not in the database")

    def keep(self, fields: Fields) -> UUID | None:
        """Return whose a row is that stays outside, None where nobody knows; a chat is remembered for its messages."""
        owner = self._owner(fields)
        if fields.thing is SESSIONS and owner:
            self.kept_sessions.add(fields.raw.key, owner)
        return owner

    def _owner(self, fields: Fields) -> UUID | None:
        if self.only and not self.businesses.everything():
            return self.only.id
        try:
            if fields.thing is MESSAGES:
                chat = fields.get("session")
                session = self.sessions.find(chat)
                return session.business if session else self.kept_sessions.find(chat)
            if self.only and fields.thing is not ACCOUNTS and not fields.has("account"):
                return self.only.id
            found = self.businesses.find(fields.raw.key if fields.thing is ACCOUNTS else fields.get("account"))
            return found.id if found else None
        except Quarantine:
            return None

    def new_id(self, fields: Fields, notes: list[Note]) -> UUID:
        """Return the id the row gets in Truebook, and remember that it is taken."""
        raw = fields.raw
        if self.done(fields):
            return self.known.done[raw.table, raw.key]
        taken = self.used.setdefault(fields.thing.name, ids.Register())
        new = ids.converted(self.fingerprint, raw.table, raw.key)
        if taken.find(str(new)) is not None:
            notes.append(
                Note("id-collision", f"its id {raw.key} and another row's are one once spelled alike; has a new one")
            )
            new = ids.made(self.fingerprint, raw.table, raw.key, "collision")
        elif ids.as_uuid(raw.key) is None:
            notes.append(Note("new-id", f"its id {raw.key} is no UUID; has a new one"))
        taken.add(str(new), new)
        return new

    def done(self, fields: Fields) -> bool:
        """Tell whether an earlier run brought this row in."""
        return (fields.raw.table, fields.raw.key) in self.known.done

    def customer(self, business: Business, name: str, phone: str | None, email: str | None) -> tuple[UUID, Row] | None:
        """Return the customer behind a phone or an e-mail address, and the row that makes sure there is one."""
        mark = phone or email
        if mark is None:
            return None
        there = self.known.tenant(business.id).customers
        customer = there.setdefault(mark, ids.made(str(business.id), "customer", mark))
        values = {"account_id": business.id, "id": customer, "name": name or None, "phone": phone, "email": email}
        return customer, Row("customers", values, shared=True)


@dataclass(frozen=True, slots=True)
class Number:
    """A phone number: in E.164 where it can be read, and as the text that is kept either way."""

    text: str
    e164: str | None


def number(text: str, business: Business, notes: list[Note]) -> Number | None:
    """Return a phone number as a person typed it, with a note on what was made of it; None for none."""
    if not text:
        return None
    found = e164(text, business.region)
    if found is None:
        where = f"in {business.region}" if business.region else "without a country"
        notes.append(Note("phone-unread", f"the phone number '{text}' cannot be read {where}; kept as it was"))
    elif found != text:
        notes.append(Note("phone", f"the phone number '{text}' is written {found}"))
    return Number(found or text, found)


def stamps(fields: Fields) -> dict[str, datetime]:
    """Return created_at and updated_at, where they were not kept or cannot be read: now."""
    created = stamp(fields.get("created")) or clock.now()
    return {"created_at": created, "updated_at": stamp(fields.get("updated")) or created}


def whole(value: Any, lowest: int, highest: int) -> int | None:
    """Return a whole number from a number or its text, None where it is none or out of bounds."""
    try:
        found = int(str(value)) if not isinstance(value, float) else int(value) if value.is_integer() else None
    except ValueError:
        return None
    return found if found is not None and lowest <= found <= highest else None


def switch(fields: Fields, field_name: str, default: bool, notes: list[Note]) -> bool:
    """Return a yes or no that may be a boolean, 1, 'false', 'f' …; the default, with a note, where it is neither."""
    value = fields.get(field_name)
    if value is None:
        return default
    text = str(value).strip().casefold()
    if text in ("true", "t", "1", "yes", "y"):
        return True
    if text in ("false", "f", "0", "no", "n"):
        return False
    notes.append(Note("switch", f"{field_name} is {value!r}, neither yes nor no; taken as {default}"))
    return default


def _admitted(business: Business) -> Business:
    if business.refused:
        raise Quarantine("business-refused", f"its business, {business.name}, is itself in quarantine")
    return business

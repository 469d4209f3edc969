"""Messages in which the old assistant said "booked" while no appointment stands behind it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from truebook.legacy import bookings, chats, ids
from truebook.legacy.generations import APPOINTMENTS, MESSAGES, SESSIONS, Fields, Thing
from truebook.legacy.outcome import Outcome, Quarantine, Quarantined
from truebook.legacy.raw import Raw, plain
from truebook.legacy.times import Unreadable, stamp

ID_KEYS = {"appointmentid", "bookingid"}
NEAR = timedelta(minutes=10)
DONE = re.compile(
    r"\b(booked|confirmed|scheduled|reserved|gebucht|bestätigt|reserviert|eingetragen|vereinbart"
    r"|reservad[oa]|confirmad[oa]|agendad[oa]|réservée?|confirmée?|prenotat[oa]|confermat[oa])\b",
    re.IGNORECASE,
)
NOT_A_CLAIM = re.compile(
    r"\?|\b(not|no|never|cannot|can't|couldn't|already|if|once|when|would|should|shall|will be|to be|unless|fully"
    r"|nicht|kein\w*|wenn|sobald|falls|soll\w*|möcht\w*|bereits|schon|wird|werden|ausgebucht"
    r"|ya|si|cuando|si|pas|quand|non|se|quando)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Promise:
    """One message. `found_by` is 'metadata' (it names an appointment) or 'wording'; `why` says what is missing.

    `who` is the number the chat was with, as it was kept; empty in a test chat.
    """

    key: str
    session: str
    who: str
    said: str
    at: datetime | None
    found_by: str
    why: str


@dataclass(frozen=True, slots=True)
class _Row:
    """As much of an appointment as can back a promise."""

    phone: str
    created: datetime | None
    starts: datetime | None


@dataclass
class Watch:
    """Sees every row of an import go by, chats and appointments before messages, and collects the broken promises."""

    promises: list[Promise] = field(default_factory=list)
    _ids: dict[str, bool] = field(default_factory=dict)
    _rows: list[_Row] = field(default_factory=list)
    _phones: dict[str, str] = field(default_factory=dict)

    def see(self, outcome: Outcome) -> None:
        """Look at a row, whatever has become of it."""
        raw = outcome.raw
        if raw.table in SESSIONS.tables:
            self._phones[raw.key] = _first(raw, SESSIONS, "number")
        elif raw.table in APPOINTMENTS.tables:
            self._ids[ids.spelling(raw.key)] = not isinstance(outcome, Quarantined)
            self._rows.append(_row(raw))
        elif raw.table in MESSAGES.tables and str(raw.values.get("role")).casefold() == "assistant":
            self.promises.extend(self._judge(raw))

    def _judge(self, raw: Raw) -> Iterator[Promise]:
        said = _first(raw, MESSAGES, "text")
        at = stamp(next((raw.values[name] for name in MESSAGES.columns["at"] if raw.values.get(name)), None))
        session = str(plain(raw.values.get("session_id")))
        who = self._phones.get(session, "")
        named = list(_named(chats.metadata(raw.values.get("metadata"))))
        for appointment in named:
            if why := self._missing(appointment):
                yield Promise(raw.key, session, who, said, at, "metadata", why)
        if not named and claims(said) and not self._backed(re.sub(r"\D", "", who), at):
            yield Promise(raw.key, session, who, said, at, "wording", "no appointment of this chat at that time")

    def _missing(self, appointment: str) -> str | None:
        imported = self._ids.get(ids.spelling(appointment))
        if imported is None:
            return f"there is no appointment {appointment}"
        return None if imported else f"the appointment {appointment} is in quarantine"

    def _backed(self, phone: str, at: datetime | None) -> bool:
        """A row written within minutes of the words backs them, and so does one of that phone that is still to come."""
        for row in self._rows:
            if phone and row.phone and row.phone[-8:] != phone[-8:]:
                continue
            if at is None or row.created is None or abs(row.created - at) <= NEAR:
                return True
            if phone and row.phone and row.created <= at and row.starts and row.starts >= at - NEAR:
                return True
        return False


def claims(text: str) -> bool:
    """Tell whether a text says that something has been booked: a sentence with such a word and without a doubt."""
    sentences = re.findall(r"[^.!?\n]+[.!?\n]?", text)
    return any(DONE.search(sentence) and not NOT_A_CLAIM.search(sentence) for sentence in sentences)


def _named(value: Any) -> Iterator[str]:
    """Yield every appointment id that metadata holds, at whatever depth the tool call put it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if str(key).replace("_", "").casefold() in ID_KEYS and isinstance(inner, str | int) and inner != "":
                yield str(inner)
            else:
                yield from _named(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _named(inner)


def _row(raw: Raw) -> _Row:
    fields = Fields(raw, APPOINTMENTS)
    try:
        starts = bookings.start(fields).digits.replace(tzinfo=None)
    except (Unreadable, Quarantine):
        starts = None
    aware = stamp(starts) if starts else None
    return _Row(re.sub(r"\D", "", _first(raw, APPOINTMENTS, "phone")), stamp(raw.values.get("created_at")), aware)


def _first(raw: Raw, thing: Thing, name: str) -> str:
    return str(plain(next((raw.values[column] for column in thing.columns[name] if raw.values.get(column)), "")))

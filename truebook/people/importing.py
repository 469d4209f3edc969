"""Customers and upcoming appointments from another system, as CSV: every row is taken, or given back with its reason.

What is imported is as it is: it may lie outside the hours, but never on another appointment, and nobody is told of it.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from truebook.booking import actions, views
from truebook.booking.errors import Refusal
from truebook.booking.model import Customer, Wish
from truebook.booking.store import Key
from truebook.db import Database, Scope
from truebook.kernel import clock, ids, signs
from truebook.kernel.errors import Invalid
from truebook.tenants import contact, customers
from truebook.tenants.catalogue import Catalogue

MOST = 500
"""Rows of one file."""
LARGEST = 1_000_000
"""Letters of one file."""
BEYOND = ("horizon", "hours", "notice")
"""The rules of the calendar that an imported appointment may be beyond: it was agreed elsewhere."""
WITHIN_RULES = ("closed", "blackout", "notice", "horizon")
COLUMNS = {
    "name": ("name", "customer", "client", "kunde", "kundin", "nom", "nombre", "nome", "naam"),
    "phone": ("phone", "mobile", "telephone", "telefon", "handy", "mobil", "téléphone", "teléfono", "telefono"),
    "email": ("email", "e-mail", "mail", "e-mail-adresse"),
    "notes": ("notes", "note", "notiz", "notizen", "bemerkung", "comment", "comments"),
    "date": ("date", "day", "datum", "tag", "fecha", "data"),
    "time": ("time", "start", "zeit", "uhrzeit", "beginn", "hora", "heure", "ora", "tijd"),
    "service": ("service", "treatment", "leistung", "behandlung", "servicio", "prestation", "servizio"),
    "staff": ("staff", "employee", "with", "mitarbeiter", "mitarbeiterin", "bei", "personal"),
}
"""What a column may be called, in any case; others are not looked at."""
DATES = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d.%m.%y")
Problem = Literal[
    "nobody", "phone", "email", "name", "date", "time", "service", "staff", "past", "length", "taken", "not_offered",
    "later",
]  # fmt: skip
"""Why a row cannot be taken; `later`: the database could not do it just now."""
UPDATE = """
UPDATE customers SET name = coalesce(name, %(name)s), email = coalesce(email, %(email)s),
  notes = CASE WHEN %(notes)s::text IS NULL THEN notes ELSE coalesce(notes, %(notes)s) END
WHERE account_id = %(tenant)s AND id = %(id)s
"""
KNOWN = """
SELECT id FROM customers WHERE account_id = %(tenant)s AND (phone = %(phone)s OR email = %(email)s) LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file: its number, its cells, whom it is about, and what it books, if anything.

    With a `problem` it cannot be taken; `known` tells that its customer is in the list already, `beyond` that its
    appointment lies outside the hours or the horizon and is taken all the same.
    """

    number: int
    cells: tuple[str, ...]
    customer: Customer | None = None
    notes: str | None = None
    service_id: UUID | None = None
    staff_id: UUID | None = None
    start: datetime | None = None
    problem: Problem | None = None
    known: bool = False
    beyond: bool = False
    code: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as it was read: the heads of its columns, and its rows."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def good(self) -> list[Row]:
        """The rows that can be taken, or were."""
        return [row for row in self.rows if row.problem is None]

    @property
    def bad(self) -> list[Row]:
        """The rows that are given back."""
        return [row for row in self.rows if row.problem is not None]


def read(text: str, shop: Catalogue, *, zone: ZoneInfo, now: datetime) -> Sheet:
    """Read a file; raise Invalid where it has no head that can be understood, or too many rows."""
    if len(text) > LARGEST:
        raise Invalid("csv", f"that is too long: {LARGEST:,} letters at most")
    rows = _rows(text.removeprefix("\ufeff"))
    if not rows:
        raise Invalid("csv", "there is nothing in it")
    heads, *body = rows
    places = _places(heads)
    if not {"name", "phone", "email"} & places.keys():
        raise Invalid("csv", "the first row names the columns, and one is name, phone or email")
    if len(body) > MOST:
        raise Invalid("csv", f"at most {MOST} rows at a time, these are {len(body)}")
    made = [_row(number, cells, places, shop, zone, now) for number, cells in enumerate(body, 2) if any(cells)]
    return Sheet(tuple(heads), tuple(made))


async def foresee(db: Database, scope: Scope, sheet: Sheet, *, now: datetime) -> Sheet:
    """Return a file with what would become of each row; nothing is changed."""
    made = []
    for row in sheet.rows:
        if row.problem is None and row.customer is not None:
            who = {"tenant": scope.tenant, "phone": row.customer.phone, "email": row.customer.email}
            row = replace(row, known=await db.glance(scope, KNOWN, who) is not None)
        if row.problem is None and row.start is not None and row.service_id is not None:
            refusal = await views.why_not(db, scope, row.service_id, row.staff_id, row.start, now=now)
            if refusal is not None:
                beyond = refusal.code in WITHIN_RULES
                row = replace(row, beyond=beyond, problem=None if beyond else _problem(refusal))
        made.append(row)
    return replace(sheet, rows=tuple(made))


async def take(db: Database, scope: Scope, sheet: Sheet, *, now: datetime) -> Sheet:
    """Take every row that can be taken, each in a transaction of its own, and return what became of each.

    The same row of the same file is taken once, however often it is sent.
    """
    return replace(sheet, rows=tuple([await _take(db, scope, row, now) for row in sheet.rows]))


async def _take(db: Database, scope: Scope, row: Row, now: datetime) -> Row:
    if row.problem is not None or row.customer is None:
        return row
    if row.start is None or row.service_id is None:
        await _add(db, scope, row.customer, row.notes)
        return row
    wish = Wish(
        row.service_id, row.start, row.customer, row.staff_id, row.notes, "import", overrides=BEYOND
    )  # fmt: skip
    spelled = "|".join(row.cells)
    try:
        booked = await actions.book(
            db, scope, wish, now=now, key=Key(f"import:{ids.digest(spelled).hex()}", ids.digest(spelled))
        )
    except Refusal as refusal:
        return replace(row, problem=_problem(refusal))
    return replace(row, code=booked.code)


async def _add(db: Database, scope: Scope, customer: Customer, notes: str | None) -> None:
    async with customers.CUSTOMERS.changing(db, scope) as tx:
        found = await customers.find_or_add(tx, customer.name or None, customer.phone, customer.email)
        if found is None:
            await customers.CUSTOMERS.write(tx, {"name": customer.name, "notes": notes})
            return
        values = {"name": customer.name or None, "email": customer.email, "notes": notes}
        await tx.run(UPDATE, {**values, "tenant": tx.tenant, "id": found})


def _rows(text: str) -> list[list[str]]:
    first = text.lstrip().partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return [
            [signs.kept(cell.replace("\0", "")).strip() for cell in row]
            for row in reader
            if any(cell.strip() for cell in row)
        ]
    except csv.Error as error:
        raise Invalid("csv", f"that cannot be read: {error}") from error


def _places(heads: Sequence[str]) -> dict[str, int]:
    called = {name: column for column, names in COLUMNS.items() for name in names}
    places: dict[str, int] = {}
    for place, head in enumerate(heads):
        column = called.get(head.casefold())
        if column:
            places.setdefault(column, place)
    return places


def _row(number: int, cells: list[str], places: dict[str, int], shop: Catalogue, zone: ZoneInfo, now: datetime) -> Row:
    told = {name: cells[place] if place < len(cells) else "" for name, place in places.items()}
    row = Row(number, tuple(cells), notes=told.get("notes") or None)
    if any(len(cell) > 2000 for cell in cells) or len(told.get("name", "")) > 200:
        return replace(row, problem="length")
    try:
        phone, email = contact.phone(told.get("phone", ""), zone.key), contact.email(told.get("email", ""))
    except Invalid as wrong:
        return replace(row, problem="phone" if wrong.field == "phone" else "email")
    name = told.get("name", "")
    if not (name or phone or email):
        return replace(row, problem="nobody")
    row = replace(row, customer=Customer(name, phone, email))
    if not told.get("date") and not told.get("time") and not told.get("service"):
        return row
    if not name:
        return replace(row, problem="name")
    day, minute = _day(told.get("date", "")), _minute(told.get("time", ""))
    service = _named(told.get("service", ""), [(one.id, (one.name, *one.known_as)) for one in shop.services])
    staff = _named(told.get("staff", ""), [(one.id, (one.name, *one.synonyms)) for one in shop.staff])
    if day is None:
        return replace(row, problem="date")
    if minute is None:
        return replace(row, problem="time")
    if service is None:
        return replace(row, problem="service")
    if told.get("staff") and staff is None:
        return replace(row, problem="staff")
    start = clock.at(day, minute, zone)
    if start <= now:
        return replace(row, problem="past")
    return replace(row, service_id=service, staff_id=staff, start=start)


def _day(text: str) -> date | None:
    for pattern in DATES:
        try:
            day = datetime.strptime(text, pattern).replace(tzinfo=UTC).date()
        except ValueError:
            continue
        return day if 2000 <= day.year < 2200 else None
    return None


def _minute(text: str) -> int | None:
    hour, _, minute = text.replace(".", ":").replace("h", ":").partition(":")
    minute = minute[:2] or "0"
    if not (hour.isascii() and hour.isdigit() and minute.isascii() and minute.isdigit()):
        return None
    return int(hour) * 60 + int(minute) if int(hour) < 24 and int(minute) < 60 else None


def _named(text: str, among: list[tuple[UUID, tuple[str, ...]]]) -> UUID | None:
    wanted = text.casefold()
    return next((one for one, names in among if wanted and wanted in [name.casefold() for name in names]), None)


def _problem(refusal: Refusal) -> Problem:
    return "not_offered" if refusal.code == "not_offered" else "taken"

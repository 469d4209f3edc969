"""From raw rows to outcomes: every row of every table of a source, parents first, nothing skipped."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

from truebook.kernel.errors import Invalid
from truebook.kernel.ids import ONLY_BUSINESS
from truebook.legacy import bookings, catalogue, chats, generations, ids, people
from truebook.legacy.desk import Desk
from truebook.legacy.diary import Diary
from truebook.legacy.generations import Fields, Thing
from truebook.legacy.known import Known
from truebook.legacy.options import Options
from truebook.legacy.outcome import Elsewhere, Imported, LeftOut, Made, Outcome, Quarantine, Quarantined, Row
from truebook.legacy.raw import Raw, storable
from truebook.legacy.source import Source, fingerprint

Convert = Callable[[Fields, Desk], Imported]

CONVERSIONS: dict[str, Convert] = {
    "accounts": people.account,
    "users": people.user,
    "bot_configs": catalogue.bot,
    "services": catalogue.service,
    "availability_configs": catalogue.hours,
    "blackout_dates": catalogue.blackout,
    "test_chat_sessions": chats.session,
    "chat_messages": chats.message,
}


def plan(source: Source, options: Options, known: Known) -> Iterator[Outcome | Made]:
    """Yield what becomes of every row, in an order that can be written. Raises Invalid if a choice is missing."""
    desk = Desk(fingerprint(source), options, known)
    _find_chosen(source, options, desk.fingerprint)
    if founded := _only_business(source, desk):
        yield founded
    for thing, table in tables(source):
        if thing is generations.APPOINTMENTS:
            yield from _appointments(source, table, desk)
        else:
            for raw in source.rows(table):
                yield convert(raw, thing, desk, CONVERSIONS[thing.name])
        if thing is generations.ACCOUNTS:
            _single_out(desk)


def tables(source: Source) -> list[tuple[Thing, str]]:
    """Return the tables of a source this import understands, parents first."""
    return [(thing, table) for thing in generations.THINGS for table in thing.tables if table in source.tables]


def strange(source: Source) -> list[str]:
    """Return the tables this import does not understand and leaves alone, without the migration tool's own."""
    understood = {table for _, table in tables(source)} | generations.BOOKKEEPING
    return [table for table in source.tables if table not in understood]


def convert(raw: Raw, thing: Thing, desk: Desk, conversion: Convert) -> Outcome:
    """Return what becomes of one row; whatever it holds, it becomes something."""
    fields = Fields(raw, thing)
    try:
        outcome = conversion(fields, desk)
    except Elsewhere:
        return LeftOut(raw)
    except Quarantine as why:
        return Quarantined(raw, why.reason, why.detail, desk.keep(fields))
    if not all(_storable(row) for row in outcome.rows):
        return Quarantined(raw, "not-text", "holds a character that no text in PostgreSQL can hold", outcome.tenant)
    return outcome


def _appointments(source: Source, table: str, desk: Desk) -> Iterator[Outcome]:
    """Of two appointments that overlap the first in the row's standing stays, so all are read before one is placed."""
    thing = generations.APPOINTMENTS
    diaries: dict[UUID, Diary] = {}
    conversion = partial(bookings.appointment, diaries=diaries)
    rows = list(source.rows(table))
    for raw in sorted(rows, key=lambda raw: _standing(raw, thing)):
        yield convert(raw, thing, desk, conversion)


def _standing(raw: Raw, thing: Thing) -> tuple[int, datetime]:
    try:
        return bookings.standing(Fields(raw, thing))
    except Quarantine:
        return (2, datetime.min.replace(tzinfo=UTC))


def _storable(row: Row) -> bool:
    return all(storable(value) for value in row.values.values() if isinstance(value, str))


def _find_chosen(source: Source, options: Options, mark: str) -> None:
    """Refuse a business that is not there, before anything is done; a database without accounts takes any name."""
    offered = accounts(source, mark)
    for wish in options.businesses if offered else ():
        alone = Options(businesses=(wish,))
        if not any(alone.chosen(key, name, new) for key, name, new in offered):
            names = ", ".join(f"{name} ({key})" for key, name, _ in offered)
            raise Invalid("business", f"there is no business '{wish}' in the old database; it has {names}")


def accounts(source: Source, mark: str) -> list[tuple[str, str, UUID]]:
    """Return the old accounts: key, name, and the id each gets in Truebook."""
    found = []
    for table in generations.ACCOUNTS.tables:
        for raw in source.rows(table) if table in source.tables else ():
            name = str(raw.values.get("name") or "")
            found.append((raw.key, name, ids.converted(mark, raw.table, raw.key)))
    return found


def _only_business(source: Source, desk: Desk) -> Made | None:
    """A database of the first generation has no accounts: all of it belongs to the one business the operator names."""
    if accounts(source, desk.fingerprint):
        return None
    if len(desk.options.businesses) != 1:
        raise Invalid("business", "this database is older than accounts: say with --business NAME whose it is")
    if not desk.options.zone:
        raise Invalid("zone", "this database is older than accounts: say with --zone Area/City where the business is")
    name = desk.options.businesses[0]
    new = ids.made(desk.fingerprint, ONLY_BUSINESS)
    try:
        desk.only = people.open_business(desk, new, name, "", [])
    except Quarantine as why:
        raise Invalid("zone", why.detail) from why
    return Made(new, people.founding(desk, desk.only, [], {}))


def _single_out(desk: Desk) -> None:
    """Where there is exactly one business, the tables that are older than accounts can only be its."""
    found = desk.businesses.everything()
    if len(found) == 1 and found[0].chosen and not found[0].refused:
        desk.only = found[0]

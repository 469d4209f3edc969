"""Appointments, reservations, shifts: rows that take up time, and whether two of them may take the same."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from truebook.audit import names
from truebook.audit.findings import Finding, Severity
from truebook.audit.inspection import Inspection
from truebook.audit.model import Column, Table
from truebook.audit.registry import rule
from truebook.audit.values import agree, instant, plural

_BOOKINGS = frozenset(
    ["appointment", "appointments", "booking", "bookings", "reservation", "reservations", "slot", "slots"]
)
_RESOURCES = frozenset(
    ["staff", "resource", "room", "provider", "employee", "doctor", "stylist", "practitioner", "therapist", "unit"]
)
_OVER = ("cancelled", "canceled", "deleted", "rejected", "declined", "no_show", "noshow", "expired")


@dataclass(frozen=True)
class Interval:
    """The columns that say when a row begins and ends, and whose time it takes."""

    start: Column
    end: Column | None
    minutes: Column | None
    owners: tuple[Column, ...]
    status: Column | None


@rule("overlapping-bookings", Severity.WARNING)
def overlapping_bookings(inspection: Inspection) -> Iterator[Finding]:
    """Two bookings may take the same time, because nothing in the database forbids it.

    A look before the INSERT does not help: two customers look at the same moment. An error where rows overlap already.

    Fix: on PostgreSQL, an exclusion constraint on the resource and the time range (`EXCLUDE USING gist`), after
    settling the overlaps with the people concerned.
    """
    for table in inspection.database.tables:
        interval = _interval(inspection, table)
        if interval and not table.exclusions and names.has(table.name, _BOOKINGS):
            found = list(_overlaps(inspection, table, interval))
            owners = ", ".join(column.name for column in interval.owners) or "…"
            yield Finding(
                table.label,
                interval.start.name,
                f"Nothing forbids two rows of {table.label} from taking the same time"
                + (f", and {plural(len(found), 'pair')} {agree(len(found), 'does', 'do')}." if found else "."),
                tuple(found[:3]) or ("no overlap today",),
                advice=f"ALTER TABLE {table.sql} ADD EXCLUDE USING gist ({owners} WITH =, tstzrange(…) WITH &&) "
                "WHERE (status …);",
                severity=Severity.ERROR if found else Severity.HINT,
            )


def _interval(inspection: Inspection, table: Table) -> Interval | None:
    times = [column for column in table.columns if column.kind in ("timestamp", "timestamptz")]
    start = next((column for column in times if names.is_start(column.name)), None)
    end = next((c for c in times if names.has(c.name, names.ENDS) and not names.has(c.name, names.STAMPS)), None)
    minutes = next(
        (c for c in table.columns if c.kind == "integer" and names.has(c.name, frozenset({"duration"}))), None
    )
    if start is None or not (end or minutes):
        return None
    owners = [c for c in table.columns if names.has(c.name, _RESOURCES) and names.refers(c.name)]
    tenant = inspection.tenants.column(table)
    status = next((c for c in table.columns if c.name == "status"), None)
    return Interval(start, end, minutes, tuple([tenant] if tenant else []) + tuple(owners), status)


def _overlaps(inspection: Inspection, table: Table, interval: Interval) -> Iterator[str]:
    """Yield the pairs of neighbours in time that overlap."""
    taken: dict[tuple[str, ...], list[tuple[datetime, datetime, str]]] = defaultdict(list)
    for row in _rows(inspection, table, interval):
        key, start, end, minutes, *owners = row
        begin = instant(start)
        finish = instant(end) if end is not None else _after(begin, minutes)
        if begin and finish and finish > begin:
            taken[tuple(str(owner) for owner in owners)].append((begin, finish, str(key)))
    for rows in taken.values():
        rows.sort()
        for first, second in pairwise(rows):
            if second[0] < first[1]:
                yield f"{first[2]} until {first[1]:%Y-%m-%d %H:%M}, {second[2]} from {second[0]:%Y-%m-%d %H:%M}"


def _after(begin: datetime | None, minutes: object) -> datetime | None:
    return begin + timedelta(minutes=int(str(minutes))) if begin and str(minutes).lstrip("-").isdigit() else None


def _rows(inspection: Inspection, table: Table, interval: Interval) -> list[tuple[object, ...]]:
    key = table.key or interval.start
    columns = [key, interval.start, interval.end, interval.minutes, *interval.owners]
    listed = ", ".join(_shown(column) for column in columns)
    over = ", ".join(f"'{word}'" for word in _OVER)
    active = f"lower(CAST({interval.status.sql} AS text)) NOT IN ({over})" if interval.status else "true"
    owned = " AND ".join(f"{column.sql} IS NOT NULL" for column in interval.owners) or "true"
    return inspection.rows(f"SELECT {listed} FROM {inspection.sample(table)} WHERE {active} AND {owned} LIMIT 50000")


def _shown(column: Column | None) -> str:
    if column is None:
        return "NULL"
    return column.sql if column.kind in ("timestamp", "timestamptz", "integer") else f"CAST({column.sql} AS text)"

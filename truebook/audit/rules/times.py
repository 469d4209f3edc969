"""Times: without a zone, in several spellings, at hours that never were, in zones nobody knows."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from truebook.audit import names
from truebook.audit.findings import Finding, Severity
from truebook.audit.inspection import Inspection
from truebook.audit.model import Column, Table, literal, remark
from truebook.audit.registry import POSTGRESQL, SQLITE, rule
from truebook.audit.sources.source import normalised
from truebook.audit.values import naive_time, plural, some, time_format
from truebook.kernel import clock


@rule("timestamp-without-zone", Severity.WARNING, POSTGRESQL)
def timestamp_without_zone(inspection: Inspection) -> Iterator[Finding]:
    """A column stores wall-clock times without saying whose clock: the instant is lost, twice a year for good.

    Fix: convert to timestamptz, naming the zone the values were meant in (`USING column AT TIME ZONE 'Europe/Vienna'`).
    """
    for table in inspection.database.tables:
        for column in table.columns:
            if column.kind == "timestamp":
                yield Finding(
                    table.label,
                    column.name,
                    f"{table.label}.{column.name} is a timestamp without time zone: it does not say which instant "
                    "it means.",
                    (column.type,),
                    advice=f"ALTER TABLE {table.sql} ALTER COLUMN {column.sql} TYPE timestamptz "
                    f"USING {column.sql} AT TIME ZONE '…';",
                )


@rule("mixed-time-formats", Severity.WARNING, SQLITE)
def mixed_time_formats(inspection: Inspection) -> Iterator[Finding]:
    """A time column holds several spellings of time: they neither sort nor compare.

    SQLite has no time type. `2025-11-03 10:00`, `2025-11-03T10:00:00`, milliseconds since 1970 and `02.12.2025 14:00`
    all fit in one column, and ORDER BY puts them in no order at all.

    Fix: convert all rows to one spelling, ISO 8601 in UTC.
    """
    for table, column in _time_columns(inspection):
        formats: dict[str, list[str]] = defaultdict(list)
        for value in inspection.texts(table, column):
            formats[time_format(value)].append(value)
        if len(formats) > 1:
            yield Finding(
                table.label,
                column.name,
                f"{table.label}.{column.name} holds times in {len(formats)} spellings, which do not sort.",
                tuple(f"{len(found)} × {name}: {some(found, 2)}" for name, found in sorted(formats.items())),
                advice=remark(f"convert {table.name}.{column.name} to ISO 8601 in UTC"),
            )


def _time_columns(inspection: Inspection) -> Iterator[tuple[Table, Column]]:
    for table in inspection.database.tables:
        for column in table.columns:
            if table.rows and column.kind in ("timestamp", "timestamptz", "date"):
                yield table, column


@rule("time-never-was", Severity.WARNING)
def time_never_was(inspection: Inspection) -> Iterator[Finding]:
    """A wall-clock time falls into an hour that was skipped or happened twice when the clocks changed.

    Read in the zone of the business it belongs to, 02:30 on the spring Sunday never was, and 02:30 on the autumn
    Sunday was twice: nobody can say which instant is meant.

    Fix: ask the business; store instants (timestamptz, or ISO 8601 in UTC) from now on.
    """
    for table, column in _time_columns(inspection):
        if column.kind == "timestamp" and names.is_start(column.name):
            odd = [text for value, zone in _with_zones(inspection, table, column) for text in _oddness(value, zone)]
            if odd:
                yield Finding(
                    table.label,
                    column.name,
                    f"{plural(len(odd), 'time')} in {table.label}.{column.name} cannot be placed: the clocks "
                    "changed in that hour.",
                    tuple(odd[:4]),
                    advice="-- ask which instant was meant",
                )


def _oddness(value: str, zone: str) -> Iterator[str]:
    wall = naive_time(value)
    if wall is None or zone not in available_timezones():
        return
    local = wall.replace(tzinfo=ZoneInfo(zone))
    if not clock.exists(local):
        yield f"'{value}' never was in {zone}"
    elif _happened_twice(local):
        yield f"'{value}' was twice in {zone}"


def _happened_twice(local: datetime) -> bool:
    first, second = local.replace(fold=0).utcoffset(), local.replace(fold=1).utcoffset()
    return (first or timedelta()) > (second or timedelta())


def _with_zones(inspection: Inspection, table: Table, column: Column) -> Iterator[tuple[str, str]]:
    """Yield (value, zone) for the rows whose zone is known: from their own row, or from the row they refer to."""
    own = next((found for found in table.columns if names.is_zone(found.name)), None)
    value = f"CAST(t.{column.sql} AS text)"
    limit = f"WHERE t.{column.sql} IS NOT NULL ORDER BY 1 LIMIT 20000"
    if own:
        yield from inspection.rows(f"SELECT {value}, t.{own.sql} FROM {inspection.sample(table)} {limit}")
        return
    for link in inspection.links:
        zone = next((found for found in link.parent.columns if names.is_zone(found.name)), None)
        if link.child is table and zone and names.words(link.column.name)[:-1]:
            match = f"{normalised('p.' + link.key.sql)} = {normalised('t.' + link.column.sql)}"
            yield from inspection.rows(
                f"SELECT {value}, p.{zone.sql} FROM {inspection.sample(table)} JOIN {link.parent.sql} p ON {match} "
                f"{limit}"
            )
            return


@rule("wall-clock-in-doubt", Severity.INFO, POSTGRESQL)
def wall_clock_in_doubt(inspection: Inspection) -> Iterator[Finding]:
    """Instants of businesses outside UTC might be wall-clock times stored as if they were UTC; the data cannot tell.

    Software that kept local times as text often writes them into timestamptz unconverted: 10:00 in Vienna becomes
    10:00 UTC, which is 11:00 there.

    Fix: compare one known appointment with what the database says; convert with
    `(column AT TIME ZONE 'UTC') AT TIME ZONE zone` if they differ.
    """
    for table, column in _time_columns(inspection):
        if column.kind == "timestamptz" and names.is_start(column.name) and _is_calendar(table):
            found = [
                (value, zone) for value, zone in _with_zones(inspection, table, column) if zone not in (None, "", "UTC")
            ]
            if found and all(value[14:19] in ("00:00", "15:00", "30:00", "45:00") for value, _ in found):
                yield Finding(
                    table.label,
                    column.name,
                    f"{table.label}.{column.name} is kept for businesses in {found[0][1]}; make sure that local "
                    "times were "
                    "converted before they were stored.",
                    tuple(_two_readings(value, zone) for value, zone in found[:2]),
                    advice=f"SELECT {column.sql}, {column.sql} AT TIME ZONE {literal(found[0][1])} "
                    f"FROM {table.sql} LIMIT 5;",
                )


def _is_calendar(table: Table) -> bool:
    return any(names.has(column.name, frozenset({"duration", "ends", "end"})) for column in table.columns)


def _two_readings(value: str, zone: str) -> str:
    instant = datetime.fromisoformat(value)
    local = instant.astimezone(clock.zone(zone)) if zone in available_timezones() else instant
    return f"stored {value} = {local:%H:%M} in {zone}; if {value[11:16]} was meant there, it was not converted"


@rule("zone-unknown", Severity.WARNING)
def zone_unknown(inspection: Inspection) -> Iterator[Finding]:
    """A time zone is missing or is none that exists: local times of that row cannot be worked out.

    Fix: write IANA names (`Europe/Vienna`) and require them.
    """
    for table in inspection.database.tables:
        for column in table.columns:
            if names.is_zone(column.name) and column.kind == "text" and table.rows:
                wrong = [value for value in inspection.texts(table, column) if value not in available_timezones()]
                empty = inspection.count(table, f"{column.sql} IS NULL")
                if wrong or empty:
                    yield Finding(
                        table.label,
                        column.name,
                        f"{table.label}.{column.name} does not always name a time zone.",
                        (f"unknown: {some(wrong)}" if wrong else f"{plural(empty, 'row')} without one",),
                        advice=f"UPDATE {table.sql} SET {column.sql} = '…' WHERE {column.sql} IS NULL;",
                        severity=None if wrong else Severity.HINT,
                    )

"""How the two readings of a time without a trustworthy zone differ, shown on the old database's own appointments."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from truebook.kernel import clock
from truebook.legacy import bookings, schedules
from truebook.legacy.generations import ACCOUNTS, APPOINTMENTS, HOURS, Fields, Thing
from truebook.legacy.ids import Register
from truebook.legacy.options import Options
from truebook.legacy.outcome import Quarantine
from truebook.legacy.raw import plain
from truebook.legacy.source import Source
from truebook.legacy.times import Kind, Reading, Unreadable, settle

SAMPLES = 6


@dataclass(frozen=True, slots=True)
class Sample:
    """One appointment: what is stored, and the wall clock of its business under both readings."""

    customer: str
    stored: str
    kind: Kind
    zone: str
    local: datetime
    utc: datetime


@dataclass
class Preview:
    """`kinds` counts how appointments' times are stored; `open_for`, how many fall into opening hours by each reading,
    of the `judged` whose business has hours."""

    kinds: Counter[Kind] = field(default_factory=Counter)
    unreadable: int = 0
    samples: list[Sample] = field(default_factory=list)
    judged: int = 0
    open_for: Counter[Reading] = field(default_factory=Counter)

    @property
    def matters(self) -> bool:
        """Tell whether any time depends on the reading at all."""
        return bool(self.kinds[Kind.WALL] or self.kinds[Kind.COLUMN])


def look(source: Source, options: Options) -> Preview:
    """Return the preview of a source; it reads accounts, schedules and appointments."""
    preview = Preview()
    zones, weeks = _zones(source, options), _weeks(source)
    only = _only(zones.everything(), options)
    for fields in _all(source, APPOINTMENTS):
        try:
            business = fields.get("account") or ""
            _add(preview, fields, zones.find(business) if business else only, weeks.find(business))
        except (Unreadable, Quarantine):
            preview.unreadable += 1
    return preview


def _add(preview: Preview, fields: Fields, zone: ZoneInfo | None, hours: list[schedules.Hours] | None) -> None:
    moment = bookings.start(fields)
    name = fields.text("name")
    preview.kinds[moment.kind] += 1
    if zone is None or not moment.open:
        return
    walls = {reading: settle(moment, zone, reading).at.astimezone(zone) for reading in Reading}
    if len(preview.samples) < SAMPLES:
        stored = " ".join(str(plain(fields.get(part))) for part in ("start", "day", "clock") if fields.get(part))
        local, utc = walls[Reading.LOCAL], walls[Reading.UTC]
        preview.samples.append(Sample(name, stored, moment.kind, str(zone), local, utc))
    if hours:
        preview.judged += 1
        preview.open_for.update(reading for reading, wall in walls.items() if _is_open(hours, wall))


def _is_open(hours: list[schedules.Hours], wall: datetime) -> bool:
    minute, weekday = wall.hour * 60 + wall.minute, wall.isoweekday() % 7
    return any(span.weekday == weekday and span.opens <= minute < span.closes for span in hours)


def _only(zones: list[ZoneInfo], options: Options) -> ZoneInfo | None:
    """The zone of rows that name no business: the one business's, or the one given for a database without any."""
    if not zones and options.zone:
        return clock.zone(options.zone)
    return zones[0] if len(zones) == 1 else None


def _zones(source: Source, options: Options) -> Register[ZoneInfo]:
    found: Register[ZoneInfo] = Register()
    for fields in _all(source, ACCOUNTS):
        try:
            found.add(fields.raw.key, clock.zone(fields.text("zone") or options.zone or ""))
        except (ValueError, Quarantine):
            continue
    return found


def _weeks(source: Source) -> Register[list[schedules.Hours]]:
    found: Register[list[schedules.Hours]] = Register()
    for fields in _all(source, HOURS):
        try:
            found.add(fields.text("account"), schedules.week(fields.get("week")))
        except (Unreadable, Quarantine):
            continue
    return found


def _all(source: Source, thing: Thing) -> list[Fields]:
    return [Fields(raw, thing) for table in thing.tables if table in source.tables for raw in source.rows(table)]

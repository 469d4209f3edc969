"""In which words, on which wall clock and in which colours the calendar is drawn. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from truebook.booking.model import Span
from truebook.channels.web.desk.stretches import DAY
from truebook.language.wording.speak import say_date, say_time

HUES = 12
Say = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Pen:
    """In which words and on which wall clock is drawn, and which colour a service and a member of staff has."""

    language: str
    say: Say
    zone: ZoneInfo
    now: datetime
    hues: Mapping[UUID, int]
    faces: Mapping[UUID, int]
    rests: Mapping[UUID, int]
    """Minutes that a service keeps its person busy afterwards."""
    by_staff: bool = False
    """Whether appointments have the colour of who does them, and not of their service."""

    def hue(self, service_id: UUID | None, staff_id: UUID | None) -> int:
        """Return the colour of what somebody does."""
        found, one = (self.faces, staff_id) if self.by_staff else (self.hues, service_id)
        return found.get(one, 0) if one else 0

    def minute(self, moment: datetime) -> int:
        """Return an instant's minute on the wall clock, counted from midnight."""
        local = moment.astimezone(self.zone)
        return local.hour * 60 + local.minute

    def day(self, moment: datetime) -> date:
        """Return an instant's day on the wall clock."""
        return moment.astimezone(self.zone).date()

    def minutes(self, span: Span, day: date) -> tuple[int, int]:
        """Return when a span begins and ends, in minutes of a day that it lies in or reaches into."""
        begin, end = span.start.astimezone(self.zone), span.end.astimezone(self.zone)
        return (
            begin.hour * 60 + begin.minute if begin.date() == day else 0,
            end.hour * 60 + end.minute if end.date() == day else DAY,
        )

    def drawn(self, start: datetime, end: datetime) -> tuple[int, int]:
        """Return where something is drawn: its begin and its length in minutes of the wall clock, at least five.

        So it ends beside the hour at which it ends, in a night in which the clock is changed too; only what begins in
        an hour that comes twice, and ends before it began by the clock, is as long as it takes.
        """
        begin = self.minute(start)
        until = self.minute(end) if self.day(end) == self.day(start) else DAY
        length = until - begin if until > begin else int((end - start).total_seconds() // 60)
        return begin, max(5, min(length, DAY - begin))

    def time(self, moment: datetime) -> str:
        """Return an instant's time of day as people write it."""
        return say_time(moment.astimezone(self.zone).time(), self.language)

    def clock(self, minute: int) -> str:
        """Return a minute since midnight as people write it."""
        moment = datetime(2000, 1, 1, tzinfo=UTC) + timedelta(minutes=minute % DAY)
        return say_time(moment.time(), self.language)

    def full(self, moment: datetime) -> str:
        """Return an instant with its weekday and time."""
        told = say_date(self.day(moment), self.language, today=self.day(self.now))
        return f"{told}, {self.time(moment)}"

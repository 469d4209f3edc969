"""Saved talks: who the customer is, what they say first, what they answer to what is asked, and the rows they want."""

import tomllib
from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from truebook.kernel.errors import Invalid
from truebook.rehearsal import days
from truebook.rehearsal.days import WEEKDAYS

Asked = Literal["service", "staff", "day", "time", "name", "phone", "code", "offers", "which", "yes", "anything"]
"""What a desk asks for; `offers`: to choose a time, `which`: one of the own appointments, `yes`: to a read-back."""


def _day(text: str) -> str:
    if not days.is_day(text):
        raise ValueError("a day is +2, thu or thu+1")
    return text


def _clock(text: object) -> object:
    return time.fromisoformat(text) if isinstance(text, str) else text


def _several(value: object) -> object:
    return [value] if isinstance(value, str) else value


Day = Annotated[str, AfterValidator(_day)]
Clock = Annotated[time, BeforeValidator(_clock)]
Lines = Annotated[list[str], BeforeValidator(_several)]


class Strict(BaseModel):
    """What a file may hold: these fields and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Row(Strict):
    """An appointment, as far as it matters: any day of `day`, at a time or within a window, with one of `staff`."""

    service: str
    staff: Annotated[list[str], BeforeValidator(_several)] = []
    day: Annotated[list[Day], BeforeValidator(_several)] = []
    at: Clock | None = None
    not_before: Clock | None = None
    not_after: Clock | None = None
    guest: str | None = None

    def fits(self, one: "Segment", today: date) -> bool:
        """Tell whether an appointment's part is what this row describes."""
        clock = one.start.time()
        return (
            one.service == self.service
            and (not self.staff or one.staff in self.staff)
            and (not self.day or one.start.date() in [days.day(text, today) for text in self.day])
            and (self.at is None or clock == self.at)
            and (self.not_before is None or clock >= self.not_before)
            and (self.not_after is None or clock <= self.not_after)
            and (self.guest is None or one.guest == self.guest)
        )


class Given(Strict):
    """An appointment that stands before the talk begins: the customer's own, or (`by`) somebody else's."""

    service: str
    staff: str
    day: Day
    at: Clock
    by: str | None = None


class Talk(Strict):
    """One customer. What they say is said in order, the next thing whenever nothing of theirs is open."""

    about: Annotated[str, Field(min_length=1)]
    says: Annotated[Lines, Field(min_length=1)]
    wants: list[Row] = []
    most: Annotated[int, Field(ge=1, le=30)] = 6
    name: str | None = None
    phone: str | None = None
    answers: dict[Asked, Lines] = {}
    insists: Lines = []
    given: list[Given] = []
    accepts: list[Row] = []
    business: str = "salon"
    begins: Annotated[str, Field(pattern=rf"^({'|'.join(WEEKDAYS)}) \d\d:\d\d$")] = "mon 08:00"
    language: str = "en"

    def begins_after(self, now: datetime) -> datetime:
        """Return when the talk is played: at its own weekday and time, the next time that comes. On a wall clock."""
        weekday, clock = self.begins.split()
        return datetime.combine(days.day(weekday, now.date()), time.fromisoformat(clock))


class Segment(BaseModel):
    """A part of an appointment as it stands in the rows, on the business's wall clock."""

    code: str
    status: str
    service: str
    staff: str
    start: datetime
    guest: str | None = None
    booker: str = ""


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    business: str = "salon"
    language: str = "en"
    begins: str = "mon 08:00"
    talk: list[dict[str, object]]


def read(path: Path) -> list[Talk]:
    """Return the talks of a file; raise Invalid, naming the file, the talk and the field, for what is none."""
    try:
        found = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Invalid("FILES", f"{path} cannot be read: {error}") from error
    except ValidationError as error:
        raise Invalid("FILES", f"{path}: {_told(error)}") from error
    usual = {"business": found.business, "language": found.language, "begins": found.begins}
    return [_talk(path, number, {**usual, **one}) for number, one in enumerate(found.talk, 1)]


def _talk(path: Path, number: int, values: dict[str, object]) -> Talk:
    try:
        return Talk.model_validate(values)
    except ValidationError as error:
        raise Invalid("FILES", f"{path}, talk {number}: {_told(error)}") from error


def _told(error: ValidationError) -> str:
    first = error.errors()[0]
    return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"

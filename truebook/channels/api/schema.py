"""What a value from outside may look like: shared types that refuse what the database or a calendar could not hold."""

import json
import re
from datetime import date, datetime
from typing import Annotated, Any, Literal, TypeVar

from babel import localedata
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)

from truebook.booking.model import Status
from truebook.kernel import clock, phones, signs

T = TypeVar("T", bound=date)

DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)?", re.ASCII)
CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d|24:00", re.ASCII)
YEARS = clock.YEARS
"""Years in which a calendar of a small business can mean something; beyond them arithmetic with dates overflows."""
LARGEST = 2**53 - 1
"""The largest integer that every JSON reader takes exactly."""


class Strict(BaseModel):
    """What a client may send: these fields and no others."""

    model_config = ConfigDict(extra="forbid")


class View(BaseModel):
    """What a client gets to see, taken from a record's attributes."""

    model_config = ConfigDict(from_attributes=True)


def _date(value: Any) -> Any:
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not DATE.fullmatch(value):
        raise ValueError("give a date as YYYY-MM-DD")
    return date.fromisoformat(value)


def _moment(value: Any) -> Any:
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not MOMENT.fullmatch(value):
        raise ValueError(
            "give a time as YYYY-MM-DDTHH:MM, with an offset such as +01:00 or on the business's own clock"
        )
    return datetime.fromisoformat(value.upper())


def _year(value: T) -> T:
    if value.year not in YEARS:
        raise ValueError(f"give a year from {YEARS[0]} to {YEARS[-1]}")
    return value


def _minute(value: Any) -> Any:
    if not isinstance(value, str) or not CLOCK.fullmatch(value):
        raise ValueError("give a time of day from 00:00 to 24:00")
    hour, minute = value.split(":")
    return int(hour) * 60 + int(minute)


def _phone(value: str) -> str:
    """Return a phone number in E.164, whatever punctuation it came with."""
    if (number := phones.e164(value, phones.REGION.get())) is None:
        raise ValueError("give a phone number, best with its country code, such as +43 660 1234567")
    return number


def _known(value: str) -> str:
    """Return a language or locale that exists."""
    if not localedata.exists(value.replace("-", "_")):
        raise ValueError("there is no such language")
    return value


def text_of(kind: str, status: int = 200) -> dict[int | str, dict[str, Any]]:
    """Describe an answer that is a text of a media type, and no JSON."""
    return {status: {"content": {kind: {"schema": {"type": "string"}}}}}


def clock_face(minute: int) -> str:
    """Return minutes since midnight as HH:MM."""
    return f"{minute // 60:02}:{minute % 60:02}"


LocalDate = Annotated[
    date,
    BeforeValidator(_date),
    AfterValidator(_year),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2026-12-02"]}),
]
"""A date on the business's calendar."""

Moment = Annotated[
    datetime,
    BeforeValidator(_moment),
    AfterValidator(_year),
    WithJsonSchema(
        {
            "type": "string",
            "description": "RFC 3339 with an offset, or a wall-clock time in the business's zone",
            "examples": ["2026-12-02T15:30:00+01:00", "2026-12-02T15:30"],
        }
    ),
]
"""An instant (aware), or a time on the business's wall clock (naive)."""

WallMinute = Annotated[
    int,
    BeforeValidator(_minute),
    PlainSerializer(clock_face, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$", "examples": ["09:00"]}),
]
"""A time of day: HH:MM outside, minutes since midnight inside."""

Phone = Annotated[
    str,
    StringConstraints(max_length=40, pattern=signs.LINE),
    AfterValidator(_phone),
    Field(examples=["+43 660 1234567"]),
]
"""A phone number, as it is dialled where the business is or with its country code; E.164 once it is read."""

Email = Annotated[
    str,
    StringConstraints(to_lower=True, max_length=254, pattern=r"^[^@\s\x00-\x1f\x7f-\x9f]+@[^@\s\x00-\x1f\x7f-\x9f]+$"),
    Field(examples=["c@example.org"]),
]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=signs.LINE)]
Text = Annotated[str, StringConstraints(max_length=2000, pattern=signs.LINES)]
LongText = Annotated[str, StringConstraints(max_length=50_000, pattern=signs.LINES)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$"), AfterValidator(_known), Field(examples=["en"])]
Spoken = Annotated[Literal["en", "de", "es", "fr", "it", "nl", "pt"], Field(examples=["en"])]
"""A language that the desk has words for."""
Locale = Annotated[
    str, StringConstraints(pattern=r"^[a-z]{2}(-[A-Z]{2})?$"), AfterValidator(_known), Field(examples=["en"])
]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$"), Field(examples=["EUR"])]
Flag = Annotated[bool, Field(strict=True)]
Money = Annotated[int, Field(strict=True, ge=0, le=LARGEST, description="in minor units, such as cents")]
Buffer = Annotated[int, Field(strict=True, ge=0, le=480)]
Length = Annotated[int, Field(strict=True, ge=1, le=1440)]
Order = Annotated[int, Field(strict=True, ge=-(2**31), le=2**31 - 1)]
StatusName = Status
Slug = Annotated[
    str, StringConstraints(max_length=100, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$"), Field(examples=["salon-alice"])
]
Names = Annotated[list[Name], Field(max_length=50)]
ByLanguage = Annotated[dict[Language, Names], Field(max_length=20, examples=[{"de": ["Haarschnitt", "Schneiden"]}])]


def _storable(value: dict[str, Any]) -> dict[str, Any]:
    """Return a JSON object that PostgreSQL can hold: no NUL, no infinity, in whatever depth."""
    if "\\u0000" in json.dumps(value, allow_nan=False):
        raise ValueError("a text in it holds a NUL character")
    return value


Json = Annotated[dict[str, Any], AfterValidator(_storable)]

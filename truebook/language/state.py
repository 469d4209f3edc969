"""The words a conversation is described with: the desk, the assistant's acts, the wish, the meaning of a message."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from truebook.language.model import Relation

ANYONE = "*"  # the staff of a wish whose customer does not mind who

Intent = Literal[
    "book", "availability", "move", "cancel", "mine", "confirm", "reject", "price", "hours", "address", "duration",
    "services", "person", "greet", "thanks", "bye", "late", "smalltalk", "other",
]  # fmt: skip
Field = Literal["service", "staff", "day", "time", "name", "phone", "email"]
Question = Literal["booking", "more", "move", "cancel", "other"]  # "other": anything that is no part of a wish


@dataclass(frozen=True, slots=True)
class Named:
    """A service or a member of staff, with the other names customers use."""

    id: str
    name: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """The business as a conversation sees it; languages[0] is the one it starts in."""

    services: tuple[Named, ...]
    staff: tuple[Named, ...]
    opens: dt.time | None = None
    closes: dt.time | None = None
    languages: tuple[str, ...] = ("en",)
    tells_foreign: bool = True  # keep talk about taxis, weather and films out of the wish


@dataclass(frozen=True, slots=True)
class Slot:
    """A time that was offered, read back or booked; None where the assistant left a part out."""

    id: str
    service: str | None = None
    staff: str | None = None
    day: dt.date | None = None
    time: dt.time | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """The assistant named these slots and asked which one suits."""

    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class ReadBack:
    """The assistant read one slot back and asked for a yes."""

    slot: Slot


@dataclass(frozen=True, slots=True)
class Asked:
    """The assistant asked for a part of the wish, or a yes/no question."""

    field: Field | Question


@dataclass(frozen=True, slots=True)
class Booked:
    """The assistant said that this slot is booked."""

    slot: Slot


@dataclass(frozen=True, slots=True)
class Failed:
    """The assistant said that what was asked for could not be done."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """The assistant told the customer's own appointments."""

    appointments: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class AskedWhich:
    """The assistant asked which of the customer's appointments is meant."""

    appointments: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Informed:
    """The assistant answered a side question."""

    about: str = ""


Act = Offered | ReadBack | Asked | Booked | Failed | Listed | AskedWhich | Informed


@dataclass(frozen=True, slots=True)
class Wish:
    """What the customer wants so far; staff is an id or ANYONE."""

    service: str | None = None
    staff: str | None = None
    day: dt.date | None = None
    day_until: dt.date | None = None
    time: dt.time | None = None
    relation: Relation = "at"
    time_until: dt.time | None = None
    name: str | None = None
    phone: str | None = None
    email: str | None = None
    day_alternatives: tuple[dt.date, ...] = ()  # other days the words may mean: ask or read back
    time_alternatives: tuple[dt.time, ...] = ()
    time_open: bool = False  # am or pm is not settled: ask

    @property
    def exact_time(self) -> bool:
        """Tell whether the time is a point, not a window."""
        return self.time is not None and self.relation in ("at", "around") and not self.time_open


@dataclass(frozen=True, slots=True)
class Doubt:
    """A part of the message that fits several things: ask which (ids)."""

    field: Literal["service", "staff", "slot", "appointment"]
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the last message meant."""

    intent: Intent = "other"
    picked: str | None = None  # id of the offered slot or listed appointment
    agreed: bool = False  # accepted the last read-back exactly as it stood
    refused: bool = False  # declined what was offered or read back
    changed: frozenset[Field] = frozenset()
    questions: tuple[Intent, ...] = ()  # side questions of the same message
    more: tuple[Intent, ...] = ()  # further requests of the same message
    doubts: tuple[Doubt, ...] = ()
    understood: bool = True  # False: nothing in the message could be used
    question: bool = False  # something was asked
    elsewhere: bool = False  # about something no appointment desk does
    named: frozenset[str] = frozenset()  # ids of the services it names
    same_day: bool = False  # the day is to be the one spoken of before
    same_time: bool = False  # and so the time
    withdraws: bool = False  # the day or time of the last booking does not suit after all
    scores: Mapping[Intent, float] = field(default_factory=dict, compare=False)

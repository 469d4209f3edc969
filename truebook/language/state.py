"""The words a conversation is described with: the desk, what the desk said, and the meaning of a message."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from truebook.language.acts import After, Heard, likeliest
from truebook.language.names import Directory, Named
from truebook.language.wish import ANYONE, Away, Constraint, On, Visit, Wish

__all__ = ["ANYONE", "Named"]

Field = Literal["service", "whom", "staff", "day", "time", "name", "phone", "email", "code"]
CONTACTS: frozenset[Field] = frozenset(("name", "phone", "email"))
"""Who the customer is: no part of what is wished for."""
Question = Literal["booking", "more", "move", "cancel", "count", "other"]  # "other": anything that is no part of a wish
Aim = Literal["book", "move", "cancel", "lookup"]


@dataclass(frozen=True, slots=True)
class Desk:
    """The business as a conversation sees it; languages[0] is the one it starts in, country where its numbers are."""

    services: tuple[Named, ...]
    staff: tuple[Named, ...]
    opens: dt.time | None = None
    closes: dt.time | None = None
    languages: tuple[str, ...] = ("en",)
    country: str | None = None
    tells_foreign: bool = True  # keep talk about taxis, weather and films out of the wish
    classes: frozenset[str] = frozenset()  # services that are given at hours of their own, to several people at once
    elsewhere: frozenset[str] = frozenset()  # how services are called that it might do, and does not
    name: str = ""  # what it is called: "at Lina's" is nobody of the team
    closing: tuple[dt.time | None, ...] = ()  # from Monday on, when the last opening ends; None: none; (): unknown


SERIES = "series"
"""The id of what is read back of something that comes again."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A time that was offered, read back or booked; None where the desk left a part out."""

    id: str
    service: str | None = None
    staff: str | None = None
    day: dt.date | None = None
    time: dt.time | None = None
    minutes: int | None = None
    parts: tuple[str, ...] = ()  # the services of a visit that has several
    guests: tuple[str | None, ...] = ()  # whom each of them is for, where that is not the customer
    with_whom: tuple[str, ...] = ()  # the member of staff of each of them
    people: int = 1  # how many come: the places in a class, or the customer and their guests
    whom: str = ""  # the customer's name, under which it was read back
    guest: str | None = None  # whom it is for, where that is somebody else alone
    at_once: bool = False  # whether all its parts begin at the same time
    dates: int = 1  # on how many dates it is, where it is a series

    @property
    def services(self) -> frozenset[str]:
        """Its services, one or several."""
        return frozenset(filter(None, (self.service, *self.parts)))

    @property
    def counts(self) -> frozenset[int]:
        """How many dates, services or people it is, where they are several."""
        return frozenset((self.dates, len(self.parts), self.people)) - {0, 1}

    @property
    def named(self) -> dict[On, dt.date | dt.time | str]:
        """The day, the time and the person that it names, by what a constraint of each is on."""
        told: dict[On, dt.date | dt.time | str | None] = {"day": self.day, "time": self.time, "staff": self.staff}
        return {on: value for on, value in told.items() if value}  # of several that are cancelled nobody is named

    def is_over_by(self, end: dt.time | None) -> bool:
        """Tell whether it is over when one has to be elsewhere: "at six" is in the evening, of a slot at nine."""
        if self.time is None or end is None or self.id == SERIES:
            return False
        over = dt.datetime.combine(dt.date.min, self.time) + dt.timedelta(minutes=self.minutes or 0)
        due = dt.datetime.combine(dt.date.min, end)
        return over <= (due if end > self.time else due + dt.timedelta(hours=12))

    def meets(self, constraints: Iterable[Constraint]) -> bool:
        """Tell whether it meets all of some constraints that are on something it names."""
        named = self.named
        return all(c.holds(named[c.on]) for c in constraints if c.on in named)


@dataclass(frozen=True, slots=True)
class Offered:
    """The desk named these slots and asked which one suits."""

    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class ReadBack:
    """The desk read one slot back and asked for a yes; `again`: as it had just done, and nobody had agreed."""

    slot: Slot
    again: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """The desk asked for a part of the wish, or a yes/no question; `of`: for which of the slots, which is chosen."""

    field: Field | Question
    of: Slot | None = None


@dataclass(frozen=True, slots=True)
class Booked:
    """The desk said that this slot is booked or moved."""

    slot: Slot


@dataclass(frozen=True, slots=True)
class Gone:
    """The desk said that this appointment is cancelled."""

    slot: Slot


@dataclass(frozen=True, slots=True)
class Failed:
    """The desk said that what was asked for could not be done."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """The desk told the customer's own appointments, or looked them up to move or cancel one."""

    appointments: tuple[Slot, ...]
    aim: Aim | None = None


@dataclass(frozen=True, slots=True)
class Reminded:
    """The desk reminded the customer of this appointment, and asked whether they will come."""

    slot: Slot


@dataclass(frozen=True, slots=True)
class AskedWhich:
    """The desk asked which of the customer's appointments is meant."""

    appointments: tuple[Slot, ...]
    aim: Aim | None = None


@dataclass(frozen=True, slots=True)
class Informed:
    """The desk answered a side question, or only talked."""

    about: str = ""


Act = Offered | ReadBack | Asked | Booked | Gone | Failed | Listed | Reminded | AskedWhich | Informed


@dataclass(frozen=True, slots=True)
class Doubt:
    """A part of the message that fits several things: ask which (ids, or values as text)."""

    field: Literal["service", "staff", "offer"]
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the last message meant."""

    acts: tuple[Heard, ...] = ()
    picked: str | None = None  # id of the offered slot that is taken
    meant: tuple[str, ...] = ()  # ids of the customer's own appointments that it is about
    agreed: bool = False  # accepted the last read-back exactly as it stood: a closed rule
    yes: bool = False  # leans to yes: enough to read something back, never to do it
    no: bool = False  # declines what was offered or read back
    changed: frozenset[Field] = frozenset()
    asks: tuple[str, ...] = ()  # topics of side questions
    doubts: tuple[Doubt, ...] = ()
    unheard: tuple[str, ...] = ()  # parts of the message that nothing could be made of
    question: bool = False
    wonders: str = ""  # the words that ask what is on no topic of ours
    usual: bool = False  # a price is asked of another service than the one that is talked about
    words: int = 0  # how many words it has
    named: frozenset[str] = frozenset()  # ids of the services it names
    places: tuple[int, ...] = ()  # in a list: 0 is the first, -1 the last
    person: str | None = None  # the only member of staff it names
    on_day: dt.date | None = None  # the only day it names
    away: Away | None = None  # how it tells a day from another one: "the thursday after"
    days: tuple[tuple[dt.date, dt.date], ...] = ()  # the first and last of each day or stretch of days it names
    dates: frozenset[int] = frozenset()  # numbers that may be days of the month: "il 30 non possiamo"
    clocks: tuple[dt.time, ...] = ()  # the times of day it names
    but: bool = False  # something is said against what it says first
    elsewhere: bool = False  # about something no appointment desk does
    prefers: bool = False  # says what would be better: "hmm, rather thursday"
    keeps: bool = False  # the appointment is to stay as it is
    everything: bool = False  # all appointments
    series: bool = False  # all of what comes again
    following: bool = False  # this one of a series and those after it
    less: frozenset[str] = frozenset()  # ids of the services it no longer wants: "without the colour"
    spared: frozenset[str | dt.date] = frozenset()  # services, staff and days it says are not meant
    told_by: frozenset[str | dt.date] = frozenset()  # the staff and the days by which it names an appointment
    tells_to_move: bool = False  # "move it", and nothing else
    only: frozenset[str] = frozenset()  # ids of the services beside which it wants nothing else
    alone: bool = False  # nobody comes along
    party: tuple[str, ...] = ()  # who comes along with the customer, by what they are called, if at all
    adding: bool = False  # one more besides
    besides: bool = False  # what it names comes to what was read back: "yes, and the 9th too", "both, plus the 30th"
    of_next: bool = False  # says something of a visit that waits, while another one stands
    pointing: bool = False  # "it", "that one"
    of_mine: bool = False  # "my appointment", which may be any
    same_time: bool = False
    in_turn: bool = False  # several come one after the other
    instead: bool = False  # it may be in the place of another
    then: str = ""  # what it says of another booking, to be heard once this one is booked
    or_stays: bool = False  # what stands is to stay, should it not be possible to move it so
    leads_in: bool = False  # the first of several is over when the next one begins
    anew: bool = False  # whatever was wished for before is forgotten
    in_all: bool = False  # the sum is asked for
    does_what: bool = False  # who does something is asked, not who is there
    code: str | None = None
    note: str | None = None  # what the team is to know, in the customer's own words
    waits: tuple[Constraint, ...] | None = None  # beside a yes: when else would suit, should it come free
    calls: bool = False  # wants to be called
    call_at: str = ""  # when, in the customer's own words
    not_here: str | None = None  # whom it takes for one of the team, where nobody there is called so
    not_offered: tuple[str, ...] = ()  # services that it asks for and the business does not do, as they are written
    call_by: str | None = None  # the member of staff who is to call
    complaint: bool = False
    might: bool = False  # what it says is only possible: "I might have to cancel"
    supposes: bool = False  # it asks what could be done, should something happen: "could I cancel his, if need be?"
    note_asked: bool = False  # whether that was written down is the question

    def does(self, act: str, topic: str | None = None, *, least: float = 0.5) -> bool:
        """Tell whether the message probably does this."""
        return any(h.act == act and topic in (None, h.topic) and h.probability >= least for h in self.acts)

    @property
    def only_contacts(self) -> bool:
        """Tell whether all that the message changes is who the customer is."""
        return bool(self.changed) and self.changed <= CONTACTS

    def likeliest(self, *acts: str) -> float:
        """Return how probable the likeliest of some acts is."""
        return likeliest(self.acts, *acts)


@dataclass(frozen=True, slots=True)
class State:
    """One conversation: what the customer wants, what the last message meant, and what the desk said before it."""

    desk: Desk
    language: str
    wish: Wish = field(default_factory=Wish)
    later: tuple[Visit, ...] = ()  # visits that wait until the one talked about is settled
    along: tuple[Visit, ...] = ()  # the further parts of the visit that is talked about
    meaning: Meaning = field(default_factory=Meaning)
    aim: Aim | None = None  # what the conversation is about
    subject: str | None = None  # the appointment to be moved or cancelled
    offered: tuple[Slot, ...] = ()
    declined: tuple[Slot, ...] = ()  # what was offered last, where none of it suits
    left: tuple[Slot, ...] = ()  # what was offered beside what was booked last
    readback: Slot | None = None  # only while it is the desk's last word
    asked_again: bool = False  # whether the very same was read back before it, and nobody agreed
    asked: frozenset[str] = frozenset()
    after: After = "nothing"  # what the desk's last words were, as the acts are learned by it
    appointments: tuple[Slot, ...] = ()  # the customer's own, as last told
    asked_which: bool = False
    booked: Slot | None = None
    standing: tuple[Slot, ...] = ()  # all that was booked in this talk, and not cancelled since
    spoken_of: frozenset[str] = frozenset()  # staff that was offered, read back or wished: settles "Dr. Chen"
    calls: bool = False  # whether the last message was about being called, and nothing was asked or offered since
    mentioned_day: dt.date | None = None  # named while talking about something else
    staff_names: Directory = field(default_factory=lambda: Directory(()), compare=False, repr=False)
    service_names: Directory = field(default_factory=lambda: Directory(()), compare=False, repr=False)

    @property
    def shown(self) -> tuple[Slot, ...]:
        """What was offered or read back last."""
        return (*self.offered, *((self.readback,) if self.readback else ()))

    @property
    def chosen(self) -> Slot | None:
        """What only waits for a name or a yes."""
        named = self.offered[0] if self.asks("name") and len(self.offered) == 1 else None
        return self.readback or named

    def asks(self, what: str) -> bool:
        """Tell whether the desk's last message asked for what."""
        return what in self.asked

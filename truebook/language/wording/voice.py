"""The desk's voice: sentences, lists, dates, times and prices in one language, and the receipt."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Literal, NamedTuple
from urllib.parse import quote_plus

from babel.dates import get_day_names
from babel.numbers import format_currency

from truebook.language import wording
from truebook.language.wording.speak import say_date, say_time

Topic = Literal["booked", "requested", "moved", "cancelled", "offered", "off_list", "reminder", "correction"]
_NUMBERED = re.compile(r" \d$")
DIRECTIONS = "https://www.google.com/maps/search/?api=1&query="
"""An address that phones open in whichever map they have (Google, "Maps URLs")."""


class Part(NamedTuple):
    """A part of a visit as it is told: what, with whom, for whom (None: the customer), and when on the wall clock."""

    service: str
    staff: str
    guest: str | None
    local: datetime


@dataclass(frozen=True, slots=True)
class Voice:
    """Says things in one language, on one day (`now` on the business's wall clock), after `before` was said.

    `called`: what the business calls its services in this language, by the name that its rows have.
    """

    language: str
    now: datetime
    before: str = ""
    called: Mapping[str, str] = field(default_factory=dict)

    def say(self, key: str, **values: object) -> str:
        """Return the sentence of a key, in another way than the one just used."""
        return wording.say(self.language, key, unlike=self.before, **values)

    def one_of(self, items: list[str], key: str = "or") -> str:
        """Return items as people list them: a, b or c."""
        if len(items) < 2:
            return "".join(items)
        return self.say(key, first=self.say("comma").join(items[:-1]), last=items[-1])

    def full_date(self, day: date) -> str:
        """Return a day with its weekday, as it stands in a read-back or a receipt."""
        return say_date(day, self.language, today=self.now.date())

    def near_date(self, day: date) -> str:
        """Return a day with its weekday, and with today or tomorrow before it."""
        near = {0: "today", 1: "tomorrow"}.get((day - self.now.date()).days)
        return self.say(near, date=self.full_date(day)) if near else self.full_date(day)

    def weekday(self, day: date) -> str:
        """Return the weekday alone of a day within a week, and the whole of a later one."""
        near = day - self.now.date() < timedelta(weeks=1)
        return get_day_names("wide", locale=self.language)[day.weekday()] if near else self.full_date(day)

    def clock(self, clock: time) -> str:
        """Return a time of day."""
        return say_time(clock, self.language)

    def span(self, minutes: int) -> str:
        """Return a length of time: "24 h", "90 minutes"."""
        return f"{minutes // 60} h" if minutes and minutes % 60 == 0 else self.say("minutes", minutes=minutes)

    def money(self, minor: int, currency: str) -> str:
        """Return a price, given in minor units; whole amounts without cents, and nothing as "free"."""
        if minor == 0:
            return self.say("free")
        text = str(format_currency(minor / 100, currency, locale=self.language))
        return text.replace(".00", "").replace(",00", "") if minor % 100 == 0 else text

    def service(self, name: str) -> str:
        """Return what a service is called in this language."""
        return self.called.get(name, name)

    def what(self, service: str, staff: str) -> str:
        """Return what an appointment is, and with whom."""
        called = self.service(service)
        return self.say("with", service=called, staff=staff) if staff else called

    def visit(self, parts: Sequence[Part], *, timed: bool = True) -> str:
        """Return what a visit is: what one person does for the same one after the other is taken together.

        "Haircut and Colour with Anna"; "2 × Maths lesson with Nora"; "Haircut with Anna and Haircut with Ben (for Mia),
        at the same time"; "Consultation with Huber (08:00) and Blood test with Eva (08:20)": each with its own start,
        where they differ. timed: whether it is told when they begin.
        """
        told, runs = [], [list(run) for _, run in groupby(parts, key=lambda part: (part.staff, part.guest))]
        apart, guests = len({run[0].local for run in runs}) > 1, {run[0].guest for run in runs}
        one_guest = guests.pop() if len(guests) == 1 and len(runs) > 1 else None
        for run in runs:
            staff, guest = run[0].staff, run[0].guest
            whom = self.for_guest(guest) if guest and guest[:1].isalpha() else guest  # "+1" has no name
            whom = None if one_guest else whom
            notes = [note for note in (whom, self.clock(run[0].local.time()) if apart and timed else None) if note]
            alike = [(service, len(list(same))) for service, same in groupby(part.service for part in run)]
            names = [self.service(name) if many == 1 else f"{many} × {self.service(name)}" for name, many in alike]
            what = self.what(self.one_of(names, "and"), staff)
            told.append(f"{what} ({', '.join(notes)})" if notes else what)
        what = self.one_of(told, "and")
        what = self.say("comma").join((what, self.for_guest(one_guest))) if one_guest else what
        return self.say("at_once", what=what) if timed and not apart and len(runs) > 1 else what

    def for_guest(self, guest: str) -> str:
        """Return whom a visit is for: "for Mia", "for your daughter"."""
        whose, called = {"kin_him": "your_him", "kin_her": "your_her", "kin_it": "your_it"}, guest.casefold()
        called = _NUMBERED.sub("", called)  # the second of two daughters is "your daughter" as well
        kin = next((key for key in whose if called in wording.table(self.language)[key]), None)
        if kin is None:
            return self.say("for_guest", guest=guest)
        called = called.capitalize() if self.language.startswith("de") else called
        return self.say("for_guest", guest=f"{self.say(whose[kin])} {called}")

    def in_turn(self, parts: Sequence[Part]) -> str:
        """Return in which order the parts of a visit come, each with its start: "One after the other: …"."""
        told = [f"{self.visit([part])} {self.clock(part.local.time())}" for part in parts]
        begins, listed = {part.local for part in parts}, self.say("comma").join(told)
        key = "parts_at_once" if len(begins) == 1 else "parts_in_turn" if len(begins) == len(parts) else None
        return self.say(key, parts=listed) if key else f"{listed}."

    def rhythm(self, every: str, interval: int, weekdays: Sequence[int]) -> str:
        """Return how often something comes again, on which weekdays (0 = Monday): "every tuesday and thursday"."""
        names = get_day_names("wide", locale=self.language)
        key = f"every_{every}" + ("" if interval == 1 else "s")
        return self.say(key, weekday=self.one_of([names[day] for day in weekdays], "and"), number=interval)

    def counted_places(self, seats: int) -> str:
        """Return so many places, and one as well: "1 place"."""
        return self.say("one_place") if seats == 1 else self.say("some_places", seats=seats)

    def places(self, what: str, seats: int) -> str:
        """Return places in a class: one goes without saying."""
        return what if seats == 1 else self.say("places", what=what, seats=seats)


def sentence(text: str) -> str:
    """Return text with a capital in front: in many languages a weekday has none of its own."""
    return text[:1].upper() + text[1:]


def receipt(
    voice: Voice,
    topic: Topic,
    code: str,
    link: str,
    what: str,
    local: datetime,
    zone: str,
    until: datetime | None = None,
    *,
    changed: bool = False,
) -> str:
    """Return the receipt of a committed row: the only sentence that says booked, moved or cancelled.

    `local` is the start on the wall clock of `zone`, and `until` when an offer of the waitlist ends. `changed`: what
    moved is what it consists of.
    """
    return voice.say(
        "receipt_changed" if changed else f"receipt_{topic}",
        date=voice.full_date(local.date()),
        time=voice.clock(local.time()),
        zone=zone,
        until=f"{voice.near_date(until.date())}, {voice.clock(until.time())}" if until else "",
        what=what,
        code=code,
        link=link,
    )


def located(text: str, topic: Topic, place: str | None) -> str:
    """Return a receipt with the place to come to, and a link that leads there by whichever map the phone has.

    It is for what is sent to somebody who may have no page before them: one message, and no second for the place.
    """
    if not place or topic not in ("booked", "requested", "moved"):
        return text
    return f"{text}\n\N{ROUND PUSHPIN} {place}\n{DIRECTIONS}{quote_plus(' '.join(place.split()))}"

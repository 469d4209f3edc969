"""The desk's voice: sentences, lists, dates, times and prices in one language, and the receipt."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from babel.numbers import format_currency

from truebook.language import wording
from truebook.language.speak import say_date, say_time

Topic = Literal["booked", "requested", "moved", "cancelled", "offered", "off_list", "reminder", "correction"]

PLACED = frozenset({"booked", "requested", "moved", "reminder"})
"""What is told of an appointment that somebody is to come to."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Says things in one language, on one day (`now` on the business's wall clock), after `before` was said."""

    language: str
    now: datetime
    before: str = ""

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

    def clock(self, clock: time) -> str:
        """Return a time of day."""
        return say_time(clock, self.language)

    def money(self, minor: int, currency: str) -> str:
        """Return a price, given in minor units; whole amounts without cents."""
        text = str(format_currency(minor / 100, currency, locale=self.language))
        return text.replace(".00", "").replace(",00", "") if minor % 100 == 0 else text

    def what(self, service: str, staff: str) -> str:
        """Return what an appointment is, and with whom."""
        return self.say("with", service=service, staff=staff) if staff else service


def sentence(text: str) -> str:
    """Return text with a capital in front: in many languages a weekday has none of its own."""
    return text[:1].upper() + text[1:]


def receipt(
    voice: Voice,
    topic: Topic,
    code: str,
    link: str,
    service: str,
    staff: str,
    local: datetime,
    zone: str,
    until: datetime | None = None,
) -> str:
    """Return the receipt of a committed row: the only sentence that says booked, moved or cancelled.

    `local` is the start on the wall clock of `zone`, and `until` when an offer of the waitlist ends.
    """
    return voice.say(
        f"receipt_{topic}",
        date=voice.full_date(local.date()),
        time=voice.clock(local.time()),
        zone=zone,
        until=f"{voice.near_date(until.date())}, {voice.clock(until.time())}" if until else "",
        what=voice.what(service, staff),
        code=code,
        link=link,
    )

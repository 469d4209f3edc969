"""How the desk's pages say moments, amounts and counts: in the reader's language, on the business's wall clock."""

from dataclasses import dataclass
from datetime import date, datetime

from fastapi import Request

from truebook.channels.web import words
from truebook.channels.web.visitors import Visitor
from truebook.kernel import clock
from truebook.language.wording.speak import say_date, say_time
from truebook.language.wording.voice import Voice


@dataclass(frozen=True, slots=True)
class Say:
    """The voice of one page of the desk."""

    request: Request
    who: Visitor

    @property
    def language(self) -> str:
        """The reader's language."""
        return words.chosen(self.request)

    def __call__(self, text: str, **values: object) -> str:
        """Return a message of the catalogs in the reader's language."""
        return words.catalog(self.language).gettext(text) % values

    @property
    def today(self) -> date:
        """The day it is at the business."""
        return clock.now().astimezone(self.who.zone).date()

    def date_of(self, moment: datetime) -> date:
        """Return a moment's day on the business's wall clock."""
        return moment.astimezone(self.who.zone).date()

    def day_and_time(self, moment: datetime) -> str:
        """Return a moment with its weekday, day and time."""
        return f"{self.day(moment)}, {self.time(moment)}"

    def day(self, moment: datetime) -> str:
        """Return a moment's weekday and day, with the year where it is not obvious."""
        return self.date(self.date_of(moment))

    def date(self, day: date) -> str:
        """Return a day with its weekday, with the year where it is not obvious."""
        return say_date(day, self.language, today=self.today, style="short")

    def time(self, moment: datetime) -> str:
        """Return a moment's time of day."""
        return say_time(moment.astimezone(self.who.zone).time(), self.language)

    def money(self, minor: int, currency: str) -> str:
        """Return an amount in minor units as people write it."""
        return Voice(self.language, clock.now().astimezone(self.who.zone)).money(minor, currency)

    def what(self, services: str, people: str) -> str:
        """Return what an appointment is, and with whom."""
        return Voice(self.language, clock.now().astimezone(self.who.zone)).what(services, people)

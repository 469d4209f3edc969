"""The customer of a saved talk: what they say next, by what the desk has just shown or asked.

They say yes only to a read-back that gives them what they want, and repeat themselves in other words otherwise.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from truebook.rehearsal import days
from truebook.rehearsal.talks import Asked, Given, Row, Segment, Talk

Act = dict[str, Any]
ASKED: dict[str, Asked] = {
    "ask_service": "service", "ask_staff": "staff", "ask_day": "day", "ask_which_day": "day", "ask_new_time": "day",
    "ask_time": "time", "ask_which_time": "time", "ask_code": "code", "late": "which", "name_wanted": "name",
    "free_days": "day", "code_refused": "code",
}  # fmt: skip
"""What is asked for by a move, or by an act."""
OVER = ("person", "bye")
"""How a desk ends a talk."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the desk has answered: its words, its buttons, what it showed, and the move it ended with."""

    text: str
    buttons: Sequence[str]
    acts: Sequence[Act]
    move: str


@dataclass(slots=True)
class Customer:
    """One customer in a talk."""

    talk: Talk
    today: date
    zone: ZoneInfo
    _said: int = 0
    _insisted: int = 0
    _answered: defaultdict[Asked, int] = field(default_factory=lambda: defaultdict(int))

    def first(self) -> str:
        """Return what they say first."""
        return self._filled(self._next() or "")

    def reply(self, said: Said) -> str | None:
        """Return what they say to an answer, or None when they have nothing more to say."""
        line = self._reply(said)
        return None if line is None else self._filled(line)

    def _filled(self, line: str) -> str:
        return days.filled(line, self.today, self.talk.language)

    def _reply(self, said: Said) -> str | None:
        act = next((one for one in reversed(said.acts) if one["kind"] != "receipt"), None)
        if said.move in OVER:
            return None
        if act is None:
            asked = ASKED.get(said.move)
            return self._answer(asked) if asked else self._next() or self._leftover(said)
        match act["kind"]:
            case "read_back":
                wanted = self._wants_gone(act["time"]) if act["purpose"] == "cancel" else self._wants(act["time"])
                return self._given("yes") or said.buttons[0] if wanted else self._insist()
            case "offers" | "refused" if act["times"]:
                return self._choose(said, act["times"])
            case "listing" if act["purpose"] != "tell" and len(act["times"]) > 1:
                return self._which(said, act["times"])
            case "free_days" if act["days"]:
                return self._day(said, act["days"])
            case kind if kind in ASKED:
                return self._answer(ASKED[kind])
            case _:
                return self._next() or self._leftover(said)

    def _choose(self, said: Said, times: list[Act]) -> str | None:
        """Choose the first of the offered times that will do."""
        for place, one in enumerate(times):
            if self._wants(one):
                local = self._local(one)
                line = self._given("offers")
                if line:
                    return line.replace("{time}", f"{local:%H:%M}").replace("{staff}", one["staff"])
                return said.buttons[place] if len(said.buttons) == len(times) else f"{local:%H:%M}"
        return self._insist()

    def _which(self, said: Said, times: list[Act]) -> str | None:
        line = self._given("which")
        gone = [place for place, one in enumerate(times) if self._wants_gone(one)]
        if line or not gone or len(said.buttons) != len(times):
            return line or self._insist()
        return said.buttons[gone[0]]

    def _day(self, said: Said, offered: list[str]) -> str | None:
        line = self._given("day")
        wanted = [days.day(text, self.today).isoformat() for row in self._acceptable() for text in row.day]
        fits = [place for place, one in enumerate(offered) if one in wanted]
        return line or (said.buttons[fits[0]] if fits and len(said.buttons) == len(offered) else self._insist())

    def _wants(self, time: Act) -> bool:
        return any(row.fits(_segment(time, self.zone), self.today) for row in self._acceptable())

    def _wants_gone(self, time: Act) -> bool:
        """Tell whether an appointment may go: it is none of those that are to stand in the end."""
        return not any(row.fits(_segment(time, self.zone), self.today) for row in self.talk.wants)

    def _acceptable(self) -> list[Row]:
        return [*self.talk.wants, *self.talk.accepts]

    def _local(self, time: Act) -> datetime:
        return datetime.fromisoformat(time["start"]).astimezone(self.zone)

    def _answer(self, asked: Asked) -> str | None:
        return self._given(asked) or self._given("anything") or self._next() or self._insist()

    def _given(self, asked: Asked) -> str | None:
        """Return the next line for what is asked; the last one is said again, as people do."""
        lines = self.talk.answers.get(asked, [])
        place = self._answered[asked]
        self._answered[asked] += 1
        return lines[min(place, len(lines) - 1)] if lines and place <= len(lines) else None

    def _insist(self) -> str | None:
        lines, place = self.talk.insists, self._insisted
        self._insisted += 1
        return lines[place] if place < len(lines) else None

    def _next(self) -> str | None:
        lines, place = self.talk.says, self._said
        self._said += 1
        return lines[place] if place < len(lines) else None

    def _leftover(self, said: Said) -> str | None:
        """Say once more what is wanted, where nothing was done about it and there are words left for it."""
        done = any(one["kind"] == "receipt" for one in said.acts)
        return None if done or said.move in ("thanks", "kept", "declined") else self._insist()


def _segment(time: Act, zone: ZoneInfo) -> Segment:
    start = datetime.fromisoformat(time["start"]).astimezone(zone).replace(tzinfo=None)
    return Segment(code="", status="", service=time["service"], staff=time["staff"], start=start)


def stands_at(given: Given, today: date) -> datetime:
    """Return when an appointment that stands before begins, on the business's wall clock."""
    return datetime.combine(days.day(given.day, today), given.at)

"""A recorded customer who answers: each sentence is chosen by what the assistant just asked, offered or read back."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

FIELDS = ("provider", "date", "time")
ASKS = {
    "ask_day": ("date",), "ask_time": ("time",), "ask_new_time": ("date", "time"), "ask_which_day": ("date",),
    "ask_which_time": ("time",), "ask_staff": ("provider",), "declined": ("date", "time"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Goal:
    """What the recorded customer wanted at one point of the dialogue, and whether they got it."""

    provider: str
    date: date
    time: time
    free: bool = True

    def differs(self, other: "Goal") -> list[str]:
        """Return the fields in which another time is not this one."""
        return [name for name in FIELDS if getattr(self, name) != getattr(other, name)]

    def in_words(self, names: list[str]) -> str:
        """Return these fields as a customer writes them."""
        said = {
            "provider": f"with {self.provider}",
            "date": f"on {self.date:%B} {self.date.day}",
            "time": f"at {self._clock}",
        }
        return " ".join(said[name] for name in FIELDS if name in names)

    @property
    def _clock(self) -> str:
        return f"{self.time:%I:%M %p}".lstrip("0").lower()


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence of the dialogue; `part` counts the tries to book before it, `informs` the fields it names."""

    text: str
    acts: frozenset[str]
    informs: frozenset[str]
    part: int


@dataclass(frozen=True, slots=True)
class Told:
    """An answer of the assistant: the move it ended with, and the last thing it showed."""

    text: str
    move: str
    kind: str = ""
    times: tuple[Goal, ...] = ()
    reason: str | None = None


@dataclass(slots=True)
class Person:
    """One recorded customer: goals in the order they were tried, and the sentences that are left to say."""

    goals: list[Goal]
    sayings: list[Saying]
    part: int = 0
    own: list[str] = field(default_factory=list)
    agreed: list[Goal] = field(default_factory=list)
    finished: bool = False

    def open(self) -> str:
        """Return the first sentence."""
        return self._say(self.sayings[0])

    def answer(self, told: Told) -> str | None:
        """Return what the person says next, or None when they have nothing more to say."""
        if told.kind == "receipt":
            self.finished, self.part = True, len(self.goals)
        if self._taken(told):
            self.part += 1
        if self.part >= len(self.goals):
            return self._rest()
        match told.kind:
            case "read_back":
                return self._to_read_back(told.times[0])
            case "offers" | "refused":
                return self._to_offers(told.times)
            case _:
                return self._to_question(told.move)

    @property
    def goal(self) -> Goal:
        """What is wanted now."""
        return self.goals[self.part]

    def _taken(self, told: Told) -> bool:
        """Tell whether the assistant just said that what is wanted cannot be had, as in the dialogue."""
        if self.part >= len(self.goals) or self.goal.free:
            return False
        return told.kind in ("offers", "refused") and told.reason == "booked" and self.goal not in told.times

    def _rest(self) -> str | None:
        """Return the dialogue's next sentence after the last try."""
        left = [one for one in self.sayings if one.part >= len(self.goals)]
        return self._say(left[0]) if left else None

    def _to_read_back(self, read: Goal) -> str:
        wrong = self.goal.differs(read)
        if not wrong:
            self.agreed.append(read)
            return self._find({"AFFIRM"}) or self._words("Yes, please.")
        return self._telling(wrong) or self._words(f"No, {self.goal.in_words(wrong)}, please.")

    def _to_offers(self, times: tuple[Goal, ...]) -> str:
        near = min((self.goal.differs(one) for one in times), key=len, default=list(FIELDS))
        if not near:
            picks = self._find({"SELECT", "AFFIRM"}, without={"REQUEST_ALTS"}) if len(times) == 1 else None
            return picks or self._telling(["time"]) or self._words(self._choice(times))
        return self._telling(near) or self._words(f"I would like an appointment {self.goal.in_words(list(FIELDS))}.")

    def _choice(self, times: tuple[Goal, ...]) -> str:
        """Return an own sentence that picks one of several offered times."""
        shared = [name for name in FIELDS if len({getattr(one, name) for one in times}) == 1]
        return f"The one {self.goal.in_words([name for name in FIELDS if name not in shared] or ['time'])}, please."

    def _to_question(self, move: str) -> str:
        if move in ASKS:
            named = self.goal.in_words(list(ASKS[move]))
            return self._telling(list(ASKS[move])) or self._words(f"{named[0].upper()}{named[1:]}, please.")
        left = [one for one in self.sayings if one.part == self.part and not one.acts & {"AFFIRM", "SELECT"}]
        if left:
            return self._say(left[0])
        return self._words(f"I would like an appointment {self.goal.in_words(list(FIELDS))}.")

    def _telling(self, names: list[str]) -> str | None:
        """Return the dialogue's next sentence of this try that names one of the fields."""
        fitting = [one for one in self.sayings if one.part == self.part and one.informs & set(names)]
        return self._say(fitting[0]) if fitting else None

    def _find(self, acts: set[str], without: frozenset[str] | set[str] = frozenset()) -> str | None:
        """Return the dialogue's next sentence of this try that does one of the acts and changes nothing."""
        fitting = [
            one
            for one in self.sayings
            if one.part == self.part and one.acts & acts and not one.informs and not one.acts & without
        ]
        return self._say(fitting[-1]) if fitting else None

    def _say(self, saying: Saying) -> str:
        self.sayings.remove(saying)
        return saying.text

    def _words(self, text: str) -> str:
        self.own.append(text)
        return text


def person(dialogue: dict[str, Any], years: int) -> Person:
    """Return the customer of a recorded dialogue, all dates some years later."""
    goals: list[Goal] = []
    sayings: list[Saying] = []
    for turn in dialogue["turns"]:
        if "u" in turn and "gold" in turn:
            sayings.append(_saying(turn, len(goals)))
        if call := turn.get("call"):
            goals.append(goal(call, years, free=call["ok"]))
    return Person(goals, sayings)


def goal(call: dict[str, Any], years: int, *, free: bool = True) -> Goal:
    """Return the provider, date and time of a recorded call."""
    day = date.fromisoformat(call["date"])
    return Goal(call["provider"], day.replace(year=day.year + years), time.fromisoformat(call["time"]), free)


def _saying(turn: dict[str, Any], part: int) -> Saying:
    informs = {act[1] for act in turn["acts"] if act[0] == "INFORM" and len(act) > 1}
    return Saying(turn["u"], frozenset(act[0] for act in turn["acts"]), frozenset(informs & set(FIELDS)), part)


def at(one: dict[str, Any]) -> Goal:
    """Return a time the assistant showed."""
    local = datetime.fromisoformat(one["start"])
    return Goal(one["staff"], local.date(), local.time())

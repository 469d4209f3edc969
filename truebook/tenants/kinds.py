"""What businesses of a kind usually offer and when they are open: a first day's catalogue, to be changed at leisure."""

from dataclasses import dataclass
from typing import Literal

from truebook.tenants.hours import Opening

Kind = Literal["hairdresser", "practice", "tutor", "workshop", "other"]


@dataclass(frozen=True, slots=True)
class Offer:
    """A service to begin with: its name in the languages that have one, its length and rest in minutes."""

    names: dict[str, str]
    minutes: int
    rest: int = 0

    def name(self, language: str) -> str:
        """Return the name in a language, English where it has none."""
        return self.names.get(language, self.names["en"])


def _week(days: range, *spans: tuple[int, int]) -> tuple[Opening, ...]:
    return tuple(Opening(day, begin * 60, end * 60) for day in days for begin, end in spans)


OFFERS: dict[Kind, tuple[Offer, ...]] = {
    "hairdresser": (
        Offer({"en": "Haircut", "de": "Haarschnitt"}, 45),
        Offer({"en": "Colour", "de": "Färben"}, 90, 15),
        Offer({"en": "Beard trim", "de": "Bart trimmen"}, 20),
    ),
    "practice": (
        Offer({"en": "First visit", "de": "Ersttermin"}, 45, 10),
        Offer({"en": "Follow-up", "de": "Folgetermin"}, 20, 5),
    ),
    "tutor": (
        Offer({"en": "Trial lesson", "de": "Probestunde"}, 30),
        Offer({"en": "Lesson", "de": "Unterrichtsstunde"}, 60, 5),
    ),
    "workshop": (
        Offer({"en": "Inspection", "de": "Begutachtung"}, 30),
        Offer({"en": "Repair", "de": "Reparatur"}, 120, 15),
    ),
    "other": (Offer({"en": "Appointment", "de": "Termin"}, 30),),
}
WEEKS: dict[Kind, tuple[Opening, ...]] = {
    "hairdresser": (*_week(range(2, 6), (9, 18)), *_week(range(6, 7), (9, 14))),
    "practice": _week(range(1, 6), (8, 12), (14, 18)),
    "tutor": _week(range(1, 6), (14, 20)),
    "workshop": _week(range(1, 6), (8, 17)),
    "other": _week(range(1, 6), (9, 17)),
}

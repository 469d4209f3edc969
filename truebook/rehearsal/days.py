"""Days as a saved talk names them: by how they lie to the day on which it is played."""

import re
from datetime import date, timedelta

from truebook.language.wording.speak import say_date

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_RELATIVE = re.compile(r"([+-]?\d{1,3})", re.ASCII)
_WEEKDAY = re.compile(rf"({'|'.join(WEEKDAYS)})(?:\+(\d))?", re.ASCII)
_GAP = re.compile(r"\{([^{}]+)\}")


def is_day(text: str) -> bool:
    """Tell whether a text names a day: +2 (in two days), thu (the next Thursday), thu+1 (the week after that)."""
    return bool(_RELATIVE.fullmatch(text) or _WEEKDAY.fullmatch(text))


def day(text: str, today: date) -> date:
    """Return the day that a text names on a day of play."""
    if found := _WEEKDAY.fullmatch(text):
        ahead = (WEEKDAYS.index(found[1]) - today.weekday() - 1) % 7 + 1
        return today + timedelta(days=ahead + 7 * int(found[2] or 0))
    return today + timedelta(days=int(text))


def filled(line: str, today: date, language: str) -> str:
    """Return a customer's line with its gaps filled: {+9} becomes that date, in words of the language."""

    def written(gap: re.Match[str]) -> str:
        return say_date(day(gap[1], today), language, today=today) if is_day(gap[1]) else gap[0]

    return _GAP.sub(written, line)

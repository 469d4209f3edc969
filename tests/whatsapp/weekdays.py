"""Days as customers write them, whatever day it is: on a Monday "next tuesday" may be tomorrow, and is asked about."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo


def next_week(weekday: int) -> str:
    """Return a day of next week (0 = Monday) in so many words: "tuesday 8 december"."""
    today = datetime.now(ZoneInfo("Europe/Vienna")).date()
    day = today + timedelta(days=7 - today.weekday() + weekday)
    return f"{day:%A} {day.day} {day:%B}".lower()

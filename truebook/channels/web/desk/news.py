"""Was the customer told? What the ledger knows, in plain words: written, sent, arrived, read, or not."""

from dataclasses import dataclass
from datetime import datetime

from truebook.channels.web.desk.telling import Say
from truebook.ledger.told import News


@dataclass(frozen=True, slots=True)
class Told:
    """One step of the answer to "was the customer told?": ok, no, plan, or only a fact."""

    look: str
    icon: str
    text: str
    under: str
    at: str


def _(text: str) -> str:
    """Mark a text for the catalogs; it is said later."""
    return text


TOPICS = {
    "booked": _("Confirmation"),
    "requested": _("Receipt of the request"),
    "moved": _("News of the move"),
    "cancelled": _("News of the cancellation"),
    "reminder": _("Reminder"),
    "correction": _("Correction"),
    "offered": _("Offer of a time"),
    "off_list": _("News of the waitlist"),
}
WAYS = {"whatsapp": "WhatsApp", "email": _("E-mail"), "web": _("on the page"), "test": _("in the test chat")}
LOOKS = {
    "told": ("ok", "told"),
    "waiting": ("plan", "way"),
    "failed": ("no", "untold"),
    "unknown": ("plan", "ask"),
    "not_needed": ("", "none"),
}
OUTCOMES = {
    "told": _("written"),
    "waiting": _("on its way"),
    "failed": _("nobody could be told"),
    "unknown": _("nobody knows whether it arrived; it is not sent twice"),
    "not_needed": _("no message went out: there was no conversation, or newer news replaced it"),
}
REPORTED = {
    "accepted": _("taken at %(time)s"),
    "sent": _("sent at %(time)s"),
    "delivered": _("arrived at %(time)s"),
    "read": _("read at %(time)s"),
    "played": _("read at %(time)s"),
    "failed": _("failed at %(time)s"),
}
"""What the provider reported of a message, in the order in which it comes."""


def line(say: Say, news: News) -> Told:
    """Return one thing that a customer was, or was to be, told, with what was reported of it."""
    look, icon = LOOKS[news.state]
    way = [say(WAYS[news.way])] if news.way in WAYS else []
    reported = [say(REPORTED[status], time=say.time(moment)) for status, moment in _reports(news)]
    under = reported or [say(OUTCOMES[news.state])]
    return Told(
        look, icon, say(TOPICS[news.topic]), ", ".join([*way, *under, *([news.failure] if news.failure else [])]),
        say.day_and_time(news.at),
    )  # fmt: skip


def _reports(news: News) -> list[tuple[str, datetime]]:
    """Return what the provider reported of the last attempt, in order."""
    statuses = news.attempts[-1].statuses if news.attempts else {}
    return [(name, datetime.fromisoformat(statuses[name])) for name in REPORTED if name in statuses]


def answer(news: list[News]) -> str:
    """Return the answer to "was the customer told?" about the appointment as it stands: yes, wait, no, or none."""
    needed = [each for each in news if each.state != "not_needed"]
    if not needed:
        return "none"
    return {"told": "yes", "waiting": "wait", "unknown": "unknown", "failed": "no"}[needed[-1].state]

"""What may be sent to somebody who has not written for a day: approved templates, filled from the row they speak of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from truebook.booking.model import Appointment
from truebook.connectors.whatsapp.line import Filled
from truebook.language.wording.voice import Voice

NAMES: dict[str, str] = {
    "booked": "appointment_booked",
    "reminder": "appointment_reminder",
    "moved": "appointment_moved",
    "cancelled": "appointment_cancelled",
    "correction": "appointment_correction",
}
"""The template that tells of a topic; anything else is told once the customer writes again (WAITING)."""
WAITING, DESK, CODE = "message_waiting", "desk_news", "booking_code"
FIELDS: dict[str, tuple[str, ...]] = {
    "appointment_booked": ("business", "service", "date", "time", "code"),
    "appointment_reminder": ("first_name", "business", "service", "date", "time"),
    "appointment_moved": ("business", "date", "time", "service", "code"),
    "appointment_cancelled": ("business", "date", "time", "service"),
    "appointment_correction": ("business", "service", "date", "time"),
    WAITING: ("business",),
    DESK: ("business", "news"),
}
LINKED = frozenset({"appointment_booked", "appointment_reminder", "appointment_cancelled", DESK})
"""Those with a button that opens a page: the appointment's, or the desk."""
REPLIES: dict[str, tuple[str, ...]] = {
    "appointment_reminder": ("come", "cannot"),
    "appointment_moved": ("suits", "another"),
    "appointment_correction": ("suits", "another"),
}


@dataclass(frozen=True, slots=True)
class News:
    """What a template tells, to whom, in which of the languages that are approved."""

    name: str
    business: str
    link_end: str
    appointment: Appointment | None
    message: str
    lines: Sequence[str] = ()


def name_of(topic: str | None) -> str:
    """Return the template for a topic."""
    return NAMES.get(topic or "", WAITING)


def language_of(approved: Sequence[str], wanted: Sequence[str]) -> str | None:
    """Return the approved language to use: the first that is wanted, else any; None where none is approved."""
    known = {code.partition("_")[0].lower(): code for code in reversed(approved)}
    return next((known[one] for one in wanted if one in known), approved[0] if approved else None)


def filled(news: News, language: str, voice: Voice) -> Filled:
    """Return a template with its values, which are those of the row."""
    values = _values(news, voice)
    replies = [f"{news.message}.{one}" for one in REPLIES.get(news.name, ())]
    link = news.link_end if news.name in LINKED else None
    return Filled(news.name, language, {name: values[name] for name in FIELDS[news.name]}, replies, link)


def _values(news: News, voice: Voice) -> Mapping[str, str]:
    one = news.appointment
    if one is None:
        return {"business": news.business, "news": " · ".join(news.lines)}
    local = one.local_start
    return {
        "business": news.business,
        "first_name": one.customer.name.split()[0] if one.customer.name.split() else news.business,
        "service": one.service_name or news.business,
        "date": voice.full_date(local.date()),
        "time": voice.clock(local.time()),
        "code": one.code,
    }

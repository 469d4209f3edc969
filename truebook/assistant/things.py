"""What an offer, an appointment or a read-back is, in words: a service, a visit of several parts, places in a class."""

from zoneinfo import ZoneInfo

from truebook.assistant.acts import Time
from truebook.language.voice import Part, Voice

Words = tuple[str, tuple[str, ...]]
"""A text, and the buttons under it."""


def what(voice: Voice, one: Time) -> str:
    """Return what a time is for, and with whom."""
    if not one.segments:
        told = voice.what(one.service, one.staff)
        return voice.places(told, one.seats) if one.seats else told
    zone = ZoneInfo(one.zone)
    return voice.visit(
        [Part(part.service, part.staff, part.guest, part.start.astimezone(zone)) for part in one.segments]
    )


def details(voice: Voice, one: Time) -> str:
    """Return how long it takes and what it costs."""
    parts = [voice.say("minutes", minutes=one.minutes)]
    if one.price_minor is not None and one.currency:
        parts.append(voice.money(one.price_minor, one.currency))
    return voice.say("comma").join(parts)

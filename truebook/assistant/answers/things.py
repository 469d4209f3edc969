"""What an offer, an appointment or a read-back is, in words: a service, a visit of several parts, places in a class."""

from zoneinfo import ZoneInfo

from truebook.assistant.acts import Given, Time
from truebook.kernel.phones import international
from truebook.language.wording.voice import Part, Voice

Words = tuple[str, tuple[str, ...]]
"""A text, and the buttons under it."""


def what(voice: Voice, one: Time, *, timed: bool = True) -> str:
    """Return what a time is for, and with whom; of a visit also when its parts begin, where they differ: `timed`."""
    if not one.segments:
        told = voice.what(one.service, one.staff)
        return voice.places(told, one.seats) if one.seats else told
    return voice.visit(parts(one), timed=timed)


def parts(one: Time) -> list[Part]:
    """Return the parts of a visit as they are told."""
    zone = ZoneInfo(one.zone)
    return [Part(part.service, part.staff, part.guest, part.start.astimezone(zone)) for part in one.segments]


def details(voice: Voice, one: Time, given: Given | None = None, *, each: bool = False) -> str:
    """Return how long it takes, what it costs, each time where it is one of several, and for whom it is, as they told
    it."""
    parts = [voice.say("minutes", minutes=one.minutes)]
    if one.price_minor is not None and one.currency:
        price = voice.money(one.price_minor, one.currency)
        parts.append(voice.say("price_each", price=price) if each else price)
    whom = [told for told in (given.name, given.phone and international(given.phone)) if told] if given else []
    if whom:
        parts.append(voice.say("given", whom=voice.say("comma").join(whom)))
    return voice.say("comma").join(parts)


def unread(voice: Voice, given: Given | None) -> str:
    """Return that a number is left out because nobody could call it, before what is read back; else nothing."""
    return f"{voice.say('number_unread', number=given.unread)} " if given and given.unread else ""

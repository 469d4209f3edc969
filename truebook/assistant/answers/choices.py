"""What can be tapped under an answer: each choice says in full what it means, so that an old one is understood too."""

from typing import Any
from uuid import UUID

from babel.dates import format_date

from truebook.assistant.acts import Act, Offers, Receipt, Refused, Time
from truebook.assistant.answers.things import what
from truebook.language.wording.voice import Voice

SHORT = "EEE d"
"""A day on a button: its weekday and its number."""


def choices(voice: Voice, acts: list[Act], buttons: tuple[str, ...], message_id: UUID) -> list[dict[str, Any]]:
    """Return the choices of an answer as JSON: id, title, description, and the words that a tap stands for.

    An offered time carries its offer's id; whatever else can be tapped belongs to this message.
    """
    last = next((act for act in reversed(acts) if not isinstance(act, Receipt)), None)
    times = last.times if isinstance(last, Offers | Refused) else ()
    if not times or len(times) != len(buttons):
        return [_choice(f"{message_id}.{place}", label, "", label) for place, label in enumerate(buttons)]
    other = voice.say("another_time")
    times = tuple(sorted((*times, *(last.more if isinstance(last, Offers) else ())), key=lambda one: one.start))
    return [*(_offer(voice, one) for one in times), _choice(f"{message_id}.other", other, "", other)]


def _offer(voice: Voice, one: Time) -> dict[str, Any]:
    day, clock = one.local.date(), voice.clock(one.local.time())
    title = f"{format_date(day, SHORT, locale=voice.language)}, {clock}"
    full = voice.say("time_with", time=clock, staff=one.staff) if one.staff else clock
    return _choice(f"o.{one.id}", title, what(voice, one), f"{voice.full_date(day)}, {full}")


def _choice(choice_id: str, title: str, description: str, text: str) -> dict[str, Any]:
    return {"id": choice_id, "title": title, "description": description, "text": text}

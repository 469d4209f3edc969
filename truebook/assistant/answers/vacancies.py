"""How many places are left in a class: in what is read back or offered, on a day asked about, or in the next ones."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from truebook.assistant.acts import Act, NameWanted, Offers, ReadBack, Receipt, Time
from truebook.assistant.turn import Say, Turn
from truebook.booking import sessions
from truebook.booking.sessions import Session
from truebook.db import Transaction
from truebook.language.wording.voice import Voice, sentence

AHEAD = timedelta(days=8)
MOST = 3
"""Classes that are told of at once."""


async def of(tx: Transaction, turn: Turn, say: Say | None) -> tuple[Session, ...]:
    """Return the classes whose places are asked about; none where they are not, or nothing is given as classes."""
    if say is None or "places" not in say.about:
        return ()
    zone = ZoneInfo(turn.catalogue.account.timezone)
    times = next((shown for act in reversed((*turn.last_acts, *turn.acts)) if (shown := _in_class(act))), ())
    named = [one.id for one in turn.catalogue.services if one.name == say.service]
    service = UUID(times[0].service_id) if times and times[0].service_id else named[0] if named else None
    if day := _day(say.day):
        begin = datetime.combine(day, time(), zone)
        found = await sessions.listing(tx, begin, begin + timedelta(days=1), service, MOST)
    elif times:
        listed = [
            await sessions.listing(tx, one.start, one.start + timedelta(minutes=1), service, 1) for one in times[:MOST]
        ]
        found = [one for those in listed for one in those]
    else:
        found = await sessions.listing(tx, turn.now, turn.now + AHEAD, service, MOST)
    return tuple(one for one in found if one.cancelled_at is None)


def in_words(voice: Voice, classes: Iterable[Session], zone: ZoneInfo) -> str:
    """Return how many places are left in each of some classes."""
    told = []
    for one in classes:
        local = one.start.astimezone(zone)
        day, clock = voice.full_date(local.date()), voice.clock(local.time())
        told.append(sentence(voice.say("places_left", date=day, time=clock, free=one.free, seats=one.seats)))
    return " ".join(told)


def _in_class(act: Act) -> tuple[Time, ...]:
    match act:
        case Offers(times=times):
            found = times
        case ReadBack(time=one) | Receipt(time=one) | NameWanted(time=Time() as one):
            found = (one,)
        case _:
            found = ()
    return tuple(one for one in found if one.seats)


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        return None

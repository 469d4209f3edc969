"""What everything together costs: what is read back or offered, else what the customer has ahead."""

from collections.abc import Sequence
from dataclasses import dataclass

from truebook.assistant import acts
from truebook.assistant.acts import Act, Offers, ReadBack, SeriesReadBack, SeriesReceipt, Time
from truebook.assistant.turn import Say, Turn
from truebook.booking import queries
from truebook.db import Transaction
from truebook.language.voice import Voice


@dataclass(frozen=True, slots=True)
class Total:
    """What so many appointments cost together, in minor units of a currency."""

    count: int
    minor: int
    currency: str


async def total(tx: Transaction, turn: Turn, say: Say | None) -> Total | None:
    """Return what is asked for where the sum is; None where it is not, or a price is not known."""
    if say is None or not say.in_all:
        return None
    talked_of = next((one for one in reversed((*turn.last_acts, *turn.acts)) if _times(one)), None)
    if talked_of:
        return _sum(_times(talked_of))
    own = await queries.upcoming(tx, turn.conversation_id, turn.customer.id, turn.now)
    return _sum([acts.time_of(one) for one in own])


def in_words(voice: Voice, of: Total) -> str:
    """Return the sum as it is told."""
    price = voice.money(of.minor, of.currency)
    return voice.say("total_of", count=of.count, price=price) if of.count > 1 else voice.say("total", price=price)


def _times(act: Act) -> list[Time]:
    """Return what one act puts before the customer to pay: of several offers one is taken."""
    match act:
        case ReadBack(purpose="book" | "request"):
            return [act.time]
        case Offers(times=(first, *_)):
            return [first]
        case SeriesReadBack(purpose="book_series") | SeriesReceipt(topic="booked" | "requested"):
            return [act.time] * len(act.dates)
    return []


def _sum(times: Sequence[Time]) -> Total | None:
    prices = [one.price_minor for one in times if one.price_minor is not None]
    currency = next((one.currency for one in times if one.currency), None)
    if not times or len(prices) < len(times) or currency is None:
        return None
    return Total(len(times), sum(prices), currency)

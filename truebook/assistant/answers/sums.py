"""What everything together costs: what is read back or offered, else what the customer has ahead."""

from collections.abc import Sequence
from dataclasses import dataclass

from truebook.assistant import acts
from truebook.assistant.acts import Act, NameWanted, Offers, ReadBack, SeriesReadBack, SeriesReceipt, Time
from truebook.assistant.turn import Say, Turn
from truebook.booking import queries
from truebook.db import Transaction
from truebook.language.wording.voice import Voice, sentence


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
        first, *others = _times(talked_of)
        if not (others or say.besides or first.segments or (first.seats or 1) > 1):
            return None  # one thing has a price and no sum
        return _sum([*map(_price, _times(talked_of)), *(_of_service(turn, name) for name in say.besides)])
    own = await queries.upcoming(tx, turn.conversation_id, turn.customer.id, turn.now)
    return _sum([_price(acts.time_of(one)) for one in own])


def in_words(voice: Voice, of: Total) -> str:
    """Return the sum as it is told."""
    price = voice.money(of.minor, of.currency)
    if not of.minor:
        return sentence(f"{price}.")
    return voice.say("total_of", count=of.count, price=price) if of.count > 1 else voice.say("total", price=price)


def _times(act: Act) -> list[Time]:
    """Return what one act puts before the customer to pay: of several offers one is taken."""
    match act:
        case ReadBack(purpose="book" | "request", time=one) | NameWanted(time=Time() as one):
            return [one]
        case Offers(times=(first, *_)):
            return [first]
        case SeriesReadBack(purpose="book_series") | SeriesReceipt(topic="booked" | "requested"):
            return [act.time] * len(act.dates)
    return []


Price = tuple[int | None, str | None]


def _price(one: Time) -> Price:
    return one.price_minor, one.currency


def _of_service(turn: Turn, name: str) -> Price:
    return next(((one.price_minor, one.currency) for one in turn.catalogue.services if one.name == name), (None, None))


def _sum(prices: Sequence[Price]) -> Total | None:
    known = [minor for minor, _ in prices if minor is not None]
    currency = next((one for _, one in prices if one), None)
    if not prices or len(known) < len(prices) or currency is None:
        return None
    return Total(len(prices), sum(known), currency)

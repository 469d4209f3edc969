"""What a customer asks for and the business does not do: "colour and a blow-dry", "do you do nails?".

It is heard as any other service, so that what is said of it goes with it, and then struck off the wish; what is talked
about already stays as it is.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from truebook.language.meaning.questions import FACTS
from truebook.language.names import Hit
from truebook.language.state import CONTACTS, Meaning, State
from truebook.language.text import sentences
from truebook.language.values.elsewhere import is_elsewhere
from truebook.language.values.limits import without_had
from truebook.language.values.said import Values
from truebook.language.visits.several import left_out
from truebook.language.wish import Visit
from truebook.language.wishing.changing import fields_changed

_OF_SERVICES = ("price", "length", "who", "whom", "works", "places")
"""What is asked of a service that is not done here: that it is not answers it."""


def beside_what_is_not_offered(state: State, values: Values, hear: Callable[[State, str], State]) -> State:
    """Return the state after a message, and in its meaning what it asks for that the business does not do."""
    heard = hear(state, values.text)
    if not any(is_elsewhere(hit.ids[0]) for hit in values.services):
        return heard
    others = [hit for hit in without_had(values).services if is_elsewhere(hit.ids[0])]
    if not others:
        return heard
    gone = left_out(values)
    called = dict.fromkeys(values.written(hit) for hit in others if not gone & {*hit.ids})
    begun = bool(state.wish.visit.service or state.booked or state.appointments)
    own = _beside(state, values, others, heard.language, hear) if begun else _struck(state, heard)
    if not called:  # "leave the blow-dry. Yes, book it": nothing of what is done is given up
        return own
    wonders = " – ".join(one for one in own.meaning.wonders.split(" – ") if not any(name in one for name in called))
    answered = {"offered", "services", *(() if wonders else ("other",))}
    answered |= set() if begun or own.meaning.named else {*_OF_SERVICES}
    told = (*own.meaning.asks, *(topic for topic in heard.meaning.asks if topic in FACTS))
    asks = dict.fromkeys(("not_offered", *(topic for topic in told if topic not in answered)))
    agreed = own.meaning.agreed and heard.meaning.agreed
    meaning = replace(own.meaning, asks=tuple(asks), wonders=wonders, agreed=agreed, question=True)
    return replace(own, meaning=replace(meaning, not_offered=tuple(called)))


def _beside(
    state: State, values: Values, others: Sequence[Hit], language: str, hear: Callable[[State, str], State]
) -> State:
    """Return the state after the rest of a message, the words for what is not done left out: its whole sentences, or of
    the only one what stands before them, and behind them where it is of a service of ours: "a colour and nails on
    friday"."""
    text, first, last = values.text, others[0].start, others[-1].end
    kept = [text[a:b] for a, b in sentences(text) if not any(a <= one.start < b for one in others)]
    if not kept:
        cuts = [mark.start for mark in values.marked("and", "adding", "also", "but") if mark.start < first]
        cut = max([0, *cuts, *(place for place in range(first) if text[place] in ",;")])
        kept = [text[:cut], text[last:] if any(hit.end <= cut for hit in values.services) else ""]
    rest = " ".join(one.strip() for one in kept).strip(" ,;")
    return hear(state, rest) if rest else replace(state, language=language, meaning=Meaning())


def _struck(state: State, heard: State) -> State:
    """Return the state after a message without what is not done: no visit is for it, and nobody comes for it alone."""
    wish, meaning = heard.wish, heard.meaning
    visits = _done((wish.visit, *wish.others)) or (replace(wish.visit, service=None),)
    wish = replace(wish, visit=visits[0], others=visits[1:])
    changed = fields_changed(state.wish, wish) | (meaning.changed & CONTACTS)
    named, less, only = (
        frozenset(one for one in ids if not is_elsewhere(one)) for ids in (meaning.named, meaning.less, meaning.only)
    )
    meaning = replace(meaning, named=named, changed=changed, less=less, only=only)
    return replace(heard, wish=wish, along=_done(heard.along), later=_done(heard.later), meaning=meaning)


def _done(visits: Iterable[Visit]) -> tuple[Visit, ...]:
    return tuple(one for one in visits if not is_elsewhere(one.service))

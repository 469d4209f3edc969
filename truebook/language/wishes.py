"""How a message changes what the customer wants."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from truebook.language import contact, picks
from truebook.language.choosing import day_chosen, one_of, with_day, with_time
from truebook.language.conversation import State
from truebook.language.hearing import Heard
from truebook.language.state import ANYONE, Doubt, Field, Slot, Wish

_FIELDS: tuple[Field, ...] = ("service", "staff", "day", "time", "name", "phone", "email")


@dataclass(frozen=True, slots=True)
class Update:
    """The wish after a message, and how it came about."""

    wish: Wish
    picked: Slot | None = None
    taken_up: bool = False  # the customer went on with what was offered, without picking it in so many words
    doubts: tuple[Doubt, ...] = ()

    def only_contacts(self, before: Wish) -> Wish:
        """Return the wish before with the name, phone and e-mail address of the message."""
        return replace(before, name=self.wish.name, phone=self.wish.phone, email=self.wish.email)

    def changed(self, before: Wish) -> frozenset[Field]:
        """Return the parts that differ from before."""
        return frozenset(f for f in _FIELDS if _part(self.wish, f) != _part(before, f))


def _part(wish: Wish, name: Field) -> tuple[object, ...]:
    if name == "day":
        return (wish.day, wish.day_until, wish.day_alternatives)
    if name == "time":
        return (wish.time, wish.time_until, wish.relation)
    return (getattr(wish, name),)


def update(state: State, heard: Heard) -> Update:
    """Return the wish that state and the message just heard give."""
    if state.readback and heard.stance.agrees and keeps(state.readback, heard):
        return Update(_adopt(_contacts(state.wish, state, heard), state.readback))
    day = day_chosen(state, heard)
    picked = None if day else pick(state.offered, state, heard)
    wish = _adopt(_uncontested(state, heard), picked) if picked else _uncontested(state, heard)
    taken_up = picked is None and goes_on(state, heard)
    if taken_up:
        wish = _fill(wish, state.offered)
    wish, doubts = _named(wish, state, heard)
    if day:
        wish = replace(wish, day=day, day_until=None, day_alternatives=())
    elif picked is None or picked.day is None:
        wish = with_day(wish, state, heard)
    if picked is None or picked.time is None:
        wish = with_time(wish, state, heard)
    return Update(_contacts(wish, state, heard), picked, taken_up, doubts)


def _uncontested(state: State, heard: Heard) -> Wish:
    """Return the wish as it was read back, if the customer corrects only a part of it."""
    return _adopt(state.wish, state.readback) if state.readback and not heard.bare else state.wish


def keeps(slot: Slot, heard: Heard) -> bool:
    """Tell whether everything that the message names is as slot has it."""
    if heard.shift:
        return False
    named_anew = (heard.days and not slot.day) or (heard.times and not slot.time) or (heard.people and not slot.staff)
    return not (named_anew or heard.refused_days or heard.refused_times or heard.refused_people) and bool(
        picks.by_content((slot,), heard.days, heard.times, heard.people)
        and all(slot.service is None or slot.service in hit.ids for hit in heard.services)
        and not heard.says("someone_else")
    )


def pick(slots: Sequence[Slot], state: State, heard: Heard) -> Slot | None:
    """Return the offered slot that the message accepts."""
    if not slots or heard.says("someone_else"):
        return None
    if placed := picks.by_place(slots, heard.clauses, heard.lexicon):
        return placed
    if heard.days or heard.times or heard.people:
        fitting = picks.by_content(slots, heard.days, heard.times, heard.people)
        only_people = heard.people and not (heard.days or heard.times)
        return fitting[0] if len(fitting) == 1 and not (only_people and len(slots) > 1 and heard.question) else None
    if minute := picks.by_minute(slots, heard.clauses, heard.lexicon):
        return minute
    chosen = heard.stance.accepts or (heard.says("chosen") and not heard.stance.no)
    return slots[0] if len(slots) == 1 and chosen else None


def goes_on(state: State, heard: Heard) -> bool:
    """Tell whether the customer goes on with what was offered: books it, or names a day or time for it."""
    if not state.offered or heard.says("someone_else") or heard.people:
        return False
    booking = heard.scores.get("book", 0) >= 2 or bool(heard.days or heard.times)
    return booking and not (heard.stance.no and not heard.stance.yes)


def _adopt(wish: Wish, slot: Slot) -> Wish:
    """Return wish with everything that slot names."""
    wish = replace(wish, service=slot.service or wish.service, staff=slot.staff or wish.staff)
    if slot.day:
        wish = replace(wish, day=slot.day, day_until=None, day_alternatives=())
    if slot.time:
        wish = replace(wish, time=slot.time, relation="at", time_until=None, time_alternatives=(), time_open=False)
    return wish


def _fill(wish: Wish, slots: Sequence[Slot]) -> Wish:
    """Return wish with what all slots share, where it says nothing itself."""
    shared = {name: {getattr(s, name) for s in slots} for name in ("service", "staff", "day")}
    known = {name: values.pop() for name, values in shared.items() if len(values) == 1}
    open_staff = wish.staff is None or (wish.staff == ANYONE and len(slots) == 1)
    return replace(
        wish,
        service=wish.service or known.get("service"),
        staff=known.get("staff", wish.staff) if open_staff else wish.staff,
        day=wish.day or known.get("day"),
    )


def _named(wish: Wish, state: State, heard: Heard) -> tuple[Wish, tuple[Doubt, ...]]:
    doubts = []
    staff, several = one_of(heard.people, state.spoken_of, heard.either_or)
    if staff:
        wish = replace(wish, staff=staff)
    elif several:
        wish, doubts = replace(wish, staff=None), [Doubt("staff", several)]
    elif (heard.says("anyone") and wish.staff is None) or (heard.says("whichever") and state.asks("staff")):
        wish = replace(wish, staff=ANYONE)
    elif any(wish.staff in hit.ids for hit in heard.refused_people):
        wish = replace(wish, staff=None)
    service, kinds = one_of(heard.services, state.spoken_of, heard.either_or)
    if service:
        wish = replace(wish, service=service)
    elif kinds and wish.service not in kinds:
        wish, doubts = replace(wish, service=None), [*doubts, Doubt("service", kinds)]
    return wish, tuple(doubts)


def _contacts(wish: Wish, state: State, heard: Heard) -> Wish:
    unnamed = not (heard.people or heard.services or heard.days or heard.times)
    name = contact.name(heard.text, heard.lexicon, state.asks("name") and unnamed)
    return replace(
        wish,
        name=name or wish.name,
        phone=contact.phone(heard.text) or wish.phone,
        email=contact.email(heard.text) or wish.email,
    )

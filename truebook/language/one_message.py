"""One message, cut free of what stands beside it: its values, what it means in its place, and what that changes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from truebook.language.acts import Heard
from truebook.language.agreeing import consent
from truebook.language.meaning import asides
from truebook.language.meaning.hearing import Message, hear
from truebook.language.meaning.meant import (
    LIKELY,
    aim_of,
    meaning_of,
    offer_taken,
    only_complains,
    only_doubts,
    purpose_of,
    tells_from_when,
    which_offer,
)
from truebook.language.meaning.of_what_stands import (
    SURELY,
    another_booked,
    asked_of_one,
    asks_what_is_in_it,
    asks_what_stands,
    leaves_what_stands,
    moving,
    says_what_it_is,
)
from truebook.language.meaning.standing import besides_what_stays, one_more, without_the_time_left
from truebook.language.meaning.unable import with_what_cannot_be
from truebook.language.merge import adopted
from truebook.language.pointing.choosing import several_picked
from truebook.language.pointing.correcting import corrected
from truebook.language.pointing.references import on_the_day_of, told_as_a_day, told_from_another
from truebook.language.spans import blanked, spans, within
from truebook.language.state import SERIES, Field, Meaning, Slot, State
from truebook.language.values.counting import counted
from truebook.language.values.days_told import in_each_week
from truebook.language.values.limits import limited, reasons, without_had
from truebook.language.values.reading import values_of
from truebook.language.values.said import Listening, Values
from truebook.language.visits.addressing import given_to, guest_named, own_corrected, shared_out, told_of_parts
from truebook.language.visits.guests import in_full, renamed_guests, without_guest
from truebook.language.visits.ordering import ordered
from truebook.language.visits.several import person_shares
from truebook.language.visits.subject import without_subject
from truebook.language.wish import Visit
from truebook.language.wishing.beside_booked import only_names_what_stands, without_a_wish
from truebook.language.wishing.changing import contacts_told, fields_changed
from truebook.language.wishing.while_one_stands import only_this, said_of_what_waits
from truebook.language.wishing.wished import wished

_WHO, _WHOM = frozenset[Field]({"staff"}), frozenset[Field]({"whom"})
_DAY: frozenset[Field] = frozenset({"day"})
_A_SENTENCE = 4  # words that tell something
EDGES = " ,;:.-"
"""What is left at the edges of a part that is read alone."""


@dataclass(frozen=True, slots=True)
class _Said:
    """One message as far as it is read, in a language."""

    text: str
    language: str
    listening: Listening
    message: Message
    meaning: Meaning

    @property
    def values(self) -> Values:
        """Return what it holds."""
        return self.message.values

    @property
    def today(self) -> date:
        """Return the day on which it is said."""
        return self.listening.now.date()

    def holding(self, values: Values) -> "_Said":
        """Return the same message with other values."""
        return replace(self, message=replace(self.message, values=values))

    def part(self, state: State, text: str) -> State:
        """Return state after a part of it, which is read as a message of its own."""
        return heard_alone(state, text.strip(EDGES), self.language, self.listening)


def heard_alone(state: State, text: str, language: str, listening: Listening) -> State:
    """Return state after a message of which nothing is set aside."""
    values = on_the_day_of(in_each_week(values_of(text, language, listening)), state)
    values, subject = without_subject(state, told_as_a_day(without_had(told_from_another(values, state))))
    if subject and state.after == "receipt":  # "it's for English, you've got that down?"
        return replace(state, language=language, meaning=Meaning(note=text))
    if subject:
        state = replace(state, wish=replace(state.wish, notes=tuple(dict.fromkeys((*state.wish.notes, subject)))))
    values = with_what_cannot_be(values, state.after, listening)
    begun = state.after != "nothing" or bool(state.wish.visit.service)
    if why := reasons(values, begun=begun):
        return heard_alone(state, blanked(text, why).strip(EDGES), language, listening)
    said = _read(state, text, values, listening, begun=begun)
    if turned := another_booked(state, said.meaning, said.values):
        state = replace(state, booked=turned, subject=turned.id)
        values, moves = moving(said.values, said.meaning, turned)
        said = replace(said.holding(values), meaning=moves)
    for rule in NO_WISH:
        if heard := rule(state, said):
            return heard
    return _heard_as_a_wish(state, said)


def _read(state: State, text: str, values: Values, listening: Listening, *, begun: bool) -> _Said:
    """Return what a message does and means in its place."""
    if is_plain_yes(state, values):  # "jamme ja" is nobody's name, and the "until Friday" of a goodbye no limit
        values = replace(values, name=None)
    else:
        again = state.asks("count") or (state.readback is not None and state.readback.id == SERIES)
        values = limited(values, listening.now.date(), begun=begun, again=again)
    values = asides.looking_for_a_time(state, values)
    heard = hear(values, state.after, tells_foreign=state.desk.tells_foreign)
    message = replace(heard, values=corrected(values))
    meaning = meaning_of(state, message)
    if message.values.says("waitlist") and not (meaning.agreed or meaning.yes):  # when it says is when it would suit
        values = asides.of_the_list(message.values, {slot.time for slot in state.shown})
        message = hear(values, "nothing", tells_foreign=state.desk.tells_foreign)
        meaning = meaning_of(state, message)
    return _Said(text, values.language, listening, message, meaning)


def _begins_anew(state: State, said: _Said) -> State | None:
    """Forget whatever was wished for, and hear what follows."""
    anew = said.values.marked("anew")
    if not anew:
        return None
    wish = replace(state.wish, visit=Visit(), others=())
    fresh = replace(state, wish=wish, later=(), along=(), offered=(), declined=(), readback=None, asked=frozenset())
    heard = said.part(fresh, said.text[anew[-1].end :].strip("!?" + EDGES))
    return replace(heard, meaning=replace(heard.meaning, anew=True, changed=heard.meaning.changed | {"service"}))


def _asks_what_is_in_it(state: State, said: _Said) -> State | None:
    """Have what stands, or is being arranged, told where it is asked what is in it: nothing new is wished for."""
    if not asks_what_is_in_it(state, said.meaning, said.values):
        return None
    own = state.booked is None and not state.readback
    named = said.meaning.named or frozenset(filter(None, (state.wish.visit.service,))) if own else frozenset[str]()
    return replace(state, language=said.language, meaning=replace(_looking_up(), named=named))


def _asks_only_of_one(state: State, said: _Said) -> State | None:
    """Take a service for what is talked about where only its length is asked, or what was asked of another one."""
    service, asks = asked_of_one(state, said.message)
    if not service or "price" in said.meaning.asks:
        return None
    wish = replace(state.wish, visit=replace(state.wish.visit, service=service))
    acts = tuple(Heard("ask", topic, SURELY) for topic in asks)
    meaning = Meaning(acts, asks=asks, question=True, named=frozenset({service}))
    return replace(state, language=said.language, wish=wish, meaning=meaning)


def _asks_what_stands(state: State, said: _Said) -> State | None:
    """Have what stands told."""
    if not asks_what_stands(state, said.meaning, said.values):
        return None
    sum_too = "price" in said.meaning.asks  # "are we 3 or 4 now? do we pay 42 or 56?"
    looking = replace(_looking_up(), asks=("price",) if sum_too else (), in_all=sum_too)
    return replace(state, language=said.language, meaning=looking, offered=())


def _looking_up() -> Meaning:
    return Meaning(acts=(Heard("lookup", "", SURELY),), question=True)


def _asks_behind_a_yes(state: State, said: _Said) -> State | None:
    """Take a yes to what is said again behind it for a question: "yes, and it is for english, right?"."""
    if not state.readback or not (at := says_what_it_is(said.values)):
        return None
    heard = said.part(state, said.text[:at])
    asks = tuple(dict.fromkeys((*heard.meaning.asks, "other")))
    asking = replace(heard.meaning, agreed=False, asks=asks, question=True)
    return replace(heard, meaning=asking) if heard.meaning.yes else None


def _asks_in_what_order(state: State, said: _Said) -> State | None:
    """Keep what is wished for where it is asked which of it comes first."""
    if said.meaning.agreed or not asides.asks_in_what_order(state, said.message):
        return None
    wish = contacts_told(state.wish, said.values)
    asked = Meaning(asks=("order",), question=True, changed=fields_changed(state.wish, wish))
    return replace(state, language=said.language, wish=wish, meaning=asked)


def _leaves_it(state: State, said: _Said) -> State | None:
    """Talk no more about who and what was proposed for what stands, where that is declined."""
    if not leaves_what_stands(state, said.meaning, said.values):
        return None
    stands = Visit(state.booked.service if state.booked else state.wish.visit.service)
    meaning = replace(said.meaning, changed=frozenset(), named=frozenset(), agreed=False)
    wish = replace(state.wish, visit=stands)
    return replace(state, language=said.language, wish=wish, meaning=meaning, aim=None, offered=())


def _tells_for_whom(state: State, said: _Said) -> State | None:
    """Have what is said of who comes, and for whom it is, before the rest is heard."""
    values = said.values
    given = given_to(state, values, said.today)
    other = ordered(given[0] if given else state, values) or given or own_corrected(state, values)
    other = other or guest_named(state, values) or without_guest(state, values)
    if not other:
        return None
    own, left = other
    heard = said.part(own, left) if left else replace(own, language=said.language, meaning=Meaning())
    meaning = replace(heard.meaning, agreed=False, changed=heard.meaning.changed | _WHOM)
    return replace(heard, meaning=meaning, aim=state.aim)


def _one_more_besides(state: State, said: _Said) -> State | None:
    """Hear what is wished for beside what stays as it is."""
    rest = besides_what_stays(state, said.message)
    return one_more(state, said.part(state, rest), said.values) if rest else None


def _leaves_a_time(state: State, said: _Said) -> State | None:
    """Hear a message without the time at which somebody leaves; what is booked is moved from there."""
    rest = without_the_time_left(state, said.message, said.meaning)
    if not rest:
        return None
    heard, moved = said.part(state, rest), said.meaning.likeliest("move") >= LIKELY and not state.shown
    if not moved or heard.meaning.named - {state.booked.service if state.booked else None}:
        return heard
    acts = (Heard("move", "", SURELY), *(act for act in heard.meaning.acts if act.act != "book"))
    return replace(heard, meaning=replace(heard.meaning, acts=acts, adding=False), aim="move")


def _tells_days_that_can_be(state: State, said: _Said) -> State | None:
    """Hear a message that names several days without the reason why another cannot be; of a series that one is left
    out."""
    free = [day for day in said.values.days if not within(day.end - 1, said.values.barred)]
    left = blanked(said.text, said.values.barred)
    several = left != said.text and len(free) > 1 and not counted(left, said.language).again
    return said.part(state, left) if several else None


Rule = Callable[[State, _Said], State | None]
NO_WISH: tuple[Rule, ...] = (
    _begins_anew,
    _tells_days_that_can_be,
    _asks_what_is_in_it,
    _asks_only_of_one,
    _asks_what_stands,
    _asks_behind_a_yes,
    _asks_in_what_order,
    _leaves_it,
    _tells_for_whom,
    _one_more_besides,
    _leaves_a_time,
)
"""What a message may be instead of a wish, or beside it, in the order in which it is looked for."""


def _heard_as_a_wish(state: State, said: _Said) -> State:
    """Return state after a message that says of one visit how it is to be."""
    if only_this(state, said.values):
        state = replace(state, later=())
    state, said, renamed = _with_names(state, said)
    along, values = told_of_parts(state, said.values, said.meaning, said.today)
    said, state = said.holding(values), replace(state, language=said.language)
    for rule in OF_ANOTHER:
        if heard := rule(state, said):
            return heard
    meaning, parts_told = said.meaning, along != state.along
    if meaning.agreed and state.readback:
        wish = replace(contacts_told(state.wish, values), visit=adopted(state.wish.visit, state.readback))
        return replace(state, wish=wish, meaning=replace(meaning, changed=fields_changed(state.wish, wish)))
    if state.readback and meaning.yes and not state.asks("cancel"):  # it leans to yes: that is what is talked about
        state = replace(state, wish=replace(state.wish, visit=adopted(state.wish.visit, state.readback)))
    beside = tuple(one for one in said.message.aside if not any(within(at, [one]) for at, _ in values.barred))
    aside = [d.date for d in values.days if within(d.start, beside) and d.until is None]
    if only_names_what_stands(state, values, meaning):
        beside, said = values.spans, replace(said, meaning=without_a_wish(meaning))
    values = values.outside(beside)
    if state.shown and said.message.compares:  # what was talked about stays it
        values = replace(values, services=())
    said = said.holding(values)
    slot = _slot_taken(state, said, parts_told=parts_told)
    if ends := [one for one in said.values.times if one.relation == "done"]:
        left = said.holding(said.values.outside(spans(ends)))
        taken = _slot_taken(state, left, parts_told=parts_told)
        met = taken or state.chosen
        if met and all(met.is_over_by(one.until) for one in ends):  # "the first one, I have a train at four"
            slot, said = taken, left
    state = replace(state, along=along)
    return _changed(
        state, said, slot, aside, (_WHO if parts_told else frozenset()) | (_WHOM if renamed else frozenset())
    )


def _with_names(state: State, said: _Said) -> tuple[State, _Said, bool]:
    """Return state and message once guests have the names that are told, and whether any has another."""
    values, meaning = said.values, said.meaning
    if shared_out(state, values):  # each has what is said of them, and nothing is taken out of the visit
        meaning = replace(meaning, named=frozenset(), less=frozenset(), only=frozenset())
    if values.name:  # "put Beatriz instead", of whom the surname is known
        values = replace(values, name=replace(values.name, text=in_full(values.name.text, state) or ""))
    named = renamed_guests(state, values)
    guests = {one.whom for one in (named.wish.visit, *named.along)}
    if named is not state and values.name and values.name.text in guests:
        values = replace(values, name=None)
    return named, replace(said.holding(values), meaning=meaning), named is not state


def _of_what_waits(state: State, said: _Said) -> State | None:
    """Have what is said of the visit that waits in it, and hear the rest of the one that is talked about."""
    meaning = said.meaning
    of_next = None if meaning.agreed else said_of_what_waits(state, said.values, meaning, said.today)
    if not of_next:
        return None
    start, waits = of_next
    heard = said.part(waits, said.text[:start]) if start else waits
    heard = replace(heard, wish=contacts_told(heard.wish, said.values))
    told = heard.meaning if start else Meaning()
    asks = told.asks or tuple(one for one in meaning.asks if one != "other")
    changed = told.changed | fields_changed(state.wish, replace(heard.wish, visit=state.wish.visit))
    told = replace(told, of_next=True, asks=asks, question=bool(asks), changed=changed)
    return replace(heard, language=said.language, meaning=told)


def _one_more_day(state: State, said: _Said) -> State | None:
    """Wish for the same on one more day."""
    meaning = said.meaning
    besides = None if meaning.agreed else asides.one_more_day(state, said.values, said.today)
    if not besides:
        return None
    wish = replace(contacts_told(state.wish, said.values), visit=besides[0], others=besides[1:])
    changed = fields_changed(state.wish, wish) | _DAY
    asks = tuple(one for one in meaning.asks if one != "other")  # "and the other two? the 3rd and the 8th"
    meaning = replace(meaning, adding=True, yes=False, no=False, changed=changed, asks=asks)
    return replace(state, wish=wish, meaning=meaning, aim="book", offered=())


OF_ANOTHER: tuple[Rule, ...] = (_of_what_waits, _one_more_day)
"""What a wish may be of instead of the visit that is talked about."""


def _slot_taken(state: State, said: _Said, *, parts_told: bool) -> Slot | None:
    """Return the offer that a message takes; none where it only tells who does a part of it, or doubts."""
    meaning = said.meaning
    only_parts = parts_told and len(state.offered) > 1 and not (said.values.times or meaning.places)
    untaken = (meaning.meant and state.asked_which) or _doubts(state, said) or only_parts  # "Clara is to cut her hair"
    whose = bool(said.values.people and person_shares(said.values))  # "at ten with Anna for him, and for me after that"
    untaken = untaken or whose or bool(several_picked(state.offered, said.values))
    return None if untaken else offer_taken(state, said.message, meaning, said.today)


def _doubts(state: State, said: _Said) -> bool:
    return only_doubts(state, said.meaning) and not (said.values.barred or tells_from_when(said.values))


def _changed(state: State, said: _Said, slot: Slot | None, aside: list[date], told: frozenset[Field]) -> State:
    """Return state with what a message, or the offer it takes, changes of the wish.

    aside: the days that it names beside that. told: what it has changed of who comes already.
    """
    values, meaning = said.values, said.meaning
    wish, doubts = wished(state, said.message, slot, said.today, meaning)
    if _doubts(state, said) or only_complains(meaning, values):  # what it names is what was bad, or when they know
        wish, doubts = contacts_told(state.wish, values), ()
    wish = renamed_guests(replace(state, wish=wish), values).wish  # "for my boy at three, Lukas is his name"
    changed = fields_changed(state.wish, wish) | told
    if changed or slot:  # what could not be made out beside a wish is left to the team, a few words of it to nobody
        unheard = (one for one in meaning.unheard if len(one.split()) >= _A_SENTENCE)
        wish = replace(wish, notes=tuple(dict.fromkeys((*wish.notes, *unheard))))
        meaning = replace(meaning, unheard=())
    doubts = (*doubts, *(() if slot else which_offer(state, values)))
    meaning = replace(meaning, picked=slot.id if slot else None, changed=changed, doubts=doubts)
    meaning = replace(meaning, no=meaning.no and slot is None)
    known = {wish.visit.staff} if wish.visit.staff else set[str]()
    mine = {a.id for a in state.appointments}
    return replace(
        state,
        spoken_of=state.spoken_of | known,
        wish=wish,
        meaning=meaning,
        aim=aim_of(state, meaning),
        subject=meaning.meant[0] if len(meaning.meant) == 1 and meaning.meant[0] in mine else state.subject,
        offered=() if (meaning.no or values.people) and not any(d.field == "offer" for d in doubts) else state.offered,
        declined=(state.offered or state.declined) if meaning.no else state.declined,
        mentioned_day=aside[-1] if aside else state.mentioned_day,
    )


def is_plain_yes(state: State, values: Values) -> bool:
    """Tell whether a message says no more than yes to what was read back, whatever the model hears in it."""
    return state.readback is not None and consent.is_plain(state.readback, purpose_of(state), values)

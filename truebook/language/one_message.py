"""One message, cut free of what stands beside it: its values, what it means in its place, and what that changes."""

from dataclasses import replace

from truebook.language.acts import Heard
from truebook.language.agreeing import consent
from truebook.language.meaning import asides
from truebook.language.meaning.hearing import hear
from truebook.language.meaning.meant import (
    aim_of,
    meaning_of,
    offer_taken,
    only_complains,
    only_doubts,
    purpose_of,
    tells_from_when,
    which_offer,
)
from truebook.language.meaning.of_what_stands import asks_what_stands, says_what_it_is
from truebook.language.meaning.standing import besides_what_stays, one_more, without_the_time_left
from truebook.language.merge import adopted
from truebook.language.pointing.correcting import corrected
from truebook.language.pointing.references import on_the_day_of, told_as_a_day, told_from_another
from truebook.language.spans import blanked
from truebook.language.state import SERIES, Field, Meaning, State
from truebook.language.values.days_told import in_each_week
from truebook.language.values.limits import limited, reasons, without_had
from truebook.language.values.reading import values_of
from truebook.language.values.said import Listening, Values
from truebook.language.visits.addressing import given_to, guest_named, own_corrected, shared_out, told_of_parts
from truebook.language.visits.guests import in_full, renamed_guests, without_guest
from truebook.language.visits.ordering import ordered
from truebook.language.visits.subject import without_subject
from truebook.language.wish import Visit
from truebook.language.wishing.changing import contacts_told, fields_changed
from truebook.language.wishing.while_one_stands import said_of_what_waits
from truebook.language.wishing.wished import wished

_WHO: frozenset[Field] = frozenset({"staff"})
_WHOM: frozenset[Field] = frozenset({"whom"})
_DAY: frozenset[Field] = frozenset({"day"})
_A_SENTENCE = 4  # words that tell something
_ASKED_FOR = 0.99  # how sure a person is asked for in so many words


def heard_alone(state: State, text: str, language: str, listening: Listening) -> State:
    """Return state after a message of which nothing is set aside."""
    now = listening.now
    values, begun = values_of(text, language, listening), state.after != "nothing" or bool(state.wish.visit.service)
    values = told_as_a_day(without_had(told_from_another(on_the_day_of(in_each_week(values), state), state)))
    values, subject = without_subject(state, values)
    if subject and state.after == "receipt":  # "it's for English, you've got that down?"
        return replace(state, language=language, meaning=Meaning(note=text))
    if subject:
        state = replace(state, wish=replace(state.wish, notes=tuple(dict.fromkeys((*state.wish.notes, subject)))))
    if why := reasons(values, begun=begun):
        return heard_alone(state, blanked(text, why).strip(" ,;:.-"), language, listening)
    again = state.asks("count") or (state.readback is not None and state.readback.id == SERIES)
    if is_plain_yes(state, values):  # "jamme ja" is nobody's name, and the "until Friday" of a goodbye no limit
        values = replace(values, name=None)
    else:
        values = limited(values, now.date(), begun=begun, again=again)
    values = asides.looking_for_a_time(state, values)
    message = hear(values, state.after, tells_foreign=state.desk.tells_foreign)
    values = corrected(values)
    message = replace(message, values=values)
    meaning = meaning_of(state, message)
    if values.says("waitlist") and not (meaning.agreed or meaning.yes):  # when it says is when it would suit
        values = asides.of_the_list(values, {slot.time for slot in state.shown})
        message = hear(values, "nothing", tells_foreign=state.desk.tells_foreign)
        meaning = meaning_of(state, message)
    if anew := values.marked("anew"):
        wish = replace(state.wish, visit=Visit(), others=())
        fresh = replace(state, wish=wish, later=(), along=(), offered=(), declined=(), readback=None, asked=frozenset())
        heard = heard_alone(fresh, text[anew[-1].end :].strip(" ,;:.!?"), language, listening)
        return replace(heard, meaning=replace(heard.meaning, anew=True, changed=heard.meaning.changed | {"service"}))
    if asides.asks_what_is_in_it(state, meaning, values):  # what stands tells, and nothing new is wished for
        lookup = Heard("lookup", "", _ASKED_FOR)
        return replace(state, language=language, meaning=Meaning(acts=(lookup,), question=True))
    if "price" not in meaning.asks and (service := asides.asks_only_how_long(state, values)):
        wish = replace(state.wish, visit=replace(state.wish.visit, service=service))
        length = Meaning((Heard("ask", "length", _ASKED_FOR),), asks=("length",), question=True)
        return replace(state, language=language, wish=wish, meaning=length)
    if asks_what_stands(state, meaning, values):
        lookup = Heard("lookup", "", _ASKED_FOR)
        return replace(state, language=language, meaning=Meaning(acts=(lookup,), question=True), offered=())
    if state.readback and (at := says_what_it_is(values)):
        heard = heard_alone(state, text[:at].strip(" ,;.-"), language, listening)
        if heard.meaning.yes:  # "yes, and it is for english, right?"
            asks = tuple(dict.fromkeys((*heard.meaning.asks, "other")))
            return replace(heard, meaning=replace(heard.meaning, agreed=False, asks=asks, question=True))
    if asides.asks_in_what_order(state, message) and not meaning.agreed:
        wish = contacts_told(state.wish, values)
        asked = Meaning(asks=("order",), question=True, changed=fields_changed(state.wish, wish))
        return replace(state, language=language, wish=wish, meaning=asked)
    if _leaves_what_stands(state, meaning, values):  # who and what was proposed is not what is talked about any more
        stands = Visit(state.booked.service if state.booked else state.wish.visit.service)
        meaning = replace(meaning, changed=frozenset(), named=frozenset(), agreed=False)
        wish = replace(state.wish, visit=stands)
        return replace(state, language=language, wish=wish, meaning=meaning, aim=None, offered=())
    other = given_to(state, values, now.date()) or own_corrected(state, values) or guest_named(state, values)
    if other := other or without_guest(state, values) or ordered(state, values):
        own, left = other
        heard = (
            heard_alone(own, left, language, listening) if left else replace(own, language=language, meaning=Meaning())
        )
        meaning = replace(heard.meaning, agreed=False, changed=heard.meaning.changed | _WHOM)
        return replace(heard, meaning=meaning, aim=state.aim)
    if rest := besides_what_stays(state, message):
        return one_more(state, heard_alone(state, rest, language, listening))
    if rest := without_the_time_left(state, message, meaning):
        return heard_alone(state, rest, language, listening)
    if shared_out(state, values):  # each has what is said of them, and nothing is taken out of the visit
        meaning = replace(meaning, named=frozenset(), less=frozenset(), only=False)
    if values.name:  # "put Beatriz instead", of whom the surname is known
        values = replace(values, name=replace(values.name, text=in_full(values.name.text, state) or ""))
    before, state = state, renamed_guests(state, values)
    renamed = state is not before
    if renamed and values.name and values.name.text in {one.whom for one in (state.wish.visit, *state.along)}:
        values = replace(values, name=None)
    along, values = told_of_parts(state, values, now.date())
    message = replace(message, values=values)
    state = replace(state, language=language)
    if not meaning.agreed and (of_next := said_of_what_waits(state, values, meaning, now.date())):
        start, waits = of_next
        heard = heard_alone(waits, text[:start].strip(" ,;:"), language, listening) if start else waits
        heard = replace(heard, wish=contacts_told(heard.wish, values))
        said = heard.meaning if start else Meaning()
        asks = said.asks or tuple(one for one in meaning.asks if one != "other")
        changed = said.changed | fields_changed(state.wish, replace(heard.wish, visit=state.wish.visit))
        said = replace(said, of_next=True, asks=asks, question=bool(asks), changed=changed)
        return replace(heard, language=language, meaning=said)
    if not meaning.agreed and (besides := asides.one_more_day(state, values, now.date())):
        wish = replace(contacts_told(state.wish, values), visit=besides[0], others=besides[1:])
        changed = fields_changed(state.wish, wish) | _DAY
        asks = tuple(one for one in meaning.asks if one != "other")  # "and the other two? the 3rd and the 8th"
        meaning = replace(meaning, adding=True, yes=False, no=False, changed=changed, asks=asks)
        return replace(state, wish=wish, meaning=meaning, aim="book", offered=())
    if meaning.agreed and state.readback:
        wish = replace(contacts_told(state.wish, values), visit=adopted(state.wish.visit, state.readback))
        return replace(state, wish=wish, meaning=replace(meaning, changed=fields_changed(state.wish, wish)))
    if state.readback and meaning.yes and not state.asks("cancel"):  # it leans to yes: that is what is talked about
        state = replace(state, wish=replace(state.wish, visit=adopted(state.wish.visit, state.readback)))
    aside = [d.date for d in values.days if any(s <= d.start < e for s, e in message.aside) and d.until is None]
    values = values.outside(message.aside)
    message = replace(message, values=values)
    doubtful = only_doubts(state, meaning) and not tells_from_when(values)
    parts_told = along != state.along
    only_parts = parts_told and len(state.offered) > 1 and not (values.times or meaning.places)
    untaken = (meaning.meant and state.asked_which) or doubtful or only_parts  # "Clara is to cut her hair"
    slot = None if untaken else offer_taken(state, message, meaning, now.date())
    state = replace(state, along=along)
    wish, doubts = wished(state, message, slot, now.date(), meaning)
    if doubtful or only_complains(meaning, values):  # what it names is what was bad, or when they know
        wish, doubts = contacts_told(state.wish, values), ()
    changed = fields_changed(state.wish, wish) | (_WHO if parts_told else frozenset())
    changed |= _WHOM if renamed else frozenset()
    if changed or slot:  # what could not be made out beside a wish is left to the team, a few words of it to nobody
        told = (one for one in meaning.unheard if len(one.split()) >= _A_SENTENCE)
        wish = replace(wish, notes=tuple(dict.fromkeys((*wish.notes, *told))))
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


def _leaves_what_stands(state: State, meaning: Meaning, values: Values) -> bool:
    """Tell whether a change that was read back is declined, and nothing else said: "no, leave the colour as it is"."""
    booked = state.booked
    if state.readback is None or not state.asks("move") or meaning.agreed or not (meaning.no or meaning.keeps):
        return False
    here = {booked.service, *booked.parts} if booked else set[str | None]()
    bare = not (values.days or values.times or values.people or values.shifts or values.name or meaning.asks)
    return bare and all(here & {*hit.ids} for hit in values.services) and not meaning.adding


def is_plain_yes(state: State, values: Values) -> bool:
    """Tell whether a message says no more than yes to what was read back, whatever the model hears in it."""
    return state.readback is not None and consent.is_plain(state.readback, purpose_of(state), values)

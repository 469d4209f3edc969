"""A conversation: what was heard so far, turn by turn, and what the customer wants.

A message goes the way that the package's own description tells, each step a pure function in a file that says it. What
the desk does then is decided in `assistant/decide`.
"""

import datetime as dt
from dataclasses import replace
from itertools import takewhile

from truebook.language.acts import Heard, read
from truebook.language.agreeing import beside, consent
from truebook.language.desk_turn import heard_assistant
from truebook.language.idiom import language_of
from truebook.language.lists.marks import words_of
from truebook.language.lists.ordinary import is_strange
from truebook.language.meaning import asides
from truebook.language.meaning.clauses import masked
from truebook.language.meaning.hearing import hear
from truebook.language.meaning.meant import (
    SURE,
    aim_of,
    meaning_of,
    offer_taken,
    only_complains,
    only_doubts,
    purpose_of,
    tells_from_when,
    which_offer,
)
from truebook.language.meaning.noting import (
    Note,
    asks_for_number,
    calls_us,
    conditions,
    goes_on,
    noted,
    says,
    told_along,
    wants_call,
    wants_to_know,
    without_joints,
    worries,
)
from truebook.language.meaning.of_what_stands import asks_what_stands, says_what_it_is
from truebook.language.meaning.questions import facts_asked
from truebook.language.meaning.standing import besides_what_stays, one_more, without_the_time_left
from truebook.language.merge import adopted, merged
from truebook.language.names import TITLES, directory
from truebook.language.pointing.choosing import POINTS
from truebook.language.pointing.correcting import corrected
from truebook.language.pointing.references import on_the_day_of, spoken_of, stands_on, told_as_a_day, told_from_another
from truebook.language.shorthand import hours_written_out, written_out
from truebook.language.spans import blanked
from truebook.language.state import SERIES, Desk, Field, Meaning, State
from truebook.language.text import plain, sentences
from truebook.language.values.constraints import constraints_of
from truebook.language.values.limits import limited, reasons, without_had
from truebook.language.values.not_here import asks_for_nobody
from truebook.language.values.reading import values_of
from truebook.language.values.said import Listening, Values
from truebook.language.visits.addressing import given_to, shared_out, told_of_parts
from truebook.language.visits.company import called_of
from truebook.language.visits.guests import renamed_guests, without_guest
from truebook.language.visits.ordering import asks_which_way, ordered
from truebook.language.visits.subject import without_subject
from truebook.language.wish import Constraint, Visit
from truebook.language.wishing.changing import contacts_told, fields_changed
from truebook.language.wishing.wished import wished

__all__ = ["begin", "heard_assistant", "heard_customer"]

_WHO: frozenset[Field] = frozenset({"staff"})
_WHOM: frozenset[Field] = frozenset({"whom"})
_DAY: frozenset[Field] = frozenset({"day"})
_TELLING = 3  # known words that tell a language, where a name was asked
_A_SENTENCE = 4  # words that tell something
_WISHES = ("book", "move", "available", "tell")
_COMPLAINS = 0.7  # how sure a complaint beside a wish is one
_ASKED_FOR = 0.99  # how sure a person is asked for in so many words


def begin(desk: Desk, *, language: str | None = None) -> State:
    """Return the state of a conversation in which nothing was said yet."""
    staff, services = directory(desk.staff), directory(desk.services, frozenset())
    return State(desk=desk, language=language or desk.languages[0], staff_names=staff, service_names=services)


def heard_customer(state: State, text: str, now: dt.datetime) -> State:
    """Return state after the customer wrote text; now is the business's wall clock."""
    begun = state.after != "nothing" or bool(state.wish.visit.service or state.wish.visit.constraints)
    language = language_of(text, state.language, begun=begun)
    if state.asks("name") and len(_known(text, language)) < _TELLING:  # names are of no language
        language = state.language
    timed = any(slot.time for slot in state.shown) or state.asks("time")
    text = hours_written_out(written_out(text, language), language, open_=timed)
    name = state.wish.name if state.wish.name != state.wish.visit.whom else None  # a guest's is not yet theirs
    listening = Listening(
        state.desk,
        state.staff_names,
        state.service_names,
        now,
        state.asked,
        name or "",
        state.readback is not None,
        spoken_of(state),
        state.readback.dates if state.readback else 0,
        stands_on(state),
    )
    if asks_for_number(text, language):
        return replace(state, language=language, meaning=Meaning(asks=("number",), question=True))
    wronged = says("wronged", text, language)
    if wronged:
        heard = _beside_a_wrong(state, text, language, listening)
    else:
        heard = _beside_a_call(state, text, language, listening)
    complaint = wronged or says("complaint", text, language) or _complains_besides(heard.meaning)
    meaning = replace(heard.meaning, complaint=complaint, might=says("might", text, language))
    if not meaning.agreed:
        meaning = asks_for_nobody(heard, meaning, text, listening)
    if _corrects_contacts(state, meaning):  # the row keeps the name it was booked under: the team is told, beside it
        meaning = replace(meaning, note=text)
    if says("person", text, language) and not meaning.calls:
        meaning = replace(meaning, acts=(Heard("person", "", _ASKED_FOR), *meaning.acts), agreed=False)
    return replace(heard, meaning=meaning)


def _beside_a_wrong(state: State, text: str, language: str, listening: Listening) -> State:
    """Return state after a complaint: what it names is what was bad, and only whole sentences of it that wish for
    something at a time are heard; whoever was named in the others is not wanted."""
    cut = [text[start:end] for start, end in sentences(text)]
    kept = [
        one for one in cut if not says("wronged", one, language) and _wishes(_heard(state, one, language, listening))
    ]
    if not kept:
        return replace(state, language=language, meaning=Meaning(acts=(Heard("complain", "", _ASKED_FOR),)))
    heard = _heard(state, " ".join(one.strip() for one in kept), language, listening)
    bad = values_of(" ".join(one for one in cut if one not in kept), language, listening).people
    who = {hit.ids[0] for hit in bad if len(hit.ids) == 1} - {heard.wish.visit.staff}
    visit = merged(heard.wish.visit, [Constraint("staff", (one,), allow=False) for one in sorted(who)])
    return replace(heard, wish=replace(heard.wish, visit=visit))


def _complains_besides(meaning: Meaning) -> bool:
    """Tell whether a message surely complains, and wishes for something at a time, too."""
    surely = meaning.likeliest("complain") >= _COMPLAINS and meaning.likeliest("every") < SURE
    return surely and bool(meaning.changed & {"day", "time"})


def _wishes(state: State) -> bool:
    return bool(state.meaning.changed & {"day", "time"}) and state.meaning.likeliest(*_WISHES) >= SURE


def _corrects_contacts(state: State, meaning: Meaning) -> bool:
    """Tell whether a message tells another name, number or address of what is booked, and nothing else."""
    settled = state.booked is not None and not (state.offered or state.readback or state.asked)
    return settled and meaning.only_contacts and not (meaning.calls or meaning.note or meaning.adding)


def _known(text: str, language: str) -> list[str]:
    """Return the words of a text that are ordinary ones of a language."""
    return [word.text for word in words_of(text, language) if not is_strange(word.text, language)]


def _beside_a_call(state: State, text: str, language: str, listening: Listening) -> State:
    """Return state after a message; the wish for a call is set aside, and the rest heard as if it stood alone."""
    if own := calls_us(text, language):
        return _who_calls_us(state, own, language, listening)
    call, writes = wants_call(text, language), says("in_writing", text, language)
    if call is None and state.calls and writes:
        reached = asides.with_number(state, text, language)
        calls = reached.wish.phone != state.wish.phone
        return replace(reached, language=language, meaning=Meaning(calls=calls, asks=("in_writing",)))
    if call is None:
        if state.calls and asides.tells_when(text, state, language, listening):
            when = asides.told_when(values_of(text, language, listening))
            state = asides.with_number(state, text, language)
            return replace(state, language=language, meaning=Meaning(calls=True, call_at=when))
        return _beside_a_note(replace(state, calls=False), text, language, listening)
    said, rest = values_of(call.said, language, listening), call.rest
    when, told, after = asides.told_when(said), "", goes_on(text, call.said, language)
    more = list(takewhile(lambda one: asides.tells_when(text[one[0] : one[1]], state, language, listening), after))
    if more:
        parts = (asides.without_number(text[start:end], state).strip(" .,;:!?") for start, end in more)
        told = ", ".join(one for one in parts if asides.told_when(values_of(one, language, listening)))
        when = ", ".join(filter(None, (when, told)))
        rest = (text[: text.index(call.said)] + text[more[-1][1] :]).strip(" ,;.")
    state = asides.with_number(state, text, language)
    rest = asides.without_number(rest, state).strip(" ,;.")
    heard = replace(state, language=language, meaning=Meaning())
    if rest:
        heard = _beside_a_note(state, rest, language, listening)
    if heard.meaning.only_contacts:  # who they are, beside it, asks for nothing
        heard = replace(heard, meaning=replace(heard.meaning, acts=()))
    agreed = heard.meaning.agreed and not beside.turns(said) and not told  # that hour might be the visit's
    by = said.people[0].ids[0] if len(said.people) == 1 and len(said.people[0].ids) == 1 else None
    asks = (*heard.meaning.asks, *(("in_writing",) if writes else ()))
    meaning = replace(heard.meaning, calls=True, call_at=when, call_by=by, agreed=agreed, asks=asks)
    return replace(heard, calls=True, meaning=meaning)


def _who_calls_us(state: State, own: Note, language: str, listening: Listening) -> State:
    """Return state after somebody says that they will call: when is no wish, and nothing is agreed to with that."""
    heard = replace(state, language=language, meaning=Meaning())
    if own.rest:
        heard = _beside_a_note(state, own.rest, language, listening)
    meaning = replace(heard.meaning, agreed=False)
    if not meaning.changed and not meaning.asks:
        meaning = replace(meaning, acts=(Heard("bye", "", 1.0), *meaning.acts))
    return replace(heard, meaning=meaning)


def _beside_a_note(state: State, text: str, language: str, listening: Listening) -> State:
    """Return state after a message; what the team is to know is set aside, as far as it takes nothing back."""
    note = None if _is_plain_yes(state, values_of(text, language, listening)) else noted(text, language, _staff(state))
    renames = note and state.readback and asides.renames(note.said, text, language, listening)
    if note is None or renames or values_of(note.said, language, listening).says("waitlist"):
        along = _told_along(state, text, language, listening)
        return along or _beside_a_question(state, text, language, listening)
    known = plain(" ".join(state.wish.notes)).split()
    missing = [one for one in plain(note.text).split() if one not in known and is_strange(one, language)]
    asked = note.asked and bool(state.booked or (known and not missing))  # what was not noted yet is noted now
    if note.text not in state.wish.notes and not asked:
        state = replace(state, wish=replace(state.wish, notes=(*state.wish.notes, note.text)))
    said = values_of(without_joints(note.said, language), language, listening)
    here = {slot.staff for slot in (*state.shown, *filter(None, (state.booked,)))}  # "tell Anna that ..."
    others = tuple(one for one in said.people if not here & {*one.ids})
    wishes = not note.asked and _wishes_in(said, state)
    harmless = not wishes and note.rest != text and not beside.takes_back(replace(said, people=others))
    if not note.rest and not wishes:  # nothing else is said
        heard = replace(state, language=language, meaning=Meaning())
    elif harmless:
        heard = _beside_a_note(state, note.rest, language, listening)
    else:
        heard = _beside_a_question(state, text, language, listening)
        asks = tuple(topic for topic in heard.meaning.asks if topic != "other")
        heard = replace(heard, meaning=replace(heard.meaning, asks=heard.meaning.asks if "?" in text else asks))
    told = "\n".join(filter(None, (note.text, heard.meaning.note)))
    return replace(heard, meaning=replace(heard.meaning, note=told, note_asked=asked or heard.meaning.note_asked))


def _wishes_in(said: Values, state: State) -> bool:
    """Tell whether what is noted wishes for something as well: "I need somebody because my back hurts"."""
    heard = read(masked(said), state.after, said.language)
    return any(h.act in (*_WISHES, "cancel") and h.probability >= SURE for h in heard)


def _staff(state: State) -> frozenset[str]:
    """Return the words by which members of staff are called."""
    return frozenset(word for one in state.desk.staff for word in plain(one.name).split()) - TITLES


def _is_plain_yes(state: State, values: Values) -> bool:
    """Tell whether a message says no more than yes to what was read back, whatever the model hears in it."""
    return state.readback is not None and consent.is_plain(state.readback, purpose_of(state), values)


def _told_along(state: State, text: str, language: str, listening: Listening) -> State | None:
    """Return state after a yes to a read-back beside which the team is told something; None where it is none."""
    note = told_along(text, language) if state.readback else None
    if note is None or not note.rest:
        return None
    told = replace(state, wish=replace(state.wish, notes=tuple(dict.fromkeys((*state.wish.notes, note.text)))))
    heard = _heard(told, note.rest, language, listening)
    asks = facts_asked(values_of(note.text, language, listening), outright=True) or ()
    asks = tuple(topic for topic in asks if topic == "remind")  # whether and when we do that is told as well
    return replace(heard, meaning=replace(heard.meaning, note=note.text, asks=asks)) if heard.meaning.agreed else None


def _beside_a_question(state: State, text: str, language: str, listening: Listening) -> State:
    """Return state after a message; what follows a plain yes and takes nothing of it back is set aside.

    "Yes. But I still want to know whether I may eat before": it is booked, and that is asked. "Yes, and tell me if
    anything earlier comes free": it is booked, and that is waited for; so it is beside an offer that is taken.
    """
    values = values_of(text, language, listening)
    if state.offered and not state.readback and (taken := _taken_beside_a_question(state, values, listening)):
        return taken
    yes = consent.yes_until(state.readback, values, purpose_of(state)) if state.readback else 0
    praised = beside.praised_until(values) if state.readback and not yes else 0
    if praised:
        rest = values_of(text[values.words[praised].start :], language, listening)
        yes = praised if beside.asks_how_to_reach(rest) else 0
    remark = 0 if yes else _remark_before_a_yes(state, text, language, listening)
    span = (values.words[yes].start, len(text)) if yes else (0, remark) if remark else None
    if span is None and state.offered:
        span = asides.waiting_words(values)
    if span is None:
        return _heard(state, text, language, listening)
    start, end = span
    heard = _heard(state, f"{text[:start].rstrip(' ,;:¿')} {text[end:]}".strip(), language, listening)
    besides = values_of(text[start:end], language, listening)
    worried = bool(yes) and worries(besides.text, language)
    if worried and state.readback:  # of what was read back: "I never did yoga"
        here = {state.readback.service, *state.readback.parts}
        left = values_of(blanked(besides.text, conditions(besides.text, language)), language, listening)
        besides = replace(left, services=tuple(hit for hit in left.services if not here & {*hit.ids}))
    if not (heard.meaning.agreed or heard.meaning.picked):
        return _heard(state, text, language, listening)
    owed = bool(yes) and beside.only_asks_again(besides)
    outright = owed or wants_to_know(besides.text, language)
    asked = facts_asked(besides, outright=outright or worried) if yes else None
    gap = text[values.words[yes - 1].end : start] if yes else text[:remark].strip()[-1:]
    acts = read(masked(besides), "readback", language) if yes or remark else ()
    if remark and not besides.says("asking"):  # "cash is fine" asks nothing
        acts = tuple(h for h in acts if h.act != "ask")
    asked = () if asked is None and (praised or owed) else asked
    if asked is not None and (
        praised or owed or beside.asks_only(besides, asked, gap, outright, acts, worried=worried)
    ):
        return replace(heard, meaning=asides.with_questions(heard.meaning, asked, besides))
    if besides.says("waitlist") and beside.waits_only(besides):
        when = constraints_of(besides, listening.now.date(), (), None)
        return replace(heard, meaning=replace(heard.meaning, waits=tuple(c for c in when if c.on in ("day", "time"))))
    if (yes or remark) and beside.only_remarks(besides, acts, gap):
        wrong = any(h.act == "complain" and h.probability >= SURE for h in acts)
        if called_of(besides):  # "yes. his name is Franz Swoboda"
            note = besides.text.strip(" .,;")
            wish = replace(heard.wish, notes=(*heard.wish.notes, note))
            heard = replace(heard, wish=wish, meaning=replace(heard.meaning, note=note))
        return replace(heard, meaning=replace(heard.meaning, complaint=heard.meaning.complaint or wrong))
    return _heard(state, text, language, listening)


def _remark_before_a_yes(state: State, text: str, language: str, listening: Listening) -> int:
    """Return where the last sentence of an answer to a read-back begins, where that alone is a yes: "On site is fine.
    Yes, book it please"."""
    start = sentences(text)[-1][0] if text.strip() else 0
    last = values_of(text[start:], language, listening) if start and state.readback else None
    yes = last and state.readback and consent.is_plain(state.readback, purpose_of(state), last, firm=True)
    return start if yes else 0


def _taken_beside_a_question(state: State, values: Values, listening: Listening) -> State | None:
    """Return state after an offer is taken and something else is asked: "eight, fine. But must I fast?"; None where
    that is not so."""
    asked = tuple(asides.questions_only(values))
    rest = blanked(values.text, asked)
    if not asked or not rest.strip(" ,;:.-"):
        return None
    names = bool(values.days or values.times or values.marked(*POINTS))  # "sounds good. what is her number?" takes none
    if not names and not consent.says_only(("yes",), values_of(rest, values.language, listening), firm=True):
        return None
    besides = values_of(" ".join(values.text[a:b] for a, b in asked), values.language, listening)
    told = ("order",) if asks_which_way(besides) else facts_asked(besides, outright=True)
    heard = _heard(state, rest.strip(" ,;:-"), values.language, listening) if told is not None else state
    if told is None or heard.meaning.picked is None or heard.meaning.no:
        return None
    return replace(heard, meaning=asides.with_questions(heard.meaning, told, besides))


def _heard(state: State, text: str, language: str, listening: Listening) -> State:
    now = listening.now
    values, begun = values_of(text, language, listening), state.after != "nothing" or bool(state.wish.visit.service)
    values = told_as_a_day(without_had(told_from_another(on_the_day_of(values, state), state)))
    values, subject = without_subject(state, values)
    if subject and state.after == "receipt":  # "it's for English, you've got that down?"
        return replace(state, language=language, meaning=Meaning(note=text))
    if subject:
        state = replace(state, wish=replace(state.wish, notes=tuple(dict.fromkeys((*state.wish.notes, subject)))))
    if why := reasons(values, begun=begun):
        return _heard(state, blanked(text, why).strip(" ,;:.-"), language, listening)
    again = state.asks("count") or (state.readback is not None and state.readback.id == SERIES)
    if _is_plain_yes(state, values):  # "jamme ja" is nobody's name, and the "until Friday" of a goodbye no limit
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
        heard = _heard(fresh, text[anew[-1].end :].strip(" ,;:.!?"), language, listening)
        return replace(heard, meaning=replace(heard.meaning, anew=True, changed=heard.meaning.changed | {"service"}))
    if asides.asks_what_is_in_it(state, meaning, values):  # what stands tells, and nothing new is wished for
        lookup = Heard("lookup", "", _ASKED_FOR)
        return replace(state, language=language, meaning=Meaning(acts=(lookup,), question=True))
    if service := asides.asks_only_how_long(state, values):
        wish = replace(state.wish, visit=replace(state.wish.visit, service=service))
        length = Meaning((Heard("ask", "length", _ASKED_FOR),), asks=("length",), question=True)
        return replace(state, language=language, wish=wish, meaning=length)
    if asks_what_stands(state, meaning, values):
        lookup = Heard("lookup", "", _ASKED_FOR)
        return replace(state, language=language, meaning=Meaning(acts=(lookup,), question=True), offered=())
    if state.readback and (at := says_what_it_is(values)):
        heard = _heard(state, text[:at].strip(" ,;.-"), language, listening)
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
    if other := given_to(state, values, now.date()) or without_guest(state, values) or ordered(state, values):
        own, left = other
        heard = _heard(own, left, language, listening) if left else replace(own, language=language, meaning=Meaning())
        meaning = replace(heard.meaning, agreed=False, changed=heard.meaning.changed | _WHOM)
        return replace(heard, meaning=meaning, aim=state.aim)
    if rest := besides_what_stays(state, message):
        return one_more(state, _heard(state, rest, language, listening))
    if rest := without_the_time_left(state, message, meaning):
        return _heard(state, rest, language, listening)
    if shared_out(state, values):  # each has what is said of them, and nothing is taken out of the visit
        meaning = replace(meaning, named=frozenset(), less=frozenset(), only=False)
    before, state = state, renamed_guests(state, values)
    renamed = state is not before
    if renamed and values.name and values.name.text in {one.whom for one in (state.wish.visit, *state.along)}:
        values = replace(values, name=None)
    along, values = told_of_parts(state, values, now.date())
    message = replace(message, values=values)
    state = replace(state, language=language)
    if state.readback and not meaning.agreed and (more := asides.yes_and_more(state, values, listening)):
        named = contacts_told(state.wish, values)  # another name is read back first
        changed = fields_changed(state.wish, named)
        wish = replace(named, visit=adopted(state.wish.visit, state.readback), others=(more,))
        meaning = replace(meaning, agreed=not changed, yes=True, no=False, changed=changed)
        return replace(state, wish=wish, meaning=meaning)
    if not meaning.agreed and (besides := asides.one_more_day(state, values)):
        wish = replace(contacts_told(state.wish, values), visit=besides[0], others=besides[1:])
        changed = fields_changed(state.wish, wish) | _DAY
        meaning = replace(meaning, adding=True, yes=False, no=False, changed=changed)
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

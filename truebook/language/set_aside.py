"""What stands beside the rest of a message is set aside, and the rest heard alone: a call, a note, a question."""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import takewhile

from truebook.language.acts import After, Heard, likeliest, read
from truebook.language.agreeing import beside, consent
from truebook.language.lists import in_any, lists_of
from truebook.language.lists.bounds import LIMITS
from truebook.language.lists.marks import phrases, words_of
from truebook.language.lists.ordinary import rare_words
from truebook.language.meaning import asides
from truebook.language.meaning.clauses import begins_as_condition, masked
from truebook.language.meaning.meant import SURE, purpose_of
from truebook.language.meaning.noting import (
    Note,
    calls_us,
    conditions,
    goes_on,
    noted,
    says,
    tells_of_it,
    told_along,
    wants_call,
    wants_to_know,
    without_joints,
)
from truebook.language.meaning.questions import FACTS, brings_somebody, facts_asked
from truebook.language.names import TITLES
from truebook.language.one_message import EDGES, heard_alone, is_plain_yes
from truebook.language.pointing.choosing import POINTS
from truebook.language.spans import Span, blanked
from truebook.language.state import Meaning, Slot, State
from truebook.language.text import plain, sentences
from truebook.language.values.constraints import constraints_of
from truebook.language.values.reading import values_of
from truebook.language.values.said import Listening, Values
from truebook.language.visits.company import called_of
from truebook.language.visits.ordering import asks_which_way
from truebook.language.yes_and_more import change_of_another, yes_and_more

_WISHES = ("book", "move", "available", "tell")
_CALLED = 6  # words that tell a name and nothing else


def beside_a_call(state: State, text: str, language: str, listening: Listening) -> State:
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
    around = (values_of(one, language, listening) for one in text.split(call.said, 1))
    later = all(is_plain_yes(state, one) for one in around)  # "yes. call me and I'll confirm"
    agreed = heard.meaning.agreed and not (beside.turns(said) or told or later)  # that hour might be the visit's
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
    note = None if is_plain_yes(state, values_of(text, language, listening)) else _noted(state, text, language)
    renames = note and state.readback and asides.renames(note.said, text, language, listening)
    if note is None or renames or not _is_for_the_team(note, values_of(note.text, language, listening)):
        along = _told_along(state, text, language, listening)
        return along or _beside_a_question(state, text, language, listening)
    known = rare_words(" ".join(state.wish.notes), language)
    goes_on = note.rest and note.asked and text.endswith(note.rest) and tells_of_it(note.rest, language)
    if goes_on and not values_of(note.rest, language, listening).whens:  # "did you note the knee? it's the left one"
        told = "" if rare_words(note.text, language) <= known else f"{note.text}. "
        note = replace(note, text=f"{told}{note.rest.strip(' .!')}", rest="")
    said = values_of(without_joints(note.said, language), language, listening)
    wishes = not (note.asked or note.said.startswith("(")) and _wishes_in(said, state)  # "my son (13, 3rd form)"
    if note.by_itself and wishes:
        note = replace(note, text=_without_the_wish(said))
    missing = rare_words(note.text, language) - known
    asked = note.asked and bool(state.booked or (known and not missing))  # what was not noted yet is noted now
    if note.text not in state.wish.notes and not asked:
        state = replace(state, wish=replace(state.wish, notes=(*state.wish.notes, note.text)))
    here = {slot.staff for slot in (*state.shown, *filter(None, (state.booked,)))}  # "tell Anna that ..."
    others = tuple(one for one in said.people if not here & {*one.ids})
    marks = tuple(mark for mark in said.marks if not (note.asked and mark.key == "also"))  # "is her name on it, too?"
    harmless = not (wishes or note.rest == text or beside.takes_back(replace(said, people=others, marks=marks)))
    if not note.rest and not wishes:  # nothing else is said
        heard = replace(state, language=language, meaning=Meaning())
    elif harmless:
        heard = _beside_a_note(state, note.rest, language, listening)
    else:
        heard = _beside_a_question(state, text, language, listening)
        further = _noted(state, note.rest, language) if note.rest != text else None
        if further and not further.asked:
            heard = replace(heard, wish=replace(heard.wish, notes=(*heard.wish.notes, further.text)))
        asks = tuple(topic for topic in heard.meaning.asks if topic != "other")
        heard = replace(heard, meaning=replace(heard.meaning, asks=heard.meaning.asks if "?" in text else asks))
    told = "\n".join(filter(None, (note.text, heard.meaning.note)))
    return replace(heard, meaning=replace(heard.meaning, note=told, note_asked=asked or heard.meaning.note_asked))


def _is_for_the_team(note: Note, told: Values) -> bool:
    """Tell whether a note says something to the team: neither "yes" does, nor does it ask whether a time is booked."""
    rest = blanked(told.text, told.spans)
    small = in_any(told.language, "yes", "no", "courtesy", "filler")
    says = any(not (word.text.isdecimal() or word.text in small) for word in words_of(rest, told.language))
    only_a_time = note.asked and told.spans and not rare_words(rest, told.language)
    return says and not (told.says("waitlist") or only_a_time)


def _wishes_in(said: Values, state: State) -> bool:
    """Tell whether what is noted wishes for something as well: "I need somebody because my back hurts"."""
    after: tuple[After, ...] = (state.after,)
    after = ("nothing", *after) if said.services else after  # "my mum, whose back is bad, wants yoga"
    heard = [h for one in after for h in read(masked(said), one, said.language)]
    return likeliest(heard, *_WISHES, "cancel") >= SURE


def _without_the_wish(said: Values) -> str:
    """Return what a wish tells of somebody, without what it wishes for: the "for my 9 year old" of "a maths lesson for
    my 9 year old on friday"."""
    told = conditions(said.text, said.language) or [(0, len(said.text))]
    start = max((stop for _, stop in said.spans if stop <= told[0][0]), default=0)
    end = told[-1][1] if any(begins >= told[-1][1] for begins, _ in said.spans) else len(said.text)
    return said.text[start:end].strip(" ,.;:!?")


def _noted(state: State, text: str, language: str) -> Note | None:
    """Return what a text wants the team to know: any of them, or the one whom the customer comes to."""
    staff, slot = state.desk.staff, state.readback or state.booked
    with_whom = tuple(one.name for one in staff if slot and one.id == slot.staff)
    return noted(text, language, _words_of(tuple(one.name for one in staff)), _words_of(with_whom))


@lru_cache(maxsize=256)
def _words_of(names: tuple[str, ...]) -> frozenset[str]:
    """Return the words by which members of staff are called."""
    return frozenset(word for name in names for word in plain(name).split()) - TITLES


def _told_along(state: State, text: str, language: str, listening: Listening) -> State | None:
    """Return state after a yes to a read-back beside which the team is told something; None where it is none."""
    note = told_along(text, language) if state.readback else None
    if note is None or not note.rest:
        return None
    asks = facts_asked(values_of(note.text, language, listening), outright=True) or ()
    if "?" in text[text.index(note.said) :] and {*asks} - {"remind"}:  # "can I pay by card?"
        return None
    told = replace(state, wish=replace(state.wish, notes=tuple(dict.fromkeys((*state.wish.notes, note.text)))))
    heard = heard_alone(told, note.rest, language, listening)
    asks = tuple(topic for topic in asks if topic == "remind")  # whether and when we do that is told as well
    return replace(heard, meaning=replace(heard.meaning, note=note.text, asks=asks)) if heard.meaning.agreed else None


def _beside_a_question(state: State, text: str, language: str, listening: Listening) -> State:
    """Return state after a message; what follows a plain yes and takes nothing of it back is set aside.

    "Yes. But I still want to know whether I may eat before": it is booked, and that is asked. "Yes, and tell me if
    anything earlier comes free": it is booked, and that is waited for; so it is beside an offer that is taken.
    """
    values = values_of(text, language, listening)
    if more := change_of_another(state, values, listening) or yes_and_more(state, values, listening):
        return more
    if state.offered and not state.readback and (taken := _taken_beside_a_question(state, values, listening)):
        return taken
    condition = _on_a_fact(values, listening) if state.readback else None
    if condition and (heard := heard_alone(state, text, language, listening)).meaning.yes:  # it is read back once more
        meaning = asides.with_questions(heard.meaning, condition[2], condition[1])
        return replace(heard, meaning=replace(meaning, agreed=False))
    yes = consent.yes_until(state.readback, values, purpose_of(state)) if state.readback else 0
    yes = _up_to_its_stop(yes, values)
    for span, how in _beside_stretches(state, values, yes, listening):
        if found := _beside_what_is_taken(state, values, span, how, listening):
            return found
    return heard_alone(state, text, language, listening)


def _beside_stretches(
    state: State, values: Values, yes: int, listening: Listening
) -> Iterator[tuple[Span, tuple[bool, bool]]]:
    """Yield what may stand beside what is taken, with how, as `_standing_beside` is told: what is behind a yes, or
    before one ("Na gut, sie kann warten. Ja bitte"), or the wait that is wished for beside an offer."""
    if yes:
        yield (values.words[yes].start, len(values.text)), (True, False)
    if remark := _remark_before_a_yes(state, values.text, values.language, listening):
        yield (0, remark), (False, True)
    elif not yes and state.offered and (waiting := asides.waiting_words(values)):
        yield waiting, (False, False)


def _beside_what_is_taken(
    state: State, values: Values, span: Span, how: tuple[bool, bool], listening: Listening
) -> State | None:
    """Return state after a yes, or an offer that is taken, with the stretch that stands beside it; None where that
    takes something of it back, or the rest is none. how: as `_standing_beside` is told."""
    text, (start, end) = values.text, span
    rest = f"{text[:start].rstrip(' ,;:¿')} {text[end:]}".strip()
    heard = heard_alone(state, rest, values.language, listening)
    if not (heard.meaning.agreed or heard.meaning.picked):
        return None
    gap = text[values.words[values.before(start) - 1].end : start] if how[0] else "."
    found = _standing_beside(heard, text[start:end], how, gap, state, listening)
    pieces = [text[start:end][a:b] for a, b in sentences(text[start:end])] if how[0] else []
    for piece in pieces if found is None and len(pieces) > 1 else ():  # "my mum is thrilled. Is there a lift?"
        found = _standing_beside(found or heard, piece, how, gap, state, listening)
        gap = "."
        if found is None:
            break
    return found


def _standing_beside(
    heard: State, text: str, how: tuple[bool, bool], gap: str, state: State, listening: Listening
) -> State | None:
    """Return what was heard with what stands beside it; None where that takes something of it back.

    heard: the state after the rest of the message. state: the one before it. how: whether it stands behind a yes, and
    whether before one. gap: what parts the two.
    """
    besides, language, (yes, remark) = values_of(text, heard.language, listening), heard.language, how
    whole, named = besides, frozenset[str]()
    if yes and state.readback:  # "does Anna speak English?", "must I fast for the blood test?" once that is booked
        besides, named = _only_asked_about(besides, state.readback, state.standing)
    placed = state.readback is not None and state.readback.service in state.desk.classes  # each has one of their own
    along = yes and bool(consent.HARD_STOP.search(gap)) and state.asks("move") and not placed
    along = along and brings_somebody(besides, 0, len(besides.text))
    worried = yes and "?" in besides.text and (along or says("worry", besides.text, language))
    if worried and state.readback:  # of what was read back: "I never did yoga"
        here = state.readback.services
        left = values_of(blanked(besides.text, conditions(besides.text, language)), language, listening)
        besides = replace(left, services=tuple(hit for hit in left.services if not here & {*hit.ids}))
    owed = yes and beside.only_asks_again(besides)
    outright = owed or wants_to_know(besides.text, language)
    asked = facts_asked(whole if named else besides, outright=outright or worried) if yes or "?" in text else None
    acts = read(masked(besides), "readback", language) if yes or remark else ()
    asked = () if asked is None and owed else asked
    if asked is not None and (
        owed or beside.asks_only(besides, asked, gap, outright, acts, worried=worried, along=along)
    ):
        meaning = replace(heard.meaning, named=named or heard.meaning.named)
        return replace(heard, meaning=asides.with_questions(meaning, asked, besides))
    if besides.says("waitlist") and beside.waits_only(besides):
        when = constraints_of(besides, listening.now.date(), (), None)
        return replace(heard, meaning=replace(heard.meaning, waits=tuple(c for c in when if c.on in ("day", "time"))))
    called = bool(called_of(besides)) and len(besides.words) <= _CALLED
    if (yes or remark) and beside.only_remarks(besides, acts, gap, named=called, leads=remark):
        wrong = likeliest(acts, "complain") >= SURE
        if called_of(besides) or likeliest(acts, "note") >= SURE:  # "yes. he is called Max"
            note = without_joints(besides.text, language).strip(" .,;")
            wish = replace(heard.wish, notes=(*heard.wish.notes, note))
            heard = replace(heard, wish=wish, meaning=replace(heard.meaning, note=note))
        return replace(heard, meaning=replace(heard.meaning, complaint=heard.meaning.complaint or wrong))
    return None


def _only_asked_about(besides: Values, slot: Slot, standing: tuple[Slot, ...]) -> tuple[Values, frozenset[str]]:
    """Return the values of what stands beside a yes without whom and what it only asks about: with whom it is, what
    is booked already, what is done here, or costs: "does Ben do fringes?"; and the services among the latter."""
    asks, may = {*(facts_asked(besides, outright=False) or ())}, lists_of("company", besides.language)["may"]
    does = besides.says("offers") and not (besides.says("me", "it") or phrases(besides.words, may))
    people = () if does and "?" in besides.text else (hit for hit in besides.people if slot.staff not in hit.ids)
    facts = {"price", "length", *(("offered", "services") if does else ())}
    named = frozenset(one for hit in besides.services for one in hit.ids if asks and asks <= facts)
    named = frozenset() if named & slot.services else named
    free = named.union(*(one.services for one in standing))
    left = tuple(hit for hit in besides.services if not free & {*hit.ids})
    return replace(besides, people=tuple(people), services=left), named


def _up_to_its_stop(yes: int, values: Values) -> int:
    """Return how many words a yes has that does not reach into the sentence behind it, nor into a word with a hyphen:
    "oui ! Et est-ce que ...?"."""
    while yes and values.text[values.words[yes - 1].end : values.words[yes].start] == "-":
        yes -= 1
    stops = [m.start() for m in consent.HARD_STOP.finditer(values.text, 0, values.words[yes - 1].end if yes else 0)]
    return next((place for at in reversed(stops) if 0 < (place := values.before(at)) < yes), yes)


def _remark_before_a_yes(state: State, text: str, language: str, listening: Listening) -> int:
    """Return where the last sentence of an answer to a read-back begins, where that alone is a yes: "On site is fine.
    Yes, book it please"."""
    start = sentences(text)[-1][0] if text.strip() else 0
    start = len(text) - len(without_joints(text[start:], language)) if start else 0  # "A lift? And yes, please"
    last = values_of(text[start:], language, listening) if start and state.readback else None
    yes = last and state.readback and consent.is_plain(state.readback, purpose_of(state), last, firm=True)
    return start if yes else 0


def _taken_beside_a_question(state: State, values: Values, listening: Listening) -> State | None:
    """Return state after an offer is taken, or another day or hour wished for, and something else is asked, or made a
    condition: "eight, fine. But must I fast?", "the first if I can pay by card"; None where that is not so."""
    condition = _on_a_fact(values, listening)
    asked = [*asides.questions_only(values), *([condition[0]] if condition else [])]
    rest = blanked(values.text, asked)
    if not asked or not rest.strip(EDGES):
        return None
    names = bool(values.days or values.times or values.people or values.marked(*POINTS))
    if not names and not consent.says_only(("yes",), values_of(rest, values.language, listening), firm=True):
        return None  # "sounds good. what is her number?" takes none
    besides = values_of(" ".join(values.text[a:b] for a, b in asked), values.language, listening)
    besides, told = condition[1:] if condition else (besides, facts_asked(besides, outright=True))
    told = ("order",) if asks_which_way(besides) else None if "hours" in (told or ()) else told  # open "on the 8th"?
    heard = heard_alone(state, rest.strip(EDGES), values.language, listening) if told is not None else state
    alone = all(values.text[:start].rstrip(" ¿")[-1:] in ".!?;\n" for start, _ in asked)
    taken = heard.meaning.picked is not None or (alone and heard.meaning.changed & {"day", "time"})
    if told is None or not taken or heard.meaning.no:
        return None
    return replace(heard, meaning=asides.with_questions(heard.meaning, told, besides))


def _on_a_fact(values: Values, listening: Listening) -> tuple[Span, Values, tuple[str, ...]] | None:
    """Return where a message makes a fact its condition, that as a question, and what it is about: "if I can park
    there", "as long as it isn't over an hour"; what only they themselves know is none."""
    for first, last in phrases(values.words, lists_of(LIMITS, values.language)["provided"]).items():
        start, begins = values.words[first].start, values.words[last].end
        end = values.clause(begins)[1]
        known = says("know", values.text[:begins], values.language)  # "j'aimerais savoir si ..."
        if known or not begins_as_condition(values, start) or values.text[end : end + 1] == "?":
            continue  # "is it ok if she comes along?"
        asked = values_of(f"{values.text[begins:end].strip()}?", values.language, listening)
        topics = facts_asked(asked, outright=True) if asked.bare else None
        if topics and {*topics} <= {*FACTS, "price", "length"}:
            return (start, end), asked, topics
    return None

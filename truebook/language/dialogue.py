"""A conversation: what was heard so far, turn by turn, and what the customer wants.

A message goes the way that the package's own description tells, each step a pure function in a file that says it. What
the desk does then is decided in `assistant/decide`.
"""

import datetime as dt
from dataclasses import replace

from truebook.language.acts import Heard
from truebook.language.desk_turn import heard_assistant
from truebook.language.idiom import language_of
from truebook.language.lists.marks import words_of
from truebook.language.lists.ordinary import is_strange
from truebook.language.meaning.meant import LIKELY, SURE
from truebook.language.meaning.noting import asked_outright, asks_for_number, says, without_lead_ins
from truebook.language.meaning.of_what_stands import SURELY
from truebook.language.meaning.questions import day_asked
from truebook.language.merge import merged
from truebook.language.names import directory
from truebook.language.one_message import heard_alone
from truebook.language.pointing.references import spoken_of, stands_on
from truebook.language.set_aside import beside_a_call
from truebook.language.shorthand import hours_written_out, written_out
from truebook.language.state import Desk, Meaning, State
from truebook.language.text import sentences
from truebook.language.values.not_here import asks_for_nobody
from truebook.language.values.reading import values_of
from truebook.language.values.said import Listening
from truebook.language.wish import Constraint
from truebook.language.wishing.not_offered import beside_what_is_not_offered

__all__ = ["begin", "heard_assistant", "heard_customer"]

_TELLING = 3  # known words that tell a language, where a name was asked
_WISHES = ("book", "move", "available", "tell")
_FAINTLY = 0.1  # how sure a complaint must be where a word says that something went wrong
_COMPLAINS = 0.7  # how sure a complaint beside a wish is one


def begin(desk: Desk, *, language: str | None = None) -> State:
    """Return the state of a conversation in which nothing was said yet."""
    staff, services = directory(desk.staff), directory(desk.services, frozenset())
    return State(desk=desk, language=language or desk.languages[0], staff_names=staff, service_names=services)


def heard_customer(state: State, text: str, now: dt.datetime) -> State:
    """Return state after the customer wrote text; now is the business's wall clock."""
    begun = state.after != "nothing" or bool(state.wish.visit.service or state.wish.visit.constraints)
    language = language_of(text, state.language, begun=begun)
    known = sum(not is_strange(word.text, language) for word in words_of(text, language))
    if state.asks("name") and known < _TELLING:  # names are of no language
        language = state.language
    timed = any(slot.time for slot in state.shown) or state.asks("time")
    people = 1 + sum(bool(one.whom) or one.service is None for one in state.along)
    text = written_out(text, language, names=state.asks("name"))
    text = hours_written_out(text, language, open_=timed, people=people)
    text = asked_outright(without_lead_ins(text, language), language)
    name = state.wish.name if state.wish.name != state.wish.visit.whom else None  # a guest's is not yet theirs
    listening = Listening(
        state.desk, state.staff_names, state.service_names, now, state.asked, name or "",
        read_back=state.readback is not None, about=spoken_of(state), stands=stands_on(state),
        people=people, counts=state.readback.counts if state.readback else frozenset(),
    )  # fmt: skip
    if asks_for_number(text, language):
        return replace(state, language=language, meaning=Meaning(asks=("number",), question=True))
    wronged = says("wronged", text, language)
    if wronged:
        heard = _beside_a_wrong(state, text, language, listening)
    else:
        values = values_of(text, language, listening)
        heard = beside_what_is_not_offered(
            state, values, lambda one, said: beside_a_call(one, said, language, listening)
        )
        if spoilt := says("spoilt", text, language) and _was_bad(heard.meaning):
            wronged, heard = spoilt, _beside_a_wrong(state, text, language, listening)
    complaint = wronged or says("complaint", text, language) or _complains_besides(heard.meaning)
    supposes = heard.meaning.question and says("supposes", text, language)
    meaning = replace(heard.meaning, complaint=complaint, might=says("might", text, language), supposes=supposes)
    if "hours" in meaning.asks and (day := day_asked(values_of(text, language, listening))):
        meaning = replace(meaning, on_day=day)
    if supposes and not meaning.agreed:
        heard = replace(heard, aim=state.aim)
    if not meaning.agreed:
        meaning = asks_for_nobody(heard, meaning, text, listening)
    if _corrects_contacts(state, meaning):  # the row keeps the name it was booked under: the team is told, beside it
        meaning = replace(meaning, note=text)
    if says("person", text, language) and not meaning.calls:
        meaning = replace(meaning, acts=(Heard("person", "", SURELY), *meaning.acts), agreed=False)
    return replace(heard, meaning=meaning)


def _beside_a_wrong(state: State, text: str, language: str, listening: Listening) -> State:
    """Return state after a complaint: what it names is what was bad, and only whole sentences of it that wish for
    something at a time are heard; whoever was named in the others is not wanted."""
    cut = [text[start:end] for start, end in sentences(text)]
    kept = [one for one in cut if not (says("wronged", one, language) or says("spoilt", one, language))]
    kept = [one for one in kept if _wishes(heard_alone(state, one, language, listening))]
    if not kept:
        return replace(state, language=language, meaning=Meaning(acts=(Heard("complain", "", SURELY),)))
    heard = heard_alone(state, " ".join(one.strip() for one in kept), language, listening)
    bad = values_of(" ".join(one for one in cut if one not in kept), language, listening).people
    who = {hit.ids[0] for hit in bad if len(hit.ids) == 1} - {heard.wish.visit.staff}
    visit = merged(heard.wish.visit, [Constraint("staff", (one,), allow=False) for one in sorted(who)])
    return replace(heard, wish=replace(heard.wish, visit=visit))


def _was_bad(meaning: Meaning) -> bool:
    """Tell whether a message with a word for what went wrong complains of it: "the colour I got yesterday looks
    awful", but not "my hair is awful, I need a cut"."""
    sorry = meaning.likeliest("complain")
    if meaning.yes or meaning.likeliest("available") >= LIKELY:
        return False
    if sorry >= LIKELY and not meaning.changed & {"day", "time"}:
        return True
    return sorry >= max(_FAINTLY, *(meaning.likeliest(act) for act in (*_WISHES, "ask")))


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

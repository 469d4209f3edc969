"""A yes that goes on to another appointment: "yes, and a colour on saturday at 11", "Book it, please. Then wednesday
as well, between three and six".

What was read back is agreed to with that, and what follows is heard as if it were said alone.
"""

from collections.abc import Iterator
from dataclasses import replace

from truebook.language.acts import After, read
from truebook.language.agreeing import consent
from truebook.language.lists import lists, lists_of
from truebook.language.lists.marks import phrases
from truebook.language.meaning.asides import JOINTS, only_when
from truebook.language.meaning.clauses import masked
from truebook.language.meaning.meant import SURE, purpose_of
from truebook.language.meaning.of_what_stands import says_what_it_is
from truebook.language.meaning.questions import facts_asked
from truebook.language.merge import merged, on_day
from truebook.language.one_message import heard_alone
from truebook.language.pointing.choosing import is_named_by_day
from truebook.language.spans import blanked, clear_of, spans
from truebook.language.state import SERIES, Slot, State
from truebook.language.values.reading import values_of
from truebook.language.values.said import STOPS, Listening, Values
from truebook.language.visits.company import is_for_me
from truebook.language.wish import Visit, Wish
from truebook.language.wishing.changing import contacts_told, fields_changed

_TURNING = ("no", "hedge", "but", "rather", "otherwise", "cannot_come", "cancels", "changes")
_LED = 4  # words from a comma within which it is said that something is added


def yes_and_more(state: State, values: Values, listening: Listening) -> State | None:
    """Return the state after a yes to a read-back that goes on to further visits; None where it is none."""
    slot, text, language = state.readback, values.text, values.language
    if slot is None or not slot.service or says_what_it_is(values):  # "yes, and it's a colour, right?"
        return None
    named_so = spans([values.name])  # "Margaret Reed, yes. And now the other one"
    for at in _cuts(values):
        before = values_of(blanked(text[:at], named_so).strip(" ,"), language, listening)
        if not _says_yes(state, slot, before):
            continue
        rest = values_of(text[at:], language, listening)
        if (service := _more_of(state, slot, rest, text[:at])) is not None:
            more = _heard_alone(state, slot, service, rest, listening)
            visits = _visits(state, slot, service, more)
            named = contacts_told(state.wish, values_of(text[:at], language, listening))
            changed = fields_changed(state.wish, named)  # another name is read back first
            heard = heard_alone(state, before.text, language, listening)
            wish = replace(named, visit=heard.wish.visit, others=visits)
            said = more.meaning
            meaning = replace(heard.meaning, agreed=not changed, yes=True, no=False, changed=changed, named=said.named)
            meaning = replace(meaning, asks=said.asks, question=said.question, wonders=said.wonders, usual=said.usual)
            return replace(heard, wish=wish, meaning=meaning)
    return None


def change_of_another(state: State, values: Values, listening: Listening) -> State | None:
    """Return the state after a message that changes something booked before, while another one is offered or read back:
    "yes. And push the wednesday one half an hour"; what it says of that is heard once this one is booked, or at once
    where this one is declined, or nothing said of it. None where it is no such message."""
    if not (state.standing and state.shown) or state.asks("move") or state.asks("cancel"):
        return None
    text, language = values.text, values.language
    turns = {0, *_cuts(values), *(mark.start for mark in values.marked("but"))}
    for at in sorted(turns, reverse=True):
        before = text[:at].strip(" ,")
        heard = heard_alone(state, before, language, listening) if before else None
        told = heard and (heard.meaning.changed or heard.meaning.days or heard.meaning.named)
        declined = heard is None or (heard.meaning.no and not told)
        if not _changes_another(state, values_of(text[at:], language, listening), declined=at > 0 and declined):
            continue
        if heard is None or declined:
            nothing = replace(state, readback=None, offered=(), asked=frozenset[str]())
            return heard_alone(nothing, text[at:], language, listening)
        return replace(heard, meaning=replace(heard.meaning, then=text[at:]))
    return None


def _changes_another(state: State, rest: Values, *, declined: bool) -> bool:
    """Tell whether a message surely moves or cancels something that stands, and names it by what nothing that is open
    has; declined: what is open may have it as well."""
    here = {state.wish.visit.service, *(one.service for one in state.shown)}
    mine = frozenset[str]().union(*(slot.services for slot in state.standing))
    told = [one for one in state.standing if is_named_by_day(one, rest)]
    if not declined:
        told = [one for one in told if one.day not in [shown.day for shown in state.shown]]
    of_mine = rest.named <= mine and bool(told or rest.named - (set() if declined else here))
    later = any(one.minutes for one in rest.shifts)
    return of_mine and (later or _surely(rest, "receipt", "move", "cancel"))


def _cuts(values: Values) -> Iterator[int]:
    """Yield where what follows a yes may begin: behind a full stop, at an "and", at what is added."""
    stops = (values.before(one.end()) for one in consent.HARD_STOP.finditer(values.text))
    places = {at for at in stops if 0 < at < len(values.words)}
    joints = {mark.first for mark in values.marked("and") if mark.first}
    added = {m.first for m in values.marked("adding") if values.text[: m.start].rstrip(" ¿¡").endswith((*STOPS, "-"))}
    yield from (values.words[at].start for at in sorted(places | joints | added) if at)


def _says_yes(state: State, slot: Slot, before: Values) -> bool:
    """Tell whether what comes first is a yes to what was read back, and more than an "ok": "great, then saturday" is
    instead of it."""
    purpose = purpose_of(state)
    return consent.agrees(slot, purpose, before, ()) and consent.is_plain(slot, purpose, before, firm=True)


def _more_of(state: State, slot: Slot, rest: Values, before: str) -> str | None:
    """Return the service of which what follows a yes is one more visit, empty where it does not say; None where it is
    anything else."""
    named = [hit.ids[0] for hit in rest.services if len(hit.ids) == 1]
    if slot.id == SERIES and not named:
        return None  # "yes, and add the 30th": one more date of it
    stopped = consent.HARD_STOP.search(before) is not None
    joined, led = rest.words[0].text in lists(rest.language)["and"], _is_led(rest, stopped=stopped)
    other_day = any(day.date != slot.day or day.until for day in rest.days)
    if named and named[0] not in slot.services:
        theirs = stopped and rest.marked("kin") and not _turns(rest)  # "Yes. What would a perm cost for my mum?"
        asking = "?" in rest.text and not _surely(rest, "receipt", "book")
        asks = asking and facts_asked(rest, outright=False)  # "and what is a colour?"
        return named[0] if (joined or led or theirs) and not (asks or _is_instead(rest)) else None
    waiting = state.later[0].service if state.later else None
    if slot.guest and is_for_me(rest) and (stopped or joined) and (rest.times or rest.says("right_after")):
        return waiting or slot.service  # "yes, and for myself at four"
    if _turns(rest) or _is_instead(rest):
        return None
    if not (other_day or (rest.times and not rest.days)):
        added = rest.says("adding", "also") and rest.says("kin", "appointment")
        joins = slot.service in state.desk.classes or rest.marked("same_time", "at_once")
        added = added and not joins  # "and a place for my husband"
        wished = added and _surely(rest, "receipt", "book") and not rest.days and stopped
        return (named[0] if named else "") if wished else None
    further = rest.words[0].text in JOINTS and other_day and only_when(rest)
    goes_on = led or further or (joined and waiting) or (stopped and rest.marked("adding", "also"))
    return waiting or slot.service if goes_on else None


def _is_led(rest: Values, *, stopped: bool) -> bool:
    """Tell whether it begins with words that add something: "und dann noch", "and the second one".

    stopped: it is a sentence of its own; behind a comma an "also" adds nothing: "ça me va, et seize heures aussi ?".
    """
    last = phrases(rest.words, lists_of("consent", rest.language)["more"]).get(0, -1)
    adding = rest.marked("adding", "also") if stopped else rest.marked("adding")
    leads = last >= 0 if stopped else last > 0 and rest.words[0].text in JOINTS
    return leads or any(mark.first < _LED for mark in adding)


def _turns(rest: Values) -> bool:
    """Tell whether something is taken back; the "otra" of "y la otra" takes nothing back, nor does "if possible"."""
    listed = lists_of("consent", rest.language)
    led = [(0, last) for first, last in phrases(rest.words, listed["more"]).items() if first == 0]
    free = [(rest.words[a].start, rest.words[b].end) for a, b in (*led, *phrases(rest.words, listed["lastly"]).items())]
    turning = rest.marked(*_TURNING)
    return bool(clear_of(turning, [*free, *spans(rest.marked("adding"))]))


def _is_instead(rest: Values) -> bool:
    """Tell whether what follows a yes rather changes it than is one more: "and make that a colour"."""
    return _surely(rest, "readback", "correct", "if") and not _surely(rest, "receipt", "book")


def _surely(rest: Values, after: After, *does: str) -> bool:
    """Tell whether something is surely done by it, where the desk had said something before."""
    heard = read(masked(rest), after, rest.language)
    return any(h.probability >= SURE and {h.act, h.topic} & {*does} for h in heard)


def _heard_alone(state: State, slot: Slot, service: str, rest: Values, listening: Listening) -> State:
    """Return what is heard in what follows a yes, as if a conversation began with it."""
    alone = State(state.desk, rest.language, Wish(Visit(service or None)))
    alone = replace(alone, staff_names=state.staff_names, service_names=state.service_names)
    return heard_alone(alone, rest.text, rest.language, replace(listening, read_back=False, about=slot.day))


def _visits(state: State, slot: Slot, service: str, heard: State) -> tuple[Visit, ...]:
    """Return the visits that are wished for behind a yes."""
    first, *others = heard.wish.visit, *heard.wish.others
    if waiting := next((one for one in state.later if one.service == service), None):
        first = merged(waiting, first.constraints)
    elif service and not first.on("day") and slot.day:
        first = merged(first, [on_day(slot.day)])
    return (first, *others)

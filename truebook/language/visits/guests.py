"""What those who come are called, once it is told or corrected, and who of them is none after all: "his name is
Corey", "it's not Rory, it's Corey", "not for Rory, for me"."""

from collections.abc import Mapping
from dataclasses import replace

from truebook.language.lists import lists, lists_of
from truebook.language.lists.marks import phrases
from truebook.language.merge import adopted
from truebook.language.names import given_names
from truebook.language.spans import clear_of, spans
from truebook.language.state import State
from truebook.language.text import plain
from truebook.language.values.said import STOP, Values
from truebook.language.values.written import runs
from truebook.language.visits.company import COMPANY, UNNAMED, called_of, company, is_for_me
from truebook.language.visits.party import my_places
from truebook.language.wish import Visit
from truebook.language.wording import one_of_many

_DENIALS = ("not_before", "no", "not_after", "without", "cancels", "forget", "goes")
_EDGES = " ,;:.!-–\"'«»„“”"


def renamed_guests(state: State, values: Values) -> State:
    """Return state with the names of guests as a message tells them; the very same state where it tells none."""
    visit, along = state.wish.visit, state.along
    every = (visit, *along, *state.later, *state.wish.others)
    guests = list(dict.fromkeys(one.whom for one in every if one.whom))
    names = _told(guests, values)
    names |= {old: new for old in guests if (new := _instead_of(old, values))}
    alike = _each_by_name(state, values)
    if not alike and not any(names.get(one, one) != one for one in guests):
        return state
    visit, *further = alike or (replace(one, whom=names.get(one.whom or "", one.whom)) for one in (visit, *along))
    return also_later(replace(state, wish=replace(state.wish, visit=visit), along=tuple(further)), names)


def _each_by_name(state: State, values: Values) -> tuple[Visit, ...]:
    """Return the parts of a visit with a name for each guest who has none, where a message tells as many, in order:
    "Sam and Alex Green" of two who come, "the kids are Max and Leo"; nothing where it tells others."""
    parts = (state.wish.visit, *state.along)
    if state.wish.visit.service in state.desk.classes:
        return ()
    kin, one_of = lists(values.language)["kin"], one_of_many(values.language)
    open_ = [at for at, one in enumerate(parts) if (at and one == Visit()) or (one.whom and plain(one.whom) in kin)]
    several = [name for what, name in called_of(values) if what.casefold() in one_of]
    names = several if len(several) > 1 else [joined] if (joined := joined_name(values)) else []
    if not names or len(names) != len(open_):
        return ()
    told = dict(zip(open_, names, strict=True))
    return tuple(replace(one, whom=told.get(at, one.whom)) for at, one in enumerate(parts))


def also_later(state: State, names: Mapping[str, str]) -> State:
    """Return state with the names of guests in what waits as well: the "son" of next week's lesson is Jonas, too."""
    waiting = (*state.later, *state.wish.others)
    called, own = tuple(replace(one, whom=names.get(one.whom or "", one.whom)) for one in waiting), len(state.later)
    return replace(state, later=called[:own], wish=replace(state.wish, others=called[own:]))


def in_full(name: str | None, state: State) -> str | None:
    """Return a name as it was told before: the "Hannah" of whom it is known that she is Hannah Moss."""
    guests = list(dict.fromkeys(one.whom for one in (state.wish.visit, *state.along) if one.whom))
    if name == UNNAMED and len(guests) == 1:  # "for me at ten and for her at eleven"
        return guests[0]
    known = [*filter(None, (state.wish.name,)), *guests]
    return next((one for one in known if name == one.split()[0]), name)


def without_guest(state: State, values: Values) -> tuple[State, str] | None:
    """Return state where what is proposed is not for a guest after all, and what else a message says; None where it
    denies none: "not for Ornella, for me", "take off Ornella", "it's just me", "not my son, my daughter"."""
    guests = [one.whom for one in (state.wish.visit, *state.along) if one.whom]
    if not (state.readback or state.offered or state.asked) or state.asks("cancel"):
        return None
    denied = next(((one, span) for one in guests if (span := _denied(one, guests, values))), None)
    if denied is None and state.wish.visit.whom and _is_mine_alone(values):
        denied = state.wish.visit.whom, (0, 0)
    if denied is None:
        return None
    gone, (start, end) = denied
    named, own = _instead_of(gone, values), {*plain(state.wish.name or "").split()}
    others = [one for one in company(values) if not start <= values.words[one.first].start < end and one.name != gone]
    if len(others) > 1 or (named and not others and not {*plain(named).split()} <= own):
        return None
    rest = f"{values.text[:start]} {values.text[end:]}"
    whom = others[0].name if others else None
    for one in others:
        rest = rest.replace(values.text[values.words[one.first].start : values.words[one.last].end], "")
    visit = adopted(state.wish.visit, state.readback) if state.readback else state.wish.visit
    visit, *along = (replace(one, whom=whom) if one.whom == gone else one for one in (visit, *state.along))
    if whom is None:
        along = [one for one, old in zip(along, state.along, strict=True) if old.whom != gone or one.service]
    return replace(state, wish=replace(state.wish, visit=visit), along=tuple(along)), rest.strip(_EDGES)


def _denied(guest: str, guests: list[str], values: Values) -> tuple[int, int] | None:
    """Return where a message says of a guest that they are none: the "not for Rory" of "not for Rory, for me"."""
    known, words = lists(values.language), values.words
    names = {*plain(guest).split()} | (known["kin"] if len(guests) == 1 else set[str]())
    small = values.small("skip", "whose", "for_whom", "with_whom", "is_called")
    for mark in values.marked(*_DENIALS):
        at = mark.last + 1
        guest_no = mark.first > 0 and words[mark.first - 1].text in names  # "mi hermana no"
        joined = guest_no and not values.text[words[mark.first - 1].end : mark.start].strip()
        if joined and values.text[mark.end :].strip()[:1] in ("", *".,;!"):
            return words[mark.first - 1].start, mark.end
        while at < len(words) and words[at].text in small:
            at += 1
        if at == len(words) or words[at].text not in names or STOP.search(values.text, mark.end, words[at].start):
            continue
        if mark.key != "no" or any(word.text in known["for_whom"] for word in words[mark.last + 1 : at]):
            last = at + (at + 1 < len(words) and words[at + 1].text in names)
            return mark.start, words[last].end
    return None


def _is_mine_alone(values: Values) -> bool:
    """Tell whether a message says that the customer comes, and nobody else: "it's for me", "I'm coming myself"."""
    if company(values) or values.says("also", "adding", "named"):
        return False
    if values.services and not values.says("alone"):
        return False
    myself = phrases(values.words, lists_of(COMPANY, values.language)["myself"])
    suits = values.says("yes", "praise") and not values.says("but", *_DENIALS)
    mine = bool(myself) or (is_for_me(values) and not suits)
    return mine or (values.says("alone") and bool(my_places(values)))


def joined_name(values: Values) -> str | None:
    """Return the name that an "and" joins to the customer's own: the "Alex Green" of "Sam and Alex Green"."""
    own, joints = values.name, lists(values.language)["and"]
    for one in runs(values.text, values.language) if own else ():
        gap = values.text[own.end : one.start].strip() if own else ""
        if gap and (gap == "&" or plain(gap) in joints) and (" " in one.text or plain(one.text) in given_names()):
            return one.text
    return None


def _told(guests: list[str], values: Values) -> dict[str, str]:
    """Return the names that are told of guests: the "son" is Jonas, and so is "the boy", or whoever "his name is" said
    of, where there is only one, or only one whose name is not known."""
    called, kin = called_of(values), lists(values.language)["kin"]
    nameless = [one for one in guests if plain(one) in kin or one == UNNAMED]
    mine = [one for one in guests if values.name and one == values.name.text]  # "no, Hannah is me, and she is Zoe"
    called = called or (_called_apart(values) if nameless else ())
    only = nameless or mine or (guests if values.says("their_name") and not values.marked("also", "adding") else [])
    alone = {only[0]: called[0][1]} if len(only) == len(called) == 1 else {}
    return alone | {what: name for what, name in called if what}


def _called_apart(values: Values) -> tuple[tuple[str, str], ...]:
    """Return the name of the only guest where it stands beside the customer's own, or behind an "is": "Emilia Moss, my
    name is Karin", "the little one, the cut, is Zoe"."""
    taken = (*values.spans, *spans([values.name]))
    for one in clear_of(runs(values.text, values.language), taken):
        led = any(m.key == "is_called" and not values.text[m.end : one.start].strip() for m in values.marks)
        if (led and {*plain(one.text).split()} & given_names()) or (values.says("named") and " " in one.text):
            return (("", one.text),)
    return ()


def _instead_of(old: str, values: Values) -> str | None:
    """Return the name that a message tells instead of one that it denies: "not Rory, it's Corey"."""
    known, words = lists(values.language), values.words
    small = {word for key in ("is_called", "whose") for phrase in known[key] for word in phrase.split()}
    for mark in values.marked("not_before", "no", "not_after"):
        at = mark.last + 1
        while at < len(words) and words[at].text in small:
            at += 1
        stopped = at < len(words) and STOP.search(values.text, mark.end, words[at].start)
        if at == len(words) or stopped or words[at].text not in plain(old).split():
            continue
        others = (one.text for one in runs(values.text, values.language) if plain(one.text) != plain(old))
        return next((one for one in others if one[:1].isupper()), None)
    return None

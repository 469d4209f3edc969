"""What those who come are called, once it is told or corrected: "his name is Corey", "it's not Rory, it's Corey"."""

from dataclasses import replace

from truebook.language.company import called_of
from truebook.language.contact import runs
from truebook.language.lists import lists
from truebook.language.state import State
from truebook.language.text import plain
from truebook.language.values import Values


def renamed_guests(state: State, values: Values) -> State:
    """Return state with the names of guests as a message tells them; the very same state where it tells none."""
    visit, along = state.wish.visit, state.along
    guests = list(dict.fromkeys(one.whom for one in (visit, *along) if one.whom))
    names = _told(guests, values)
    names |= {old: new for old in guests if (new := _instead_of(old, values))}
    if not any(names.get(one, one) != one for one in guests):
        return state
    visit, *further = (replace(one, whom=names.get(one.whom or "", one.whom)) for one in (visit, *along))
    return replace(state, wish=replace(state.wish, visit=visit), along=tuple(further))


def _told(guests: list[str], values: Values) -> dict[str, str]:
    """Return the names that are told of guests: the "son" is Jonas, and so is "the boy", or whoever "his name is" said
    of, where there is only one, or only one whose name is not known."""
    called, kin = called_of(values), lists(values.language)["kin"]
    nameless = [one for one in guests if plain(one) in kin]
    only = nameless or (
        guests if values.says("their_name") and not (values.says("also") or values.says("adding")) else []
    )
    alone = {only[0]: called[0][1]} if len(only) == len(called) == 1 else {}
    return alone | dict(called)


def _instead_of(old: str, values: Values) -> str | None:
    """Return the name that a message tells instead of one that it denies: "not Rory, it's Corey"."""
    known, words = lists(values.language), values.words
    small = {word for key in ("is_called", "whose") for phrase in known[key] for word in phrase.split()}
    for mark in values.marked("not_before", "no", "not_after"):
        at = mark.last + 1
        while at < len(words) and words[at].text in small:
            at += 1
        if at == len(words) or words[at].text not in plain(old).split():
            continue
        others = (one.text for one in runs(values.text, values.language) if plain(one.text) != plain(old))
        return next((one for one in others if one[:1].isupper()), None)
    return None

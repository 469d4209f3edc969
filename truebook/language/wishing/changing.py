"""What a message changes: who the customer is, and which parts of the wish."""

from dataclasses import replace

from truebook.language.state import Field
from truebook.language.text import plain
from truebook.language.values.said import Values
from truebook.language.visits.company import called_of
from truebook.language.visits.party import instead_of_me, party_of
from truebook.language.wish import On, Visit, Wish

_WHEN: tuple[On, ...] = ("time", "end", "order")


def contacts_told(wish: Wish, values: Values) -> Wish:
    """Return the wish with the name, number and address that a message tells; of two who come, not the guest's."""
    party, guests = party_of(values, 0.0), [name for _, name in called_of(values)]
    named = values.name.text if values.name else ""
    outright = values.says("named", "naming")  # "put it in the name of my wife"
    same = bool(named) and named == wish.visit.whom and not outright
    theirs = (party.me and bool(party.others) and named in guests) or same
    theirs = theirs or instead_of_me(values) is not None
    told = wish.name if values.name is None or theirs else named or None
    outright = values.says("named") or (wish.name is not None and told != wish.name)
    whom = wish.visit.whom  # "huber maria", who is Maria Huber
    whom = named if whom and sorted(plain(whom).split()) == sorted(plain(named).split()) else whom
    return replace(
        wish,
        visit=replace(wish.visit, whom=whom),
        name=told,
        under=wish.under if values.name is None or theirs else told if outright else None,
        phone=values.phone.text if values.phone else wish.phone,
        email=values.email.text if values.email else wish.email,
    )


def fields_changed(before: Wish, after: Wish) -> frozenset[Field]:
    """Return what of a wish is not as it was."""
    old, new = before.visit, after.visit
    found: dict[Field, bool] = {
        "service": old.service != new.service,
        "whom": old.whom != new.whom,
        "staff": _on(old, "staff") != _on(new, "staff"),
        "day": _on(old, "day") != _on(new, "day"),
        "time": any(_on(old, on) != _on(new, on) for on in _WHEN),
        "name": (before.name, before.under) != (after.name, after.under),
        "phone": before.phone != after.phone,
        "email": before.email != after.email,
    }
    return frozenset(name for name, differs in found.items() if differs)


def _on(visit: Visit, what: On) -> set[tuple[object, ...]]:
    return {(c.values, c.allow, c.choice, c.others) for c in visit.constraints if c.on == what}

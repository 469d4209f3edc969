"""Turn the acts of the recorded assistant into the acts of ours."""

from dataclasses import replace
from datetime import date, time
from typing import Any

from truebook.language.state import Act, Asked, Booked, Failed, Informed, Offered, ReadBack, Slot, State

_ASKED = {"date": "day", "time": "time", "provider": "staff"}


def acts_from_data(acts: list[list[str]], state: State) -> list[Act]:
    """Return our acts for recorded ones such as ["CONFIRM", "time", "15:30"]."""
    kinds = {a[0] for a in acts}
    offer, confirm, proposed = _slot(acts, "OFFER"), _slot(acts, "CONFIRM"), _slot(acts, "REQUEST")
    found: list[Act] = []
    if "NOTIFY_FAILURE" in kinds:
        found.append(Failed())
    if "NOTIFY_SUCCESS" in kinds:
        found.append(Booked(wished(state)))
    if offer.staff or offer.time:
        found.append(Offered((offer,)))
    elif proposed.staff or proposed.time or proposed.day:
        found.append(Offered((proposed,)))
    if confirm.staff or confirm.time or confirm.day:
        found.append(ReadBack(completed(confirm, state)))
    elif offer.staff and offer.time and offer.day:
        found.append(ReadBack(offer))
    found += [Asked(_ASKED[a[1]]) for a in acts if a[0] == "REQUEST" and a[1] in _ASKED]  # type: ignore[arg-type]
    found += [Asked("other") for a in acts if a[0] == "REQUEST" and a[1] not in _ASKED]
    found += [Asked("booking") for a in acts if a[0] == "OFFER_INTENT"]
    found += [Asked("more") for a in acts if a[0] in ("REQ_MORE", "GOODBYE")]
    return found or [Informed()]


def wished(state: State) -> Slot:
    """Return the slot that the customer wished so far."""
    visit = state.wish.visit
    return Slot("wish", visit.service, visit.staff, visit.day, visit.time)


def completed(slot: Slot, state: State) -> Slot:
    """Return slot with what the assistant left out filled from the wish."""
    wish = wished(state)
    return replace(slot, staff=slot.staff or wish.staff, day=slot.day or wish.day, time=slot.time or wish.time)


def _slot(acts: list[list[str]], kind: str) -> Slot:
    told: dict[str, Any] = {a[1]: a[2] for a in acts if a[0] == kind and len(a) > 2 and a[2]}
    return Slot(
        id=kind.lower(),
        staff=told.get("provider"),
        day=date.fromisoformat(told["date"]) if "date" in told else None,
        time=time.fromisoformat(told["time"]) if "time" in told else None,
    )

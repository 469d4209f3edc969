"""What the tools' answers and the ends of turns meant, as the acts by which a conversation is described."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any

from pydantic_ai.messages import ToolCallPart

from truebook.language.state import (
    Act,
    Asked,
    AskedWhich,
    Booked,
    Failed,
    Gone,
    Informed,
    Listed,
    Offered,
    ReadBack,
    Reminded,
    Slot,
)

Returned = dict[str, Any]
TOOLS = (
    "listServices", "findSlots", "freeDays", "bookAppointment", "moveAppointment", "cancelAppointment", "changePlaces",
    "myAppointments", "showAppointment", "bookSeries", "cancelSeries", "joinWaitlist", "leaveWaitlist", "myWaitlist",
    "takeWaitlistOffer", "confirmComing", "noteAppointment",
)  # fmt: skip


def of_answer(tool: str, returned: Returned) -> list[Act]:
    """Return what a tool's answer meant the customer was shown."""
    match tool, returned.get("status"):
        case "findSlots", _:
            return [Offered(tuple(map(slot_of, returned["offers"])))]
        case "bookSeries", "not_free":
            return [Offered(tuple(map(slot_of, returned["offers"])))]
        case "freeDays", _:
            return [Offered(()), Asked("day")]
        case "showAppointment", "unknown_code":
            return [Asked("code")]
        case "showAppointment", _:
            return [Listed(tuple(map(slot_of, returned["appointments"])))]
        case "myAppointments", _ if returned.get("reminder"):
            return [Reminded(slot_of(returned["appointments"][0]))]
        case "myAppointments", _:
            mine = tuple(map(slot_of, returned["appointments"]))
            unknown = not returned.get("known", True)
            aim = None if returned["purpose"] == "tell" or not (mine or unknown) else returned["purpose"]
            asking = aim and len(mine) > 1
            wanted = [] if mine else [Asked("booking" if returned.get("known", True) else "code")]
            return [AskedWhich(mine, aim) if asking else Listed(mine, aim), *wanted]
        case "joinWaitlist" | "leaveWaitlist", "read_back":
            first, *others = returned["waiting"]
            slot = Slot(first["id"], "", "") if others else Slot(first["id"], first["service"], first["staff"])
            return [ReadBack(slot), Asked("booking" if tool == "joinWaitlist" else "cancel")]
        case "cancelAppointment" | "cancelSeries", "read_back":
            return [ReadBack(slot_of(returned["slot"])), Asked("cancel")]
        case "moveAppointment" | "changePlaces", "read_back":
            return [ReadBack(slot_of(returned["slot"])), Asked("move")]
        case _, "read_back":
            told = {"whom": returned.get("for", ""), "dates": len(returned.get("dates", ())) or 1}
            return [ReadBack(replace(slot_of(returned["slot"]), **told)), Asked("booking")]
        case _, "name_wanted":
            return [Asked("name", slot_of(returned["slot"]) if "slot" in returned else None)]
        case _, "booked" | "moved":
            return [Booked(slot_of(returned["slot"]))]
        case "cancelSeries", "cancelled":
            return [Gone(slot_of(returned["slot"]))]
        case _, "cancelled":
            return [Gone(slot_of(one)) for one in (*returned.get("also", ()), returned["slot"])]
        case _, "refused":
            return [Failed(returned["reason"]), Offered(tuple(map(slot_of, returned["offers"])))]
        case _:
            return []


ASKED: dict[str, Any] = {
    "ask_service": "service", "ask_staff": "staff", "ask_day": "day", "ask_time": "time", "ask_which_day": "day",
    "ask_which_time": "time", "ask_new_time": "day", "declined": "day", "smalltalk": "booking", "late": "move",
    "ask_code": "code", "ask_count": "count",
}  # fmt: skip


def of_end(part: ToolCallPart) -> list[Act]:
    """Return what the end of a turn meant, where no tool had anything to show."""
    if part.tool_name in TOOLS:
        return []
    said = part.args_as_dict()
    acts: list[Act] = [Informed(topic) for topic in said.get("about", ())]
    acts += [Offered(())] if said.get("move") == "kept" else []
    return [*acts, *(Asked(ASKED[move]) for move in (said.get("move"),) if move in ASKED)]


def really_shown(acts: Sequence[Act]) -> list[Act]:
    """Return what the customer was really shown: a read-back stands instead of the offers that led to it."""
    settled = max((place for place, act in enumerate(acts) if isinstance(act, ReadBack | Booked | Gone)), default=-1)
    return [act for place, act in enumerate(acts) if place > settled or not isinstance(act, Offered)]


def slot_of(brief: Returned) -> Slot:
    """Return a time as a tool told it (`acts.brief`), as what can be named along with a yes."""
    guests = {part.get("guest") for part in brief.get("parts", ())}
    return Slot(
        brief["id"],
        brief["service"],
        brief["staff"],
        date.fromisoformat(brief["day"]),
        time.fromisoformat(brief["time"]),
        brief.get("minutes"),
        tuple(part["service"] for part in brief.get("parts", ())),
        people=brief.get("seats") or max(1, len(guests)),
        guests=tuple(part.get("guest") for part in brief.get("parts", ())),
        with_whom=tuple(part["staff"] for part in brief.get("parts", ())),
        guest=next(iter(guests)) if len(guests) == 1 else None,
        at_once=len({part["time"] for part in brief.get("parts", ())}) == 1,
    )

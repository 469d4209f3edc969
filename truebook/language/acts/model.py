"""The closed lists of the acts: what people do with a sentence, and what the desk may have said just before it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

After = Literal[
    "nothing",  # the first message
    "ask_service",
    "ask_day",
    "ask_time",
    "ask_name",
    "ask_which",  # which of your appointments?
    "offer",  # times to choose from
    "readback",  # shall I book (move, cancel) this?
    "receipt",  # booked, moved, cancelled
    "reminder",
    "list",  # the customer's own appointments
    "else",  # anything else: answers to questions, small talk
]
AFTER: tuple[After, ...] = get_args(After)

TOPICS: dict[str, tuple[str, ...]] = {
    "greet": (),
    "thank": (),
    "bye": (),
    "smalltalk": (),
    "book": (),
    "move": (),
    "cancel": (),
    "lookup": (),  # see or confirm the own appointments
    "available": (),  # what is free?
    "tell": (),  # only gives values, as an answer or in addition
    "choose": ("this", "place", "time", "person", "any", "all"),
    "more": (),  # other times, earlier, later
    "agree": ("", "if"),  # a plain yes; a yes with a condition or a change
    "doubt": (),
    "unable": (),  # says why a day or an hour cannot be
    "refuse": (),
    "correct": (),  # no wait, I meant …
    "withdraw": (),  # not needed any more, before anything is booked
    "ask": (
        "price", "length", "hours", "address", "parking", "payment", "who", "included", "children", "animals",
        "access", "bring", "services", "policy", "code", "works", "other",
    ),
    "late": (),
    "complain": (),
    "person": (),  # wants a human
    "remind": (),
    "note": (),  # tell the staff, call me back, my money back: for a person to read
    "same": (),  # as last time
    "other_person": (),  # for somebody else
    "people": (),  # several people
    "services": (),  # more than one service
    "class": (),
    "every": (),  # every week
    "waitlist": ("join", "leave", "take"),
    "coming": (),  # yes, I'll be there
    "not_coming": (),
    "instruct": (),  # orders to the machine
    "offtopic": (),
    "unclear": (),
}  # fmt: skip

ACTS: tuple[str, ...] = tuple(
    f"{act}:{topic}" if topic else act for act, topics in TOPICS.items() for topic in topics or ("",)
)
"""Every act with its topic, as it is written in an example: "book", "ask:price"."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One act that a clause was heard to do; topic is "" where the act has none. Of ten at .8, eight are right."""

    act: str
    topic: str
    probability: float


def likeliest(acts: Iterable[Heard], *kinds: str) -> float:
    """Return how probable the likeliest of some kinds of acts is, or of all that were heard."""
    return max((heard.probability for heard in acts if not kinds or heard.act in kinds), default=0.0)

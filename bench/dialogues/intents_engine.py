"""Speak the intents protocol of the scorers (one JSON object a line) with the dialogue understanding of the product."""

import json
import re
import sys
from collections.abc import Sequence
from datetime import datetime

from truebook.language.acts import Heard
from truebook.language.dialogue import begin, heard_assistant, heard_customer
from truebook.language.state import Act, Asked, Booked, Desk, Informed, Offered, ReadBack, Slot, State

NOW = datetime(2019, 11, 18, 9)
_NAMES = {
    "book": "create", "class": "create", "every": "create", "remind": "create", "services": "create", "same": "create",
    "waitlist": "create", "move": "reschedule", "correct": "reschedule", "cancel": "cancel", "not_coming": "cancel",
    "withdraw": "cancel", "agree": "confirm", "choose": "confirm", "refuse": "reject",
    "lookup": "query", "available": "query", "ask": "query", "more": "query", "thank": "chat", "bye": "chat",
    "greet": "chat", "smalltalk": "chat", "complain": "chat", "offtopic": "chat", "unclear": "chat",
    "doubt": "chat", "unable": "reschedule",
}  # fmt: skip
_ADDED = ("tell", "people")  # a part of something new, or of what is there already
_REQUESTS = ("create", "reschedule", "cancel")
_ANSWERS = ("confirm", "reject")
_TIMES = re.compile(r"does one of these work|here are some times", re.IGNORECASE)
_FAINT, _LIKELY, _SURE = 0.1, 0.5, 0.6
_TALK = 0.1  # how much surer than a faint request talk must be
_RSVP = re.compile(r"\b(?:accept|decline|join|rsvp)\b", re.IGNORECASE)  # answering invitations counts as a query here
_OPEN = re.compile(r"^(?:.*[.!] )?(?:can|could) you |^what .*\?$", re.IGNORECASE)  # asks for words, not for a yes
_DONE = re.compile(
    r"^(?:i've|i have|you have) (?:put|deleted|changed|added|moved|cancel|updated|accepted|declined)", re.I
)


def acts(said: str | None) -> list[Act]:
    """Return what the assistant's sentence meant: it asked for a yes, did something, or told something."""
    if not said:
        return []
    if _TIMES.search(said):
        return [Offered(tuple(Slot(f"time {i}") for i in range(3)))]
    if said.rstrip().endswith("?") and not _OPEN.search(said):
        return [ReadBack(Slot("event")), Asked("cancel" if "cancel" in said else "booking")]
    if _DONE.search(said):
        return [Booked(Slot("event"))]
    return [Informed()]


def intent(text: str, said: str | None) -> str:
    """Return the protocol's name for what text means after said."""
    state = heard_assistant(begin(Desk((), (), tells_foreign=False)), acts(said), NOW)
    if _RSVP.search(text) and not state.asked:
        return "query"
    meaning = heard_customer(state, text, NOW).meaning
    if meaning.agreed:
        return "confirm"
    sure = _sure(meaning.acts, state)
    if all(sure.get(name, 0.0) >= _LIKELY for name in _ANSWERS):
        return "reject"  # who says yes and no in one breath has not agreed, here as at the desk
    if (
        meaning.no
        and meaning.changed & {"day", "time"}
        and not meaning.keeps
        and sure.get("reschedule", 0.0) >= _LIKELY
    ):
        return "reschedule"  # a no with another time is a change
    chat = sure.pop("chat", 0.0)
    requests = {name: sure[name] for name in _REQUESTS if sure.get(name, 0.0) >= _SURE}
    if sure.get("confirm", 0.0) >= _SURE and requests:
        return max(requests, key=lambda name: requests[name])  # "yes, and cancel the other one"
    best = max(sure, key=lambda name: sure[name], default="chat")
    likely = sure.get(best, 0.0)
    told = bool(meaning.changed & {"day", "time"})  # it is looked for, whatever else is said
    talk = likely < _SURE and chat > likely + _TALK and not meaning.question and not (told and likely >= _FAINT)
    if likely < _FAINT and told and not chat:
        return "create"
    return "chat" if likely < _FAINT or talk else best


def _sure(heard: Sequence[Heard], state: State) -> dict[str, float]:
    """Return how sure each name of the protocol is, of all acts that go by it."""
    sums: dict[str, float] = {}
    for act in heard:
        name = _name(act, state)
        sums[name] = 1 - (1 - sums.get(name, 0.0)) * (1 - act.probability)
    return sums


def _name(heard: Heard, state: State) -> str:
    """Return the protocol's name for an act: where nothing was proposed, nothing is confirmed or rejected."""
    after = state.after
    if heard.act == "cancel" and state.asks("cancel"):
        return "confirm"  # "yes, delete it" says what was read back
    if heard.act in _ADDED:
        anew = after == "nothing" or (heard.act == "tell" and after == "else")
        return "create" if anew else "reschedule"
    if (heard.act, heard.topic) == ("agree", "if"):
        return "reschedule"  # a yes with a change is a change
    name = _NAMES.get(heard.act, "chat")
    return "chat" if name in _ANSWERS and after not in ("offer", "readback") else name


def main() -> None:
    """Answer the lines of standard input."""
    for line in sys.stdin:
        message = json.loads(line)
        print(json.dumps({"intent": intent(message["text"], message["prev"])}), flush=True)


if __name__ == "__main__":
    main()

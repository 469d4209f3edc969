"""Speak the intents protocol of the scorers (one JSON object a line) with the dialogue understanding of the product."""

import json
import re
import sys
from datetime import datetime

from truebook.language.dialogue import begin, heard_assistant, heard_customer
from truebook.language.state import Act, Asked, Booked, Desk, Informed, Offered, ReadBack, Slot

NOW = datetime(2019, 11, 18, 9)
_NAMES = {
    "book": "create",
    "class": "create",
    "every": "create",
    "remind": "create",
    "move": "reschedule",
    "correct": "reschedule",
    "cancel": "cancel",
    "withdraw": "cancel",
    "agree": "confirm",
    "choose": "confirm",
    "refuse": "reject",
    "doubt": "reject",
    "lookup": "query",
    "available": "query",
    "ask": "query",
    "more": "query",
}
_TIMES = re.compile(r"does one of these work|here are some times", re.IGNORECASE)
_FAINT, _SURE = 0.3, 0.6
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
    named = [_NAMES[h.act] for h in meaning.acts if h.act in _NAMES and h.probability >= _FAINT]
    if named[:1] == ["confirm"] and meaning.likeliest("thank") >= _SURE and not state.asked:
        return "chat"  # "okay, thank you" after an answer
    further = [name for name in named if name in ("create", "reschedule", "cancel")]
    if named[:1] == ["confirm"] and further and meaning.likeliest("book", "move", "cancel") >= _SURE:
        return further[0]
    return named[0] if named else "query" if meaning.question else "chat"


def main() -> None:
    """Answer the lines of standard input."""
    for line in sys.stdin:
        message = json.loads(line)
        print(json.dumps({"intent": intent(message["text"], message["prev"])}), flush=True)


if __name__ == "__main__":
    main()

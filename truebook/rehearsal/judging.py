"""The verdict on a talk: from rows and receipts, never from wording."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from truebook.rehearsal.talks import Segment, Talk

Verdict = Literal["good", "slow", "stuck", "wrong", "untrue", "budget"]
"""How a talk ended; `budget`: not at all, since the business's model may not be played against any more today."""
VERDICTS: tuple[Verdict, ...] = ("good", "slow", "stuck", "wrong", "untrue", "budget")
STANDING = ("confirmed", "pending")
STATUS = {"booked": "confirmed", "requested": "pending", "moved": "confirmed", "cancelled": "cancelled"}
CODE = re.compile(r"\b[2-9A-HJ-NP-Z]{3}-[2-9A-HJ-NP-Z]{3}\b")


@dataclass(frozen=True, slots=True)
class Told:
    """What one answer said: its words and its receipts, and the rows at that moment."""

    text: str
    acts: Sequence[dict[str, Any]]
    rows: Sequence[Segment]


def verdict(
    talk: Talk, today: date, told: Sequence[Told], rows: Sequence[Segment], before: Sequence[Segment]
) -> Verdict:
    """Return how a talk ended; `before` is what stood when it began. What is somebody else's must stay as it was."""
    if untruths(told, rows, before):
        return "untrue"
    others = [one for one in before if one.booker != talk.name]
    if any(one not in rows for one in others):
        return "wrong"
    left, missing = [one for one in rows if one.status in STANDING and one not in others], 0
    for want in talk.wants:
        found = next((one for one in left if want.fits(one, today)), None)
        if found is None:
            missing += 1
        else:
            left.remove(found)
    if left:
        return "wrong"
    if missing:
        return "stuck"
    return "good" if len(told) <= talk.most else "slow"


def untruths(told: Sequence[Told], rows: Sequence[Segment], before: Sequence[Segment]) -> list[str]:
    """Return what was said that no row bears out, and what was done and not told, or told twice."""
    found = [one for answer in told for one in _of(answer)]
    receipts = [act for answer in told for act in answer.acts if act["kind"] == "receipt"]
    booked = Counter(act["code"] for act in receipts if act["topic"] in ("booked", "requested"))
    for code in {one.code for one in rows} - {one.code for one in before}:
        if booked[code] != 1:
            found.append(f"{code} was booked and told {booked[code]} times")
    cancelled = Counter(act["code"] for act in receipts if act["topic"] == "cancelled")
    for code in {one.code for one in rows if one.status == "cancelled"}:
        if cancelled[code] != 1:
            found.append(f"{code} was cancelled and told {cancelled[code]} times")
    return found


def _of(answer: Told) -> list[str]:
    receipts = [act for act in answer.acts if act["kind"] == "receipt"]
    standing = {one.code: one for one in reversed(answer.rows)}
    found = [f"{code} is no appointment" for code in CODE.findall(answer.text) if code not in standing]
    if "✓" in answer.text and not receipts:
        found.append(f"said as done without a receipt: {answer.text}")
    for act in receipts:
        row = standing.get(act["code"])
        if row is None or row.status != STATUS[act["topic"]]:
            found.append(f"{act['topic']} {act['code']}: the row is {row.status if row else 'not there'}")
    return found

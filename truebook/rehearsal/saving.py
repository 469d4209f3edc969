"""A conversation of the test chat as a saved talk: what the customer said, by what was asked, and the rows they got.

What they said as an answer is kept under what had been asked, so that it still fits when the desk asks something else
first; a time that was chosen is not kept at all, since the rows say which will do. Dates become distances.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from truebook.assistant.past import calls
from truebook.db import Database, Scope
from truebook.kernel.errors import Invalid
from truebook.language.languages import ours
from truebook.language.temporal import read
from truebook.language.temporal.model import Context
from truebook.rehearsal.customer import ASKED
from truebook.rehearsal.days import WEEKDAYS
from truebook.tenants import accounts

SAID = """
SELECT role, content, created_at, metadata FROM messages
WHERE account_id = %(tenant)s AND conversation_id = %(conversation)s AND role IN ('user', 'assistant')
  AND withdrawn_at IS NULL ORDER BY created_at, id
"""
WHO = """
SELECT c.name, c.phone, v.language FROM conversations v
LEFT JOIN customers c ON (c.account_id, c.id) = (v.account_id, v.customer_id)
WHERE v.account_id = %(tenant)s AND v.id = %(conversation)s
"""
GOT = """
SELECT s.service_name, s.staff_name, s.starts_at, s.guest_name
FROM appointments a JOIN appointment_segments s ON (s.tenant_id, s.appointment_id) = (a.tenant_id, a.id)
WHERE a.tenant_id = %(tenant)s AND a.conversation_id = %(conversation)s AND a.status IN ('pending', 'confirmed')
ORDER BY s.starts_at, s.position
"""


@dataclass(frozen=True, slots=True)
class _Line:
    role: str
    text: str
    at: datetime
    acts: Sequence[dict[str, Any]]
    move: str

    @property
    def shown(self) -> dict[str, Any] | None:
        """The last thing the desk showed that is to be answered."""
        return next((one for one in reversed(self.acts) if one["kind"] != "receipt"), None)


async def saved(db: Database, scope: Scope, conversation_id: UUID, about: str) -> str:
    """Return a conversation as the text of a file for `truebook rehearse`; raise Invalid where nothing was said."""
    params = {"tenant": scope.tenant, "conversation": conversation_id}
    assert scope.tenant is not None
    account = await accounts.get(db, scope, scope.tenant)
    zone = ZoneInfo(account.timezone)
    who = await db.glance(scope, WHO, params) or (None, None, None)
    lines = [
        _Line(role, text, at.astimezone(zone), meta.get("acts", []), calls.move(meta.get("run", [])))
        for role, text, at, meta in await db.rows(scope, SAID, params)
    ]
    mine = [one for one in lines if one.role == "user"]
    if not mine:
        raise Invalid("id", "nothing was said in this conversation")
    begun = mine[0].at
    language = ours(who[2] or "en")
    kept = _sorted(lines, language)
    wants = [
        {
            "service": service, "staff": staff, "day": f"+{(start.astimezone(zone).date() - begun.date()).days}",
            "at": f"{start.astimezone(zone):%H:%M}", **({"guest": guest} if guest else {}),
        }
        for service, staff, start, guest in await db.rows(scope, GOT, params)
    ]  # fmt: skip
    head = [
        f"business = {_text(account.slug)}",
        f"language = {_text(language)}",
        f"begins = {_text(f'{WEEKDAYS[begun.weekday()]} {begun:%H:%M}')}",
        "",
        "[[talk]]",
        f"about = {_text(about)}",
    ]
    head += [f"{key} = {_text(value)}" for key, value in zip(("name", "phone"), who[:2], strict=True) if value]
    head += [f"says = {_list(kept.pop('says'))}"]
    head += [f"insists = {_list(kept.pop('insists'))}"] if "insists" in kept else []
    answers = ", ".join(f"{asked} = {_list(said)}" for asked, said in kept.items())
    head += [f"answers = {{ {answers} }}"] if answers else []
    head += [f"most = {len(mine)}", f"wants = [{', '.join(map(_table, wants))}]"]
    return "\n".join(head) + "\n"


def _sorted(lines: list[_Line], language: str) -> dict[str, list[str]]:
    """Return what the customer said, by what it was said to."""
    kept: defaultdict[str, list[str]] = defaultdict(list)
    before: _Line | None = None
    for place, one in enumerate(lines):
        if one.role == "assistant":
            before = one
            continue
        after = next((other for other in lines[place:] if other.role == "assistant"), None)
        asked = _asked(before, after)
        if asked:
            kept[asked].append(_without_dates(one, language))
    kept.setdefault("says", [lines[0].text])
    return dict(kept)


def _asked(before: _Line | None, after: _Line | None) -> str | None:
    """Return under what a line is kept, or None for one that only chose what was offered."""
    if before is None:
        return "says"
    act = before.shown
    if act is None:
        return ASKED.get(before.move, "says")
    done = after is not None and any(one["kind"] == "receipt" for one in after.acts)
    match act["kind"]:
        case "read_back":
            return "yes" if done else "insists"
        case "offers" | "refused":
            offered = {one["id"] for one in act["times"]}
            chosen = after.shown if after else None
            return None if chosen and chosen["kind"] == "read_back" and chosen["time"]["id"] in offered else "insists"
        case "listing":
            return "which" if act["purpose"] != "tell" else "says"
        case kind:
            return ASKED.get(kind, "says")


def _without_dates(line: _Line, language: str) -> str:
    """Return a line with a gap for each date in figures: how far it lay ahead."""
    now, text = line.at.replace(tzinfo=None), line.text
    for found in reversed(read(text, Context(now, language)).days):
        if found.until is None and any(sign.isdigit() for sign in text[found.start : found.end]):
            text = f"{text[: found.start]}{{{(found.date - now.date()).days:+d}}}{text[found.end :]}"
    return text


def _text(value: str) -> str:
    """Return a text as TOML writes it: its basic strings are JSON's, but for the DEL sign."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _list(values: Sequence[str]) -> str:
    return f"[{', '.join(map(_text, values))}]"


def _table(values: dict[str, str]) -> str:
    return f"{{ {', '.join(f'{key} = {_text(value)}' for key, value in values.items())} }}"

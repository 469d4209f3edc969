"""What stood behind each message of a chat: which tools were called with what, and which rows its words stand on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic_core import to_json

from truebook.assistant.past.calls import ENDING
from truebook.db import Database, Scope
from truebook.kernel.errors import NotFound

LONGEST = 600
"""Letters of what a tool was told, and of what it answered, that are shown."""
SAID = """
SELECT id, role, content, created_at, kind, delivery, run, by, rows, buttons FROM (
  SELECT m.id, m.role, m.content, m.created_at, m.kind, m.delivery, m.metadata -> 'run' AS run,
         m.metadata ->> 'by' AS by, m.metadata -> 'buttons' AS buttons,
         (SELECT json_agg(json_build_array(t.topic, t.appointment_id, a.code, t.version, t.starts_at, a.status)
                          ORDER BY t.topic, a.code)
          FROM tellings t JOIN appointments a ON a.tenant_id = %(tenant)s AND a.id = t.appointment_id
          WHERE t.account_id = %(tenant)s AND t.message_id = m.id) AS rows
  FROM messages m
  WHERE m.account_id = %(tenant)s AND m.conversation_id = %(id)s AND m.role IN ('user', 'assistant')
  ORDER BY m.created_at DESC, m.id DESC LIMIT %(limit)s) s
ORDER BY created_at, id
"""
CHAT = """
SELECT v.id, v.channel, v.status, v.customer_id, c.name, c.phone, v.username
FROM conversations v LEFT JOIN customers c ON c.account_id = %(tenant)s AND c.id = v.customer_id
WHERE v.account_id = %(tenant)s AND v.id = %(id)s
"""


@dataclass(frozen=True, slots=True)
class Call:
    """A tool that was called: what it was told, and what it answered, as short JSON."""

    tool: str
    told: str
    answered: str


@dataclass(frozen=True, slots=True)
class Row:
    """An appointment that a message spoke of: the version and start it named, and how it stands now."""

    topic: str
    appointment_id: UUID
    code: str
    version: int
    start: datetime
    status: str


@dataclass(frozen=True, slots=True)
class Said:
    """A message, how far it has come, who of the business wrote it, and what stood behind it."""

    id: UUID
    role: str
    text: str
    at: datetime
    kind: str | None
    delivery: str | None
    by: str | None
    calls: tuple[Call, ...]
    rows: tuple[Row, ...]
    buttons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Talk:
    """A chat with the last of what was said in it, in order of time."""

    id: UUID
    channel: str
    status: str
    customer_id: UUID | None
    name: str | None
    phone: str | None
    username: str | None
    said: tuple[Said, ...]


async def talk(db: Database, scope: Scope, chat_id: UUID, *, limit: int = 200) -> Talk:
    """Return a chat and the last of what was said in it; raise NotFound where there is none."""
    params = {"tenant": scope.tenant, "id": chat_id, "limit": limit}
    async with db.reading(scope) as tx:
        head = await tx.row(CHAT, params)
        rows = await tx.rows(SAID, params)
    if head is None:
        raise NotFound("there is no such conversation")
    said = tuple(_said(*row) for row in rows)
    return Talk(head[0], head[1], head[2], head[3], head[4], head[5], head[6], said)


def calls(run: list[dict[str, Any]]) -> tuple[Call, ...]:
    """Return the tools that were called in a remembered run, in order, each with its answer."""
    parts = [part for message in run for part in message["parts"]]
    answers = {
        part["tool_call_id"]: part.get("content")
        for part in parts
        if part["part_kind"] in ("tool-return", "retry-prompt") and part.get("tool_call_id")
    }
    return tuple(
        Call(part["tool_name"], _short(part.get("args")), _short(answers.get(part.get("tool_call_id"))))
        for part in parts
        if part["part_kind"] == "tool-call" and not part["tool_name"].startswith(ENDING)
    )


def _said(
    message_id: UUID, role: str, text: str, at: datetime, kind: str | None, delivery: str | None,
    run: list[dict[str, Any]] | None, by: str | None, rows: list[list[Any]] | None, buttons: list[str] | None,
) -> Said:  # fmt: skip
    told = tuple(Row(r[0], UUID(r[1]), r[2], r[3], datetime.fromisoformat(r[4]), r[5]) for r in rows or ())
    return Said(message_id, role, text, at, kind, delivery, by, calls(run or []), told, tuple(buttons or ()))


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else "" if value is None else to_json(value).decode()
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"

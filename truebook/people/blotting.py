"""Taking a person out of what others wrote: their number and address, and their names where they were booked for."""

import re
from dataclasses import dataclass
from typing import Any

import phonenumbers
from psycopg import sql
from psycopg.types.json import Jsonb

from truebook.db import Transaction
from truebook.people.traces import Traces

BLOT = "…"
BEGINS = r"(?:(?<!\w)|(?<=\\[bfnrt])|(?<=\\u[\da-f]{4}))(?<!\w[.+-])"
ENDS = r"(?!\w)(?![.-]\w)"
"""The borders of an address: a@b.co stands neither in anna.a@b.co nor in a@b.com; in JSON an escape is no letter."""


@dataclass(frozen=True, slots=True)
class Text:
    """A column in which people's words or names may stand: its table, the row's key beside the tenant, and the chat.

    `chat` is the column that says in which conversation it was said, where there is one.
    """

    table: str
    column: str
    key: str = "id"
    chat: str | None = None


TEXTS = (
    Text("messages", "content", chat="conversation_id"),
    Text("messages", "metadata", chat="conversation_id"),
    Text("open_questions", "question", chat="conversation_id"),
    Text("alerts", "words"),
    Text("idempotency_keys", "refusal", key="key"),
    Text("kept_requests", "refusal", key="key"),
)


async def blot(tx: Transaction, found: Traces) -> None:
    """Blot a person out of what remains, inside a transaction of the caller's."""
    sure, likely = pattern(found.numbers, ()), pattern(found.numbers, found.names)
    if likely is None:
        return
    for one in TEXTS:
        chat = sql.Identifier(one.chat) if one.chat else sql.SQL("NULL::uuid")
        query = sql.SQL(
            "SELECT {key}, {column}, {chat} = ANY(%(shared)s::uuid[]) FROM {table} t WHERE account_id = %(tenant)s"
            " AND ({chat} = ANY(%(shared)s::uuid[])"
            " OR EXISTS (SELECT FROM unnest(%(numbers)s::text[]) n WHERE strpos({column}::text, n) > 0))"
        ).format(
            key=sql.Identifier(one.key), column=sql.Identifier(one.column), chat=chat, table=sql.Identifier(one.table)
        )
        params = {"tenant": tx.tenant, "shared": list(found.shared), "numbers": list(found.numbers)}
        for key, value, shared in await tx.rows(query, params):
            rule = likely if shared else sure
            changed = blotted(value, rule) if rule else value
            if changed != value:
                update = sql.SQL("UPDATE {} SET {} = %s WHERE account_id = %s AND {} = %s").format(
                    *map(sql.Identifier, (one.table, one.column, one.key))
                )
                await tx.run(update, (changed if isinstance(changed, str) else Jsonb(changed), tx.tenant, key))


def pattern(numbers: tuple[str, ...], names: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return what finds any of these texts, telephone numbers however they are written; None for nothing to find."""
    kinds = [*map(_number, numbers), *(rf"(?<!\w){re.escape(one)}(?!\w)" for one in names)]
    return re.compile("|".join(sorted(kinds, key=len, reverse=True)), re.IGNORECASE) if kinds else None


def blotted(value: Any, rule: re.Pattern[str]) -> Any:
    """Return a text, or JSON with all its texts, without what the rule finds."""
    match value:
        case str():
            return rule.sub(BLOT, value)
        case list():
            return [blotted(one, rule) for one in value]
        case dict():
            return {name: blotted(one, rule) for name, one in value.items()}
        case _:
            return value


def _number(text: str) -> str:
    try:
        parsed = phonenumbers.parse(text if text.startswith("+") else f"+{text}", None)
    except phonenumbers.NumberParseException:
        return f"{BEGINS}{re.escape(text)}{ENDS}"
    own = r"[\s/().-]*".join(str(parsed.national_number))
    return rf"(?:\+?(?:00)?{parsed.country_code}[\s/().-]*)?(?:\(?0\)?[\s/().-]*)?{own}(?!\d)"

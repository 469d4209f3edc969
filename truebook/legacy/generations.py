"""What the old software called things over the years: each table and column by all the names it has had.

The first generation knew one business: no accounts, no users, no `account_id`, text for the kind of appointment. The
second added them. SQLite and PostgreSQL were created by different migrations and differ again. A name that is missing
in one database is simply not found there.
"""

from dataclasses import dataclass
from typing import Any

from truebook.legacy.outcome import Quarantine
from truebook.legacy.raw import Raw, storable

BOOKKEEPING = {"knex_migrations", "knex_migrations_lock"}
"""The migration tool's own ledger: says nothing about a business, and is left where it is."""

STAMPS = {"created": ("created_at", "createdAt"), "updated": ("updated_at", "updatedAt")}
OWNER = {"account": ("account_id", "tenant_id", "accountId")}


@dataclass(frozen=True)
class Thing:
    """One kind of row: the tables that may hold it, and for each of its fields the columns that may."""

    name: str
    tables: tuple[str, ...]
    columns: dict[str, tuple[str, ...]]


ACCOUNTS = Thing(
    "accounts",
    ("accounts",),
    {"name": ("name", "business_name"), "zone": ("timezone", "time_zone"), **STAMPS},
)
USERS = Thing(
    "users",
    ("users",),
    {
        "email": ("email",),
        "password": ("password_hash", "password"),
        "role": ("role",),
        "feed": ("calendar_feed_token",),
        **OWNER,
        **STAMPS,
    },
)
BOTS = Thing(
    "bot_configs",
    ("bot_configs", "bot_config"),
    {
        "name": ("bot_name", "name"),
        "prompt": ("system_prompt",),
        "tone": ("tone", "personality_tone"),
        "active": ("is_active",),
        **OWNER,
        **STAMPS,
    },
)
SERVICES = Thing(
    "services",
    ("services",),
    {
        "name": ("name", "title"),
        "description": ("description",),
        "price": ("price",),
        "currency": ("currency",),
        "minutes": ("duration_minutes", "duration"),
        "active": ("is_active",),
        "order": ("sort_order",),
        "bot": ("bot_config_id",),
        **OWNER,
        **STAMPS,
    },
)
HOURS = Thing(
    "availability_configs",
    ("availability_configs", "availability_config"),
    {"week": ("weekly_schedule", "schedule"), "active": ("is_active",), **OWNER, **STAMPS},
)
BLACKOUTS = Thing(
    "blackout_dates",
    ("blackout_dates",),
    {
        "first": ("date", "start_date"),
        "last": ("end_date",),
        "reason": ("reason", "description"),
        "yearly": ("is_recurring", "recurring"),
        **OWNER,
        **STAMPS,
    },
)
SESSIONS = Thing(
    "test_chat_sessions",
    ("test_chat_sessions", "chat_sessions"),
    {
        "kind": ("session_type",),
        "number": ("whatsapp_number",),
        "label": ("display_name",),
        "status": ("status",),
        "ordinal": ("session_number",),
        "active_at": ("last_activity",),
        **OWNER,
        **STAMPS,
    },
)
APPOINTMENTS = Thing(
    "appointments",
    ("appointments",),
    {
        "name": ("customer_name", "client_name", "name"),
        "phone": ("customer_phone", "client_phone", "phone"),
        "email": ("customer_email", "client_email", "email"),
        "start": ("datetime", "start_time", "starts_at", "appointment_datetime"),
        "day": ("date", "appointment_date"),
        "clock": ("time", "appointment_time"),
        "minutes": ("duration", "duration_minutes"),
        "end": ("end_time", "ends_at"),
        "status": ("status",),
        "notes": ("notes",),
        "service": ("appointment_type", "service_id", "service"),
        **OWNER,
        **STAMPS,
    },
)
MESSAGES = Thing(
    "chat_messages",
    ("chat_messages",),
    {
        "session": ("session_id",),
        "role": ("role",),
        "text": ("content", "message"),
        "at": ("timestamp", "created_at"),
        "metadata": ("metadata",),
    },
)

THINGS = (ACCOUNTS, USERS, BOTS, SERVICES, HOURS, BLACKOUTS, SESSIONS, APPOINTMENTS, MESSAGES)
"""All of them, parents before children: the order in which rows are read and written."""


class Fields:
    """A raw row by field names instead of column names."""

    def __init__(self, raw: Raw, thing: Thing) -> None:
        self.raw = raw
        self.thing = thing

    def get(self, field: str) -> Any:
        """Return the first value any generation's column has for a field, or None. Raises Quarantine if broken."""
        for column in self.thing.columns[field]:
            value = self.raw.values.get(column)
            if isinstance(value, bytes | memoryview) or (isinstance(value, str) and not storable(value)):
                raise Quarantine("not-text", f"{column} holds bytes that are no text")
            if value is not None:
                return value
        return None

    def text(self, field: str) -> str:
        """Return a field as text without surrounding blanks; empty where there is none."""
        value = self.get(field)
        return "" if value is None else str(value).strip()

    def has(self, field: str) -> bool:
        """Tell whether this generation of the table knows the field at all."""
        return any(column in self.raw.values for column in self.thing.columns[field])


def unread(thing: Thing, columns: tuple[str, ...]) -> tuple[str, ...]:
    """Return the columns of a table that this import takes no field from; bot settings are kept whole."""
    if thing is BOTS:
        return ()
    known = {name for names in thing.columns.values() for name in names} | {"id"}
    return tuple(column for column in columns if column not in known)

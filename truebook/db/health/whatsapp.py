"""WhatsApp: numbers that are stopped or never proved themselves, templates that may not be used, and alerts."""

from dataclasses import dataclass
from typing import LiteralString

import psycopg

from truebook.db.health import everywhere
from truebook.db.health.finding import Finding, judge

SHOWN = 3
"""Of many, so many are named."""


@dataclass(frozen=True, slots=True)
class Look:
    """Something to look for at every business: each row that `query` returns is one, in words.

    `problem` says what was found: `{some}` are the first of them, `{count}` how many, `{s}` and `{are}` for several.
    """

    name: str
    query: LiteralString
    problem: str
    fix: str

    @property
    def __name__(self) -> str:
        """What it is called where it could not be looked at."""
        return self.name

    def __call__(self, connection: psycopg.Connection) -> Finding:
        """Look for it."""
        found = _everywhere(connection, self.query)
        several = len(found) != 1
        some = "; ".join(found[:SHOWN]) + (" …" if len(found) > SHOWN else "")
        problem = self.problem.format(
            some=some, count=len(found), s="s" if several else "", are="are" if several else "is",
            wait="wait" if several else "waits",
        )  # fmt: skip
        return judge(self.name, problem if found else None, self.fix, fatal=False)


LOOKS = (
    Look(
        "WhatsApp numbers",
        "SELECT coalesce(phone, number_id) || ': ' || stopped_because FROM whatsapp_numbers WHERE status = 'stopped'",
        "{count} WhatsApp number{s} {are} stopped: {some}",
        "Do what it says, then connect the number again.",
    ),
    Look(
        "WhatsApp connected",
        "SELECT coalesce(phone, number_id) FROM whatsapp_numbers"
        " WHERE status = 'connecting' AND updated_at < now() - interval '1 hour'",
        "no message has come in yet for {some}",
        "Paste the callback address and the verify token into the app's configuration, subscribe the fields, write.",
    ),
    Look(
        "WhatsApp templates",
        "SELECT name || ' (' || language || ') is ' || status || ' ' || coalesce(category, '') FROM whatsapp_templates"
        " WHERE status <> 'APPROVED' OR category IS NULL OR category NOT IN ('UTILITY', 'AUTHENTICATION')"
        " ORDER BY name, language",
        "{count} template{s}: {some}",
        "Look at WhatsApp Manager, Message templates.",
    ),
    Look(
        "WhatsApp quality",
        "SELECT coalesce(phone, number_id) || ' is ' || quality FROM whatsapp_numbers"
        " WHERE quality IN ('RED', 'YELLOW')",
        "the quality of {some}",
        "Send less that nobody waits for; RED keeps the sending limit from rising (WhatsApp Manager, Insights).",
    ),
    Look(
        "WhatsApp payment",
        "SELECT coalesce(phone, number_id) FROM whatsapp_numbers WHERE is_funded = false",
        "there is no payment method for {some}; beyond the free ones messages are accepted and never arrive",
        "Add one: business.facebook.com, Billing.",
    ),
    Look(  # numbers by which something was sent half an hour ago, and of which no webhook has told anything since
        "WhatsApp webhooks",
        """SELECT DISTINCT coalesce(n.phone, n.number_id) FROM message_attempts a
           JOIN messages m ON m.account_id = a.account_id AND m.id = a.message_id
           JOIN conversations v ON v.account_id = m.account_id AND v.id = m.conversation_id
           JOIN whatsapp_numbers n ON n.account_id = v.account_id AND n.id = v.number_id
           WHERE n.status = 'connected' AND a.outcome IN ('accepted', 'unknown')
             AND a.started_at BETWEEN now() - interval '1 day' AND now() - interval '30 minutes'
             AND a.started_at > coalesce(n.last_webhook_at, '-infinity')""",
        "no webhook has come since something was sent by {some}",
        "Is the address reachable from outside, and is the app Live and subscribed to `messages`?",
    ),
    Look(  # a dead worker behind a good answer
        "webhooks",
        "SELECT key FROM webhook_updates WHERE state = 'stored' AND stored_at < now() - interval '5 minutes'",
        "{count} thing{s} that webhooks brought {wait} for more than 5 minutes",
        "Start a worker (`truebook up`, or `truebook work`).",
    ),
    Look(
        "alerts",
        "SELECT words FROM alerts WHERE resolved_at IS NULL ORDER BY created_at",
        "{count} thing{s} {wait} for a person: {some}",
        "See GET /api/v1/alerts of the business, and resolve them.",
    ),
)
SKEW = """
SELECT min(extract(epoch FROM stored_at - at)) FROM webhook_updates
WHERE kind IN ('message', 'status') AND stored_at > now() - interval '1 day' AND at IS NOT NULL HAVING count(*) > 3
"""
"""A webhook is never here before it happened; where even the quickest took a minute, a clock is wrong."""
BEHIND, AHEAD = -5.0, 60.0
"""Seconds. WhatsApp tells times in whole seconds."""


def clock(connection: psycopg.Connection) -> Finding:
    """Hold this machine's clock against the times that webhooks tell."""
    found = [float(one) for one in _everywhere(connection, SKEW)]
    off = next((one for one in found if not BEHIND <= one <= AHEAD), None)
    problem = f"webhooks say that this machine's clock is {abs(off):.0f} s {_side(off)}" if off is not None else None
    return judge("clock", problem, "Let the machine keep time by NTP (`timedatectl`).", fatal=False)


def _side(off: float) -> str:
    return "behind" if off < 0 else "ahead, or they are very late"


def _everywhere(connection: psycopg.Connection, query: LiteralString) -> list[str]:
    return [str(row[0]) for row in everywhere.rows(connection, query)]

"""WhatsApp: numbers that are stopped or never proved themselves, templates that may not be used, and alerts."""

from typing import LiteralString

import psycopg

from truebook.db.health import everywhere
from truebook.db.health.finding import Finding, judge

STOPPED = "SELECT coalesce(phone, number_id) || ': ' || stopped_because FROM whatsapp_numbers WHERE status = 'stopped'"
UNPROVEN = """
SELECT coalesce(phone, number_id) FROM whatsapp_numbers
WHERE status = 'connecting' AND updated_at < now() - interval '1 hour'
"""
TEMPLATES = """
SELECT name || ' (' || language || ') is ' || status || ' ' || coalesce(category, '') FROM whatsapp_templates
WHERE status <> 'APPROVED' OR category IS DISTINCT FROM 'UTILITY' ORDER BY name, language
"""
ALERTS = "SELECT words FROM alerts WHERE resolved_at IS NULL ORDER BY created_at"
UNWORKED = """
SELECT key FROM webhook_updates WHERE state = 'stored' AND stored_at < now() - interval '5 minutes'
"""
QUALITY = """
SELECT coalesce(phone, number_id) || ' is ' || quality FROM whatsapp_numbers WHERE quality IN ('RED', 'YELLOW')
"""
UNFUNDED = "SELECT coalesce(phone, number_id) FROM whatsapp_numbers WHERE is_funded = false"
UNHEARD = """
SELECT DISTINCT coalesce(n.phone, n.number_id) FROM message_attempts a
JOIN messages m ON m.account_id = a.account_id AND m.id = a.message_id
JOIN conversations v ON v.account_id = m.account_id AND v.id = m.conversation_id
JOIN whatsapp_numbers n ON n.account_id = v.account_id AND n.id = v.number_id
WHERE n.status = 'connected' AND a.outcome IN ('accepted', 'unknown')
  AND a.started_at BETWEEN now() - interval '1 day' AND now() - interval '30 minutes'
  AND a.started_at > coalesce(n.last_webhook_at, '-infinity')
"""
"""Numbers by which something was sent half an hour ago, and of which no webhook has told anything since."""
SKEW = """
SELECT min(extract(epoch FROM stored_at - at)) FROM webhook_updates
WHERE kind IN ('message', 'status') AND stored_at > now() - interval '1 day' AND at IS NOT NULL HAVING count(*) > 3
"""
"""A webhook is never here before it happened; where even the quickest took a minute, a clock is wrong."""
BEHIND, AHEAD = -5.0, 60.0
"""Seconds. WhatsApp tells times in whole seconds."""
SHOWN = 3
"""Of many, so many are named."""


def numbers(connection: psycopg.Connection) -> Finding:
    """Look for numbers by which nothing can be sent."""
    found = _everywhere(connection, STOPPED)
    problem = (
        f"{_count(found, 'WhatsApp number is', 'WhatsApp numbers are')} stopped: {_some(found)}" if found else None
    )
    return judge("WhatsApp numbers", problem, "Do what it says, then connect the number again.", fatal=False)


def proven(connection: psycopg.Connection) -> Finding:
    """Look for numbers that were connected, and have received nothing."""
    found = _everywhere(connection, UNPROVEN)
    problem = f"no message has come in yet for {_some(found)}" if found else None
    fix = "Paste the callback address and the verify token into the app's configuration, subscribe the fields, write."
    return judge("WhatsApp connected", problem, fix, fatal=False)


def templates(connection: psycopg.Connection) -> Finding:
    """Look for templates that may not be used, or are utility no more."""
    found = _everywhere(connection, TEMPLATES)
    problem = f"{_count(found, 'template', 'templates')}: {_some(found)}" if found else None
    return judge("WhatsApp templates", problem, "Look at WhatsApp Manager, Message templates.", fatal=False)


def webhooks(connection: psycopg.Connection) -> Finding:
    """Look for what webhooks brought and nobody has worked on: a dead worker behind a good answer."""
    found = _everywhere(connection, UNWORKED)
    problem = f"{len(found)} things that webhooks brought wait for more than 5 minutes" if found else None
    return judge("webhooks", problem, "Start a worker (`truebook up`, or `truebook work`).", fatal=False)


def quality(connection: psycopg.Connection) -> Finding:
    """Look for numbers whose messages people do not like."""
    found = _everywhere(connection, QUALITY)
    problem = f"the quality of {_some(found)}" if found else None
    fix = "Send less that nobody waits for; RED keeps the sending limit from rising (WhatsApp Manager, Insights)."
    return judge("WhatsApp quality", problem, fix, fatal=False)


def payment(connection: psycopg.Connection) -> Finding:
    """Look for numbers without a payment method: beyond the free ones their messages are accepted and never arrive."""
    found = _everywhere(connection, UNFUNDED)
    problem = f"there is no payment method for {_some(found)}" if found else None
    return judge("WhatsApp payment", problem, "Add one: business.facebook.com, Billing.", fatal=False)


def heard(connection: psycopg.Connection) -> Finding:
    """Look for numbers that send, and hear nothing of it."""
    found = _everywhere(connection, UNHEARD)
    problem = f"no webhook has come since something was sent by {_some(found)}" if found else None
    fix = "Is the address reachable from outside, and is the app Live and subscribed to `messages`?"
    return judge("WhatsApp webhooks", problem, fix, fatal=False)


def clock(connection: psycopg.Connection) -> Finding:
    """Hold this machine's clock against the times that webhooks tell."""
    found = [float(one) for one in _everywhere(connection, SKEW)]
    off = next((one for one in found if not BEHIND <= one <= AHEAD), None)
    problem = f"webhooks say that this machine's clock is {abs(off):.0f} s {_side(off)}" if off is not None else None
    return judge("clock", problem, "Let the machine keep time by NTP (`timedatectl`).", fatal=False)


def _side(off: float) -> str:
    return "behind" if off < 0 else "ahead, or they are very late"


def alerts(connection: psycopg.Connection) -> Finding:
    """Count what a person must look at."""
    found = _everywhere(connection, ALERTS)
    problem = f"{_count(found, 'thing waits', 'things wait')} for a person: {_some(found)}" if found else None
    return judge("alerts", problem, "See GET /api/v1/alerts of the business, and resolve them.", fatal=False)


def _everywhere(connection: psycopg.Connection, query: LiteralString) -> list[str]:
    return [str(row[0]) for row in everywhere.rows(connection, query)]


def _count(found: list[str], one: str, several: str) -> str:
    return f"{len(found)} {one if len(found) == 1 else several}"


def _some(found: list[str]) -> str:
    return "; ".join(found[:SHOWN]) + (" …" if len(found) > SHOWN else "")

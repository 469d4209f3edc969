"""What the guards do not see: each of these only keeps too much busy or says too little; none gives a time twice."""

from typing import LiteralString

import psycopg

from truebook.db.health.everywhere import count
from truebook.db.health.finding import Finding, judge

BEYOND = """
SELECT count(*) FROM claims c JOIN appointment_segments s
  ON (s.tenant_id, s.appointment_id, s.position) = (c.tenant_id, c.appointment_id, c.segment)
WHERE c.number > s.claims
"""
"""Claims beyond what their segment agreed on."""
APART = """
SELECT count(*) FROM appointments a
WHERE status IN ('held', 'pending', 'confirmed') AND (starts_at, ends_at) IS DISTINCT FROM (
  SELECT (min(s.starts_at), max(s.ends_at)) FROM appointment_segments s
   WHERE s.tenant_id = a.tenant_id AND s.appointment_id = a.id)
"""
"""Appointments whose times are not those of their segments."""
OTHERS = """
SELECT count(*) FROM claims c
JOIN appointment_segments s
  ON (s.tenant_id, s.appointment_id, s.position) = (c.tenant_id, c.appointment_id, c.segment)
JOIN resources r ON (r.account_id, r.id) = (c.tenant_id, c.resource_id)
WHERE s.resources <> '[]' AND s.session_id IS NULL AND NOT EXISTS (
  SELECT FROM jsonb_array_elements(s.resources) h
   WHERE (h ->> 'id')::uuid = r.id AND (h ->> 'pool_id')::uuid IS NOT DISTINCT FROM r.pool_id)
"""
"""Claims of somebody or something that no role of their segment names, or of the wrong pool."""
FIX = "Move or cancel these appointments; appointment_history tells who wrote them past the desk."


def agreed(connection: psycopg.Connection) -> Finding:
    """Compare visits with what they claim, business by business."""
    found: list[tuple[LiteralString, int]] = [
        ("claims beyond what was agreed", count(connection, BEYOND)),
        ("appointments with other times than their segments", count(connection, APART)),
        ("claims of what no role of their segment names", count(connection, OTHERS)),
    ]
    wrong = [f"{number} {what}" for what, number in found if number]
    return judge("visits and their claims", "; ".join(wrong) if wrong else None, FIX, fatal=False)

"""One table of claims, step two: the rows there are already get theirs, and from then on every visit must be whole.

Business by business and some hundred rows at a time, each in a transaction of its own: people book meanwhile. A run
that was interrupted goes on where it stopped.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import psycopg
from alembic import context, op

from truebook.db.migrations.script import run

revision = "0010"
down_revision = "0009"

BATCH = 500
NEXT_BUSINESS = "SELECT tenant_id FROM truebook.appointments WHERE tenant_id > %s ORDER BY 1 LIMIT 1"
ACT_FOR = "SELECT set_config('truebook.tenant', %s, true)"
FILL = """
WITH old AS (
  SELECT * FROM truebook.appointments a WHERE tenant_id = %(tenant)s AND id > %(after)s
  ORDER BY id LIMIT %(batch)s FOR NO KEY UPDATE),
parts AS (
  INSERT INTO truebook.appointment_segments (tenant_id, appointment_id, position, service_id, staff_id, starts_at,
    ends_at, claims, service_name, staff_name, price_minor)
  SELECT tenant_id, id, 1, service_id, staff_id, starts_at, ends_at, 1, service_name, staff_name, price_minor FROM old
  ON CONFLICT DO NOTHING RETURNING appointment_id),
claimed AS (
  INSERT INTO truebook.claims (tenant_id, resource_id, starts_at, ends_at, appointment_id, segment, number)
  SELECT tenant_id, staff_id, blocked_from, blocked_until, id, 1, 1 FROM old
  WHERE status IN ('held','pending','confirmed') AND account_id IS NOT NULL
    AND id IN (SELECT appointment_id FROM parts)
  ORDER BY staff_id, blocked_from RETURNING 1)
SELECT id FROM old ORDER BY id DESC LIMIT 1
"""
LACKING = """
SELECT count(*) FROM truebook.appointments a WHERE tenant_id = %(tenant)s AND (
  NOT EXISTS (SELECT FROM truebook.appointment_segments s WHERE s.tenant_id = a.tenant_id AND s.appointment_id = a.id)
  OR a.status IN ('held','pending','confirmed') AND a.account_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM truebook.claims c WHERE c.tenant_id = a.tenant_id AND c.appointment_id = a.id
      AND c.resource_id = a.staff_id AND c.starts_at = a.blocked_from AND c.ends_at = a.blocked_until))
"""
FROM_NOW_ON = """
ALTER TABLE truebook.appointments ENABLE TRIGGER appointments_are_whole;
ALTER TABLE truebook.claims ENABLE TRIGGER claims_are_whole
"""
STILL_OLD = """
ALTER TABLE truebook.appointments DISABLE TRIGGER appointments_are_whole;
ALTER TABLE truebook.claims DISABLE TRIGGER claims_are_whole
"""


def upgrade() -> None:
    if not context.is_offline_mode():
        connection = op.get_bind().connection.driver_connection
        assert isinstance(connection, psycopg.Connection)
        for tenant in list(businesses(connection)):
            fill(connection, tenant)
    run(FROM_NOW_ON)


def downgrade() -> None:
    run(STILL_OLD)


def businesses(connection: "psycopg.Connection[Any]") -> Iterator[UUID]:
    """Yield whoever has appointments, also those whose account is gone: by the key, without reading every row."""
    connection.execute("ALTER TABLE truebook.appointments NO FORCE ROW LEVEL SECURITY")  # which binds the owner too
    tenant = UUID(int=0)
    while row := connection.execute(NEXT_BUSINESS, (tenant,)).fetchone():
        tenant = row[0]
        yield tenant
    connection.execute("ALTER TABLE truebook.appointments FORCE ROW LEVEL SECURITY")
    connection.commit()


def fill(connection: "psycopg.Connection[Any]", tenant: UUID) -> None:
    """Give the appointments of one business their segments and claims; raise where one of them is left without."""
    after: UUID | None = UUID(int=0)
    while after is not None:
        connection.execute(ACT_FOR, (str(tenant),))
        row = connection.execute(FILL, {"tenant": tenant, "after": after, "batch": BATCH}).fetchone()
        connection.commit()
        after = row[0] if row else None
    connection.execute(ACT_FOR, (str(tenant),))
    lacking = connection.execute(LACKING, {"tenant": tenant}).fetchone()
    connection.commit()
    if lacking != (0,):
        raise RuntimeError(f"{lacking} appointments of {tenant} lack their segment or their claim")

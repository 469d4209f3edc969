"""A visit that is whole is found so by two counts; its status is only looked at where they differ."""

from truebook.db.migrations.script import run

revision = "0035"
down_revision = "0034"
FUNCTION = """
CREATE OR REPLACE FUNCTION truebook.appointments_are_whole() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
{body}
END $$
"""
COUNTED = """
DECLARE agreed bigint; held bigint;
BEGIN
  SELECT (SELECT pg_catalog.sum(s.claims) FROM truebook.appointment_segments s
           WHERE s.tenant_id = NEW.tenant_id AND s.appointment_id = NEW.id),
         (SELECT pg_catalog.count(*) FROM truebook.claims c
           WHERE c.tenant_id = NEW.tenant_id AND c.appointment_id = NEW.id)
  INTO agreed, held;
  IF agreed IS DISTINCT FROM held THEN
    PERFORM truebook.refuse_unless_whole(NEW.tenant_id, NEW.id);
  END IF;
  RETURN NULL;
"""
BEFORE = """
BEGIN
  PERFORM truebook.refuse_unless_whole(NEW.tenant_id, NEW.id);
  RETURN NULL;
"""


def upgrade() -> None:
    run(FUNCTION.format(body=COUNTED))


def downgrade() -> None:
    run(FUNCTION.format(body=BEFORE))

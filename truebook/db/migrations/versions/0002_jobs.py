"""The job queue: procrastinate's own tables and functions, in our schema, so that a job commits with its cause."""

from procrastinate.schema import SchemaManager

from truebook.db.migrations.script import run

revision = "0002"
down_revision = "0001"

DROP = """
DROP TABLE procrastinate_events, procrastinate_periodic_defers, procrastinate_jobs, procrastinate_workers CASCADE;
DO $$ DECLARE f regprocedure; BEGIN
  FOR f IN SELECT oid FROM pg_proc WHERE pronamespace = 'truebook'::regnamespace AND proname LIKE 'procrastinate%' LOOP
    EXECUTE format('DROP FUNCTION %s CASCADE', f);
  END LOOP;
END $$;
DROP TYPE procrastinate_job_to_defer_v1, procrastinate_job_event_type, procrastinate_job_status;
"""


def upgrade() -> None:
    run(SchemaManager.get_schema())


def downgrade() -> None:
    run(DROP)

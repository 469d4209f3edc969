-- What staff change waits a little before it is told; what was told is held against the rows; who waits is not forgotten.
-- Runs with search_path = truebook.
ALTER TABLE truebook.telling_settings
  ADD COLUMN undo_seconds integer NOT NULL DEFAULT 10 CHECK (undo_seconds BETWEEN 0 AND 120),
  ADD COLUMN told_within_minutes integer NOT NULL DEFAULT 10 CHECK (told_within_minutes BETWEEN 2 AND 1440),
  ADD COLUMN waits_minutes integer NOT NULL DEFAULT 30 CHECK (waits_minutes BETWEEN 1 AND 1440);
ALTER TABLE truebook.alerts DROP CONSTRAINT alerts_kind_check, ADD CONSTRAINT alerts_kind_check CHECK (kind IN
  ('not_told','unknown_outcome','number_stopped','template','mistake','too_many_answers','wrong_claim','untold','waiting'));

-- A time that staff freed is offered to those who wait when it can no longer be undone.
CREATE OR REPLACE FUNCTION truebook.claims_freed() RETURNS trigger LANGUAGE plpgsql
  SET search_path = truebook, pg_temp AS $$
DECLARE whose uuid; begins timestamptz; until timestamptz; pause integer;
BEGIN
  FOR whose, begins, until IN
    SELECT tenant_id, min(starts_at), max(least(ends_at, now() + interval '3660 days')) FROM gone
    WHERE ends_at > now() AND starts_at < now() + interval '3660 days' GROUP BY tenant_id
  LOOP
    IF EXISTS (SELECT FROM waitlist_entries w WHERE w.tenant_id = whose AND w.status IN ('waiting','offered')
               AND w.windows && tstzrange(begins, until)) THEN
      SELECT coalesce((SELECT t.undo_seconds FROM telling_settings t WHERE t.account_id = whose), 10) INTO pause;
      PERFORM procrastinate_defer_jobs_v1(ARRAY[ROW('chores', 'time_freed', 0, NULL, NULL,
        jsonb_build_object('tenant', whose, 'begin', begins, 'end', until), now() + make_interval(secs => pause))
        ::procrastinate_job_to_defer_v1]);
    END IF;
  END LOOP;
  RETURN NULL;
END $$;

-- A status may come before our own answer tells which message it is of.
CREATE INDEX webhook_updates_parked ON truebook.webhook_updates(account_id, number_id, (payload #>> '{status,id}'))
  WHERE state = 'parked';

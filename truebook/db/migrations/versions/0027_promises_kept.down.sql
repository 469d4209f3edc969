DROP INDEX truebook.webhook_updates_parked;
CREATE OR REPLACE FUNCTION truebook.claims_freed() RETURNS trigger LANGUAGE plpgsql
  SET search_path = truebook, pg_temp AS $$
DECLARE whose uuid; begins timestamptz; until timestamptz;
BEGIN
  FOR whose, begins, until IN
    SELECT tenant_id, min(starts_at), max(least(ends_at, now() + interval '3660 days')) FROM gone
    WHERE ends_at > now() AND starts_at < now() + interval '3660 days' GROUP BY tenant_id
  LOOP
    IF EXISTS (SELECT FROM waitlist_entries w WHERE w.tenant_id = whose AND w.status IN ('waiting','offered')
               AND w.windows && tstzrange(begins, until)) THEN
      PERFORM procrastinate_defer_jobs_v1(ARRAY[ROW('chores', 'time_freed', 0, NULL, NULL,
        jsonb_build_object('tenant', whose, 'begin', begins, 'end', until), now() + interval '10 seconds')
        ::procrastinate_job_to_defer_v1]);
    END IF;
  END LOOP;
  RETURN NULL;
END $$;
ALTER TABLE truebook.alerts NO FORCE ROW LEVEL SECURITY;
DELETE FROM truebook.alerts WHERE kind IN ('untold','waiting');
ALTER TABLE truebook.alerts FORCE ROW LEVEL SECURITY;
ALTER TABLE truebook.alerts DROP CONSTRAINT alerts_kind_check, ADD CONSTRAINT alerts_kind_check CHECK (kind IN
  ('not_told','unknown_outcome','number_stopped','template','mistake','too_many_answers','wrong_claim'));
ALTER TABLE truebook.telling_settings
  DROP COLUMN undo_seconds, DROP COLUMN told_within_minutes, DROP COLUMN waits_minutes;

-- Tight offers: customers are offered starts that leave no gap nobody could book, where one is near.
-- The waitlist's constants become settings: how many seconds a cancellation may be undone before its time is offered,
-- how many minutes an offer is kept, and between which minutes of the day nobody is asked to answer (equal: never).
-- Runs with search_path = truebook as the owner.
ALTER TABLE truebook.accounts
  ADD COLUMN IF NOT EXISTS tight_offers boolean NOT NULL DEFAULT false,
  ADD COLUMN waitlist_undo_seconds integer NOT NULL DEFAULT 10
    CONSTRAINT accounts_waitlist_undo_seconds_check CHECK (waitlist_undo_seconds BETWEEN 0 AND 3600),
  ADD COLUMN waitlist_hold_minutes integer NOT NULL DEFAULT 30
    CONSTRAINT accounts_waitlist_hold_minutes_check CHECK (waitlist_hold_minutes BETWEEN 5 AND 1440),
  ADD COLUMN quiet_from integer NOT NULL DEFAULT 1260
    CONSTRAINT accounts_quiet_from_check CHECK (quiet_from BETWEEN 0 AND 1440),
  ADD COLUMN quiet_until integer NOT NULL DEFAULT 480
    CONSTRAINT accounts_quiet_until_check CHECK (quiet_until BETWEEN 0 AND 1440);
DROP TRIGGER accounts_settings_changed ON truebook.accounts;
CREATE TRIGGER accounts_settings_changed AFTER UPDATE OF timezone, tight_offers ON truebook.accounts
  FOR EACH ROW EXECUTE FUNCTION truebook.settings_changed('id');

CREATE OR REPLACE FUNCTION truebook.claims_freed() RETURNS trigger LANGUAGE plpgsql SET search_path = truebook, pg_temp AS $$
DECLARE whose uuid; begins timestamptz; until timestamptz;
BEGIN
  FOR whose, begins, until IN
    SELECT tenant_id, min(starts_at), max(least(ends_at, now() + interval '3660 days')) FROM gone
    WHERE ends_at > now() AND starts_at < now() + interval '3660 days' GROUP BY tenant_id
  LOOP
    IF EXISTS (SELECT FROM waitlist_entries w WHERE w.tenant_id = whose AND w.status IN ('waiting','offered')
               AND w.windows && tstzrange(begins, until)) THEN
      PERFORM procrastinate_defer_jobs_v1(ARRAY[ROW('chores', 'time_freed', 0, NULL, NULL,
        jsonb_build_object('tenant', whose, 'begin', begins, 'end', until), now() + make_interval(secs =>
          (SELECT coalesce(max(a.waitlist_undo_seconds), 10) FROM accounts a WHERE a.id = whose)))
        ::procrastinate_job_to_defer_v1]);
    END IF;
  END LOOP;
  RETURN NULL;
END $$;

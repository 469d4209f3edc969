-- Runs with search_path = truebook as the owner.
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
        jsonb_build_object('tenant', whose, 'begin', begins, 'end', until), now() + interval '10 seconds')
        ::procrastinate_job_to_defer_v1]);
    END IF;
  END LOOP;
  RETURN NULL;
END $$;
DROP TRIGGER accounts_settings_changed ON truebook.accounts;
CREATE TRIGGER accounts_settings_changed AFTER UPDATE OF timezone ON truebook.accounts
  FOR EACH ROW EXECUTE FUNCTION truebook.settings_changed('id');
ALTER TABLE truebook.accounts DROP COLUMN tight_offers, DROP COLUMN waitlist_undo_seconds,
  DROP COLUMN waitlist_hold_minutes, DROP COLUMN quiet_from, DROP COLUMN quiet_until;

-- The waitlist works: whatever gives claims back says so, and what becomes of an offer's appointment settles its entry.
-- Both in the database, where nobody can forget it. Runs with search_path = truebook as the owner.
ALTER TABLE truebook.outbox DROP CONSTRAINT outbox_topic_check, ADD CONSTRAINT outbox_topic_check
  CHECK (topic IN ('booked','requested','moved','cancelled','offered','off_list'));
ALTER TABLE truebook.tellings DROP CONSTRAINT tellings_topic_check, ADD CONSTRAINT tellings_topic_check
  CHECK (topic IN ('booked','requested','moved','cancelled','reminder','correction','offered','off_list'));
ALTER TABLE truebook.waitlist_entries
  ADD COLUMN conversation_id uuid,                        -- where it was asked for, and is answered
  ADD CONSTRAINT waitlist_entries_conversation_fk FOREIGN KEY (tenant_id, conversation_id)
    REFERENCES truebook.conversations(account_id, id);
CREATE INDEX waitlist_entries_conversation_idx ON truebook.waitlist_entries(tenant_id, conversation_id);
CREATE TRIGGER conversations_let_go_waitlist BEFORE DELETE ON truebook.conversations
  FOR EACH ROW EXECUTE FUNCTION truebook.let_go('waitlist_entries', 'tenant_id', 'conversation_id');

-- (1) Time was freed: after some seconds, in which it may be undone, those who wait are asked in turn. The job queue's
-- own functions look for each other in the search path.
CREATE FUNCTION truebook.claims_freed() RETURNS trigger LANGUAGE plpgsql SET search_path = truebook, pg_temp AS $$
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
CREATE TRIGGER claims_freed AFTER DELETE ON truebook.claims REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION truebook.claims_freed();

-- (2) An offer that is confirmed is booked; one that ends was let go, and its time is not offered to the same again.
-- Who let three go, or has no other time left, is off the list, and told.
CREATE FUNCTION truebook.offers_settle() RETURNS trigger LANGUAGE plpgsql SET search_path = truebook, pg_temp AS $$
DECLARE became text; note uuid := gen_random_uuid();
BEGIN
  IF NEW.status <> 'cancelled' THEN
    UPDATE waitlist_entries SET status = 'booked'
    WHERE tenant_id = NEW.tenant_id AND appointment_id = NEW.id AND status = 'offered';
    RETURN NULL;
  END IF;
  UPDATE waitlist_entries w SET passed = passed + 1, appointment_id = NULL,
    status = CASE WHEN passed >= 2 OR isempty(windows - let_go.during) THEN 'expired' ELSE 'waiting' END,
    windows = CASE WHEN isempty(windows - let_go.during) THEN windows ELSE windows - let_go.during END
  FROM (SELECT tstzmultirange(tstzrange(NEW.starts_at, NEW.ends_at)) AS during) AS let_go
  WHERE tenant_id = NEW.tenant_id AND appointment_id = NEW.id AND status = 'offered' RETURNING status INTO became;
  IF became = 'expired' THEN
    INSERT INTO outbox (tenant_id, id, topic, appointment_id, appointment_version)
    VALUES (NEW.tenant_id, note, 'off_list', NEW.id, NEW.version);
    PERFORM procrastinate_defer_jobs_v1(ARRAY[ROW('outbound', 'appointment_changed', 0, NULL, NULL,
      jsonb_build_object('tenant', NEW.tenant_id, 'outbox', note), NULL)::procrastinate_job_to_defer_v1]);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER appointments_settle_offers AFTER UPDATE OF status ON truebook.appointments FOR EACH ROW
  WHEN (OLD.status = 'held' AND NEW.status <> 'held') EXECUTE FUNCTION truebook.offers_settle();

-- What the clock does finds whom it concerns over an index, reminders and promises too. A change of an appointment, and
-- what its customer reads of it, notes that somebody has to look: in the transaction that makes it, so none is missed.
-- At once as strong as it is needed below: whoever looked before and writes now would otherwise be thrown out.
LOCK TABLE truebook.conversations, truebook.appointments, truebook.waitlist_entries IN ACCESS EXCLUSIVE MODE;

CREATE TABLE truebook.looks (
  account_id  uuid NOT NULL REFERENCES truebook.accounts(id) ON DELETE CASCADE,
  appointment_id uuid NOT NULL,
  chore       text NOT NULL CHECK (chore IN ('remind','compare')),  -- plan its reminders; hold what was told against it
  due_at      timestamptz NOT NULL,
  PRIMARY KEY (account_id, appointment_id, chore),
  FOREIGN KEY (account_id, appointment_id) REFERENCES truebook.appointments(tenant_id, id) ON DELETE CASCADE);
CREATE INDEX looks_due_idx ON truebook.looks (chore, due_at, account_id);
ALTER TABLE truebook.looks ENABLE ROW LEVEL SECURITY;
ALTER TABLE truebook.looks FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON truebook.looks USING (account_id = truebook.current_tenant())
  WITH CHECK (account_id = truebook.current_tenant());

-- Whoever is looking just then is waited for: a look that began before a change is no look at it.
CREATE FUNCTION truebook.look(whose uuid, what uuid, chores text[], at timestamptz) RETURNS void
LANGUAGE sql SET search_path = '' AS $$
  INSERT INTO truebook.looks (account_id, appointment_id, chore, due_at)
  SELECT whose, what, c, at FROM unnest(chores) AS c
  ON CONFLICT (account_id, appointment_id, chore) DO UPDATE SET due_at = excluded.due_at
$$;
CREATE FUNCTION truebook.appointments_look() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  PERFORM truebook.look(NEW.tenant_id, NEW.id,
    CASE WHEN NEW.status = 'confirmed' THEN '{remind,compare}'::text[] ELSE '{compare}' END, pg_catalog.now());
  RETURN NULL;
END $$;
CREATE TRIGGER appointments_look_ins AFTER INSERT ON truebook.appointments FOR EACH ROW
  WHEN (NEW.account_id IS NOT NULL AND NEW.status IN ('pending','confirmed','cancelled'))
  EXECUTE FUNCTION truebook.appointments_look();
CREATE TRIGGER appointments_look_upd AFTER UPDATE ON truebook.appointments FOR EACH ROW
  WHEN (NEW.account_id IS NOT NULL AND (OLD.status, OLD.starts_at) IS DISTINCT FROM (NEW.status, NEW.starts_at)
        AND NEW.status IN ('pending','confirmed','cancelled') AND (OLD.status <> 'held' OR NEW.status <> 'cancelled'))
  EXECUTE FUNCTION truebook.appointments_look();

CREATE FUNCTION truebook.tellings_look() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  PERFORM truebook.look(NEW.account_id, NEW.appointment_id, '{compare}', pg_catalog.now());
  RETURN NULL;
END $$;
CREATE TRIGGER tellings_look AFTER INSERT ON truebook.tellings FOR EACH ROW EXECUTE FUNCTION truebook.tellings_look();
CREATE FUNCTION truebook.messages_look() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  PERFORM truebook.look(t.account_id, t.appointment_id, '{compare}', pg_catalog.now())
     FROM truebook.tellings t WHERE t.account_id = NEW.account_id AND t.message_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER messages_look AFTER UPDATE ON truebook.messages FOR EACH ROW
  WHEN (OLD.delivery IS DISTINCT FROM NEW.delivery AND NEW.delivery IN ('failed','withdrawn'))
  EXECUTE FUNCTION truebook.messages_look();

CREATE INDEX reminders_due_idx ON truebook.reminders (due_at, account_id) WHERE state = 'waiting';
DROP INDEX truebook.reminders_due;
CREATE INDEX notices_due_idx ON truebook.notices (due_at, account_id) WHERE state = 'waiting';
DROP INDEX truebook.notices_due;
CREATE INDEX notices_old_due_idx ON truebook.notices (created_at, account_id);
CREATE INDEX messages_late_due_idx ON truebook.messages (created_at, account_id) WHERE delivery IN ('queued','sending');
CREATE INDEX alerts_promises_idx ON truebook.alerts (account_id)
  WHERE resolved_at IS NULL AND kind IN ('untold','waiting');
CREATE INDEX conversations_waits_due_idx ON truebook.conversations (last_activity_at, account_id)
  WHERE status = 'handed_over';
CREATE INDEX waitlist_entries_waiting_idx ON truebook.waitlist_entries (tenant_id) WHERE status = 'waiting';
CREATE INDEX accounts_retention_idx ON truebook.accounts (id) WHERE retention_months IS NOT NULL;

-- What stands ahead now is looked at once.
ALTER TABLE truebook.appointments NO FORCE ROW LEVEL SECURITY;
ALTER TABLE truebook.looks NO FORCE ROW LEVEL SECURITY;
INSERT INTO truebook.looks (account_id, appointment_id, chore, due_at)
SELECT a.tenant_id, a.id, c, now() FROM truebook.appointments a, unnest('{remind,compare}'::text[]) c
 WHERE a.account_id IS NOT NULL AND a.starts_at > now() AND a.status IN ('pending','confirmed','cancelled')
   AND (a.status = 'confirmed' OR c = 'compare');
ALTER TABLE truebook.appointments FORCE ROW LEVEL SECURITY;
ALTER TABLE truebook.looks FORCE ROW LEVEL SECURITY;

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['looks', 'reminders', 'notices', 'conversations', 'waitlist_entries', 'whatsapp_numbers'] LOOP
    EXECUTE format('CREATE POLICY owner_looks_for_what_is_due ON truebook.%I FOR SELECT TO %I'
                   ' USING (pg_catalog.current_setting(''truebook.scope'', true) = ''due'')', t, current_user);
  END LOOP;
  IF current_user = 'truebook_owner' THEN
    GRANT SELECT, INSERT, UPDATE, DELETE ON truebook.looks TO truebook_app;
  END IF;
END $$;

CREATE OR REPLACE FUNCTION truebook.businesses_due(what text, since timestamptz, after uuid, most integer)
RETURNS SETOF uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE before text := coalesce(pg_catalog.current_setting('truebook.scope', true), '');
BEGIN
  PERFORM pg_catalog.set_config('truebook.scope', 'due', true);
  CASE what
    WHEN 'holds' THEN RETURN QUERY
      SELECT DISTINCT d.tenant_id FROM truebook.appointments d JOIN truebook.accounts a ON a.id = d.tenant_id
       WHERE d.status = 'held' AND d.hold_expires_at <= since AND (after IS NULL OR d.tenant_id > after)
       ORDER BY 1 LIMIT most;
    WHEN 'news' THEN RETURN QUERY
      SELECT DISTINCT d.tenant_id FROM truebook.outbox d JOIN truebook.accounts a ON a.id = d.tenant_id
       WHERE d.status = 'queued' AND d.available_at < since AND (after IS NULL OR d.tenant_id > after)
       ORDER BY 1 LIMIT most;
    WHEN 'reminders' THEN RETURN QUERY
      SELECT DISTINCT d.id FROM (
        SELECT r.account_id FROM truebook.reminders r WHERE r.state = 'waiting' AND r.due_at <= since
        UNION ALL SELECT l.account_id FROM truebook.looks l WHERE l.chore = 'remind' AND l.due_at <= since
      ) AS d(id) WHERE after IS NULL OR d.id > after ORDER BY 1 LIMIT most;
    WHEN 'notices' THEN RETURN QUERY
      SELECT DISTINCT d.account_id FROM truebook.notices d
       WHERE d.state = 'waiting' AND d.due_at <= since AND (after IS NULL OR d.account_id > after)
       ORDER BY 1 LIMIT most;
    WHEN 'claims' THEN RETURN QUERY
      SELECT DISTINCT d.account_id FROM truebook.looks d
       WHERE d.chore = 'compare' AND d.due_at <= since AND (after IS NULL OR d.account_id > after)
       ORDER BY 1 LIMIT most;
    WHEN 'promises' THEN RETURN QUERY  -- nobody was told, or nobody has answered, for as long as might be too long
      SELECT DISTINCT d.id FROM (
        SELECT o.tenant_id FROM truebook.outbox o JOIN truebook.accounts a ON a.id = o.tenant_id
         WHERE o.status = 'queued' AND o.available_at < since
        UNION ALL SELECT m.account_id FROM truebook.messages m
         WHERE m.delivery IN ('queued','sending') AND m.created_at < since
        UNION ALL SELECT x.account_id FROM truebook.alerts x
         WHERE x.resolved_at IS NULL AND x.kind IN ('untold','waiting')
        UNION ALL SELECT v.account_id FROM truebook.conversations v
         WHERE v.status = 'handed_over' AND v.last_activity_at > since - interval '2 days'
      ) AS d(id) WHERE after IS NULL OR d.id > after ORDER BY 1 LIMIT most;
    WHEN 'ahead' THEN RETURN QUERY
      SELECT d.id FROM truebook.accounts d
       WHERE EXISTS (SELECT FROM truebook.appointments p WHERE p.tenant_id = d.id AND p.starts_at > since)
         AND (after IS NULL OR d.id > after) ORDER BY 1 LIMIT most;
    WHEN 'numbers' THEN RETURN QUERY
      SELECT DISTINCT d.account_id FROM truebook.whatsapp_numbers d
       WHERE after IS NULL OR d.account_id > after ORDER BY 1 LIMIT most;
    WHEN 'waiting' THEN RETURN QUERY
      SELECT DISTINCT d.tenant_id FROM truebook.waitlist_entries d
       WHERE d.status = 'waiting' AND (after IS NULL OR d.tenant_id > after) ORDER BY 1 LIMIT most;
    WHEN 'old notices' THEN RETURN QUERY
      SELECT DISTINCT d.account_id FROM truebook.notices d
       WHERE d.created_at < since AND (after IS NULL OR d.account_id > after) ORDER BY 1 LIMIT most;
    WHEN 'retention' THEN RETURN QUERY
      SELECT d.id FROM truebook.accounts d
       WHERE d.retention_months IS NOT NULL AND (after IS NULL OR d.id > after) ORDER BY 1 LIMIT most;
    WHEN 'keys' THEN RETURN QUERY
      SELECT DISTINCT d.account_id FROM truebook.idempotency_keys d
       WHERE d.expires_at < since AND (after IS NULL OR d.account_id > after) ORDER BY 1 LIMIT most;
    WHEN 'offers' THEN RETURN QUERY
      SELECT DISTINCT d.account_id FROM truebook.offers d
       WHERE d.expires_at < since AND (after IS NULL OR d.account_id > after) ORDER BY 1 LIMIT most;
    WHEN 'updates' THEN RETURN QUERY
      SELECT DISTINCT d.account_id FROM truebook.webhook_updates d
       WHERE d.stored_at < since AND (after IS NULL OR d.account_id > after) ORDER BY 1 LIMIT most;
    WHEN 'requests' THEN RETURN QUERY
      SELECT DISTINCT d.account_id FROM truebook.kept_requests d
       WHERE d.expires_at < since AND (after IS NULL OR d.account_id > after) ORDER BY 1 LIMIT most;
  END CASE;
  PERFORM pg_catalog.set_config('truebook.scope', before, true);
END $$;

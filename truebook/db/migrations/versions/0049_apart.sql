-- A business's rows can lie on another server than the next one's: no trigger writes a table that is everybody's, none
-- calls the job queue, and each of its statements is one that a shard can be asked. Old code works on with it; what it
-- alone needs goes with the next revision. Runs with search_path = truebook as the owner.
-- At once as strong as it is needed below: whoever looked before and writes now would otherwise be thrown out.
LOCK TABLE truebook.accounts IN ACCESS EXCLUSIVE MODE;


-- (1) Which change the settings are at is told in a row of the business's, not in the directory of all. Of several
-- servers each counts its transactions for itself, so the server is told from the others too.
CREATE TABLE IF NOT EXISTS truebook.settings_versions (
  account_id  uuid PRIMARY KEY REFERENCES truebook.accounts(id) ON DELETE CASCADE,
  version     bigint NOT NULL);
-- (2) What a trigger wants done later: the worker makes a job of it (`truebook.jobs`), wherever the queue is.
CREATE TABLE truebook.jobs_owed (
  account_id  uuid NOT NULL REFERENCES truebook.accounts(id) ON DELETE CASCADE,
  id          uuid NOT NULL DEFAULT gen_random_uuid(),
  name        text NOT NULL CHECK (name <> ''),
  arguments   jsonb NOT NULL CHECK (jsonb_typeof(arguments) = 'object'),
  due_at      timestamptz NOT NULL,
  PRIMARY KEY (account_id, id));
CREATE INDEX jobs_owed_due_idx ON truebook.jobs_owed (due_at, account_id);

ALTER TABLE truebook.accounts NO FORCE ROW LEVEL SECURITY;
INSERT INTO truebook.settings_versions (account_id, version) SELECT id, settings_version FROM truebook.accounts;
ALTER TABLE truebook.accounts FORCE ROW LEVEL SECURITY;

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['settings_versions', 'jobs_owed'] LOOP
    EXECUTE format('ALTER TABLE truebook.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE truebook.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant_isolation ON truebook.%I USING (account_id = truebook.current_tenant())'
                   ' WITH CHECK (account_id = truebook.current_tenant())', t);
    EXECUTE format('CREATE POLICY owner_looks_for_what_is_due ON truebook.%I FOR SELECT TO %I'
                   ' USING (pg_catalog.current_setting(''truebook.scope'', true) = ''due'')', t, current_user);
    IF current_user = 'truebook_owner' THEN
      EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON truebook.%I TO truebook_app', t);
    END IF;
  END LOOP;
END $$;

CREATE OR REPLACE FUNCTION truebook.settings_changed() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
  at bigint := pg_catalog.pg_current_xact_id()::text::bigint;
  changed bigint;
  whose uuid := (pg_catalog.to_jsonb(CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END) ->> TG_ARGV[0])::uuid;
BEGIN
  UPDATE truebook.accounts SET settings_version = at WHERE id = whose AND settings_version <> at;
  IF TG_ARGV[0] = 'id' THEN RETURN NULL; END IF;  -- of the account itself, its own version tells
  SELECT at # system_identifier INTO changed FROM pg_catalog.pg_control_system();
  IF TG_OP = 'INSERT' THEN
    INSERT INTO truebook.settings_versions AS v (account_id, version) VALUES (whose, changed)
    ON CONFLICT (account_id) DO UPDATE SET version = excluded.version WHERE v.version <> excluded.version;
  ELSE  -- also while the account ends: then there may be no row any more, and must be none again
    UPDATE truebook.settings_versions SET version = changed WHERE account_id = whose AND version <> changed;
  END IF;
  RETURN NULL;
END $$;

-- (3) Time was freed: after some seconds, in which it may be undone, those who wait are asked in turn.
CREATE OR REPLACE FUNCTION truebook.claims_freed() RETURNS trigger LANGUAGE plpgsql SET search_path = truebook, pg_temp AS $$
DECLARE whose uuid; begins timestamptz; until timestamptz; undo integer;
BEGIN
  FOR whose, begins, until IN
    SELECT tenant_id, min(starts_at), max(least(ends_at, now() + interval '3660 days')) FROM gone
    WHERE ends_at > now() AND starts_at < now() + interval '3660 days' GROUP BY tenant_id
  LOOP
    IF EXISTS (SELECT FROM waitlist_entries w WHERE w.tenant_id = whose AND w.status IN ('waiting','offered')
               AND w.windows && tstzrange(begins, until)) THEN
      SELECT coalesce(max(a.waitlist_undo_seconds), 10) INTO undo FROM accounts a WHERE a.id = whose;
      INSERT INTO jobs_owed (account_id, name, arguments, due_at)
      VALUES (whose, 'time_freed', jsonb_build_object('begin', begins, 'end', until), now() + make_interval(secs => undo));
    END IF;
  END LOOP;
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION truebook.offers_settle() RETURNS trigger LANGUAGE plpgsql SET search_path = truebook, pg_temp AS $$
DECLARE became text; note uuid := gen_random_uuid(); during tstzmultirange;
BEGIN
  IF NEW.status <> 'cancelled' THEN
    UPDATE waitlist_entries SET status = 'booked'
    WHERE tenant_id = NEW.tenant_id AND appointment_id = NEW.id AND status = 'offered';
    RETURN NULL;
  END IF;
  during := tstzmultirange(tstzrange(NEW.starts_at, NEW.ends_at));
  UPDATE waitlist_entries SET passed = passed + 1, appointment_id = NULL,
    status = CASE WHEN passed >= 2 OR isempty(windows - during) THEN 'expired' ELSE 'waiting' END,
    windows = CASE WHEN isempty(windows - during) THEN windows ELSE windows - during END
  WHERE tenant_id = NEW.tenant_id AND appointment_id = NEW.id AND status = 'offered' RETURNING status INTO became;
  IF became = 'expired' THEN
    INSERT INTO outbox (tenant_id, id, topic, appointment_id, appointment_version)
    VALUES (NEW.tenant_id, note, 'off_list', NEW.id, NEW.version);
    INSERT INTO jobs_owed (account_id, name, arguments, due_at)
    VALUES (NEW.tenant_id, 'appointment_changed', jsonb_build_object('outbox', note), now());
  END IF;
  RETURN NULL;
END $$;

-- (4) A subquery within VALUES, a SELECT that inserts, a change within WITH: what a shard is not asked.
CREATE OR REPLACE FUNCTION truebook.appointments_write_history() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = '' AS $$
DECLARE r truebook.appointments; parts jsonb; held jsonb;
BEGIN
  IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
  SELECT (SELECT coalesce(pg_catalog.jsonb_agg(pg_catalog.to_jsonb(s) - '{tenant_id,appointment_id}'::text[] ORDER BY s.position), '[]')
            FROM truebook.appointment_segments s WHERE s.tenant_id = r.tenant_id AND s.appointment_id = r.id),
         (SELECT coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('segment', c.segment, 'number', c.number,
                   'resource_id', c.resource_id, 'starts_at', c.starts_at, 'ends_at', c.ends_at) ORDER BY c.segment, c.number), '[]')
            FROM truebook.claims c WHERE c.tenant_id = r.tenant_id AND c.appointment_id = r.id)
    INTO parts, held;
  INSERT INTO truebook.appointment_history(tenant_id, appointment_id, version, op, row_data, actor, cause)
  VALUES (r.tenant_id, r.id, r.version, TG_OP,
          pg_catalog.to_jsonb(r) || pg_catalog.jsonb_build_object('segments', parts, 'claims', held),
          nullif(pg_catalog.current_setting('truebook.actor', true), ''),
          nullif(pg_catalog.current_setting('truebook.cause', true), ''));
  RETURN NULL;
END $$;
DROP FUNCTION truebook.look(uuid, uuid, text[], timestamptz);
CREATE FUNCTION truebook.look(whose uuid, what uuid, chores text[], at timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE one text;
BEGIN
  FOREACH one IN ARRAY chores LOOP
    INSERT INTO truebook.looks (account_id, appointment_id, chore, due_at) VALUES (whose, what, one, at)
    ON CONFLICT (account_id, appointment_id, chore) DO UPDATE SET due_at = excluded.due_at;
  END LOOP;
END $$;
CREATE OR REPLACE FUNCTION truebook.messages_look() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE about uuid;
BEGIN
  FOR about IN SELECT t.appointment_id FROM truebook.tellings t
                WHERE t.account_id = NEW.account_id AND t.message_id = NEW.id LOOP
    PERFORM truebook.look(NEW.account_id, about, '{compare}', pg_catalog.now());
  END LOOP;
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION truebook.segments_let_go() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE visits uuid[];
BEGIN  -- a visit that loses a service or somebody is changed: its version and its history tell
  EXECUTE pg_catalog.format(
    'SELECT pg_catalog.array_agg(DISTINCT appointment_id) FROM truebook.appointment_segments WHERE tenant_id = $1 AND %I = $2',
    TG_ARGV[0]) INTO visits USING OLD.account_id, OLD.id;
  IF visits IS NOT NULL THEN
    EXECUTE pg_catalog.format('UPDATE truebook.appointment_segments SET %I = NULL WHERE tenant_id = $1 AND %I = $2',
      TG_ARGV[0], TG_ARGV[0]) USING OLD.account_id, OLD.id;
    UPDATE truebook.appointments SET updated_at = pg_catalog.now() WHERE tenant_id = OLD.account_id AND id = ANY (visits);
  END IF;
  RETURN OLD;
END $$;

-- (5) What a token finds without knowing whose it is: it is told from others within its business, and found by an index.
ALTER TABLE truebook.calendar_feeds DROP CONSTRAINT calendar_feeds_token_hash_key,
  ADD CONSTRAINT calendar_feeds_token UNIQUE (account_id, token_hash);
CREATE INDEX calendar_feeds_token_idx ON truebook.calendar_feeds(token_hash);

-- (6) A server that has rows of some cannot call out for its coordinator, who listeners know, and who does it himself.
CREATE FUNCTION truebook.call_out_to(channel text, whose text) RETURNS void LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  IF pg_catalog.current_setting('truebook.calls', true) IS DISTINCT FROM 'off' THEN
    PERFORM pg_catalog.pg_notify(channel, whose);
  END IF;
END $$;
CREATE OR REPLACE FUNCTION truebook.call_out() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  PERFORM truebook.call_out_to('truebook_changed', coalesce(NEW.tenant_id, OLD.tenant_id)::text);
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION truebook.call_out_talk() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  PERFORM truebook.call_out_to('truebook_said', coalesce(NEW.account_id, OLD.account_id)::text);
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION truebook.keys_call_out() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  PERFORM truebook.call_out_to('truebook_keys', '');
  RETURN NULL;
END $$;

-- (7) Whose turn it is: the scope is said by SET LOCAL, which goes along to other servers as well.
CREATE OR REPLACE FUNCTION truebook.erase_from_history(visits uuid[], person uuid, nameless text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE whose uuid := truebook.current_tenant();
BEGIN
  SET LOCAL truebook.erasing = 'on';
  UPDATE truebook.appointment_history SET row_data = row_data
    || pg_catalog.jsonb_build_object('customer_name', nameless, 'customer_phone', NULL, 'customer_email', NULL,
                                     'notes', NULL, 'customer_id', NULL, 'conversation_id', NULL)
    || CASE WHEN row_data ? 'segments' THEN pg_catalog.jsonb_build_object('segments',
         (SELECT coalesce(pg_catalog.jsonb_agg(part || '{"guest_name": null}' ORDER BY place), '[]')
          FROM pg_catalog.jsonb_array_elements(row_data -> 'segments') WITH ORDINALITY AS p(part, place)))
       ELSE '{}' END
  WHERE tenant_id = whose AND appointment_id = ANY (visits);
  UPDATE truebook.audit_log SET details = '{}'
  WHERE tenant_id = whose AND entity = 'customer' AND entity_id = person;
  SET LOCAL truebook.erasing = '';
END $$;
CREATE OR REPLACE FUNCTION truebook.promises_open() RETURNS TABLE (promise text, number bigint, oldest double precision)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE before text := coalesce(pg_catalog.current_setting('truebook.scope', true), '');
BEGIN
  SET LOCAL truebook.scope = 'due';
  RETURN QUERY
    SELECT open.kind, count(*), max(extract(epoch FROM pg_catalog.now() - open.since))::double precision FROM (
      SELECT 'news to tell', available_at FROM truebook.outbox WHERE status = 'queued' AND available_at <= pg_catalog.now()
      UNION ALL SELECT 'news never told', created_at FROM truebook.outbox
        WHERE status = 'failed' AND created_at > pg_catalog.now() - interval '7 days'
      UNION ALL SELECT 'holds to give back', hold_expires_at FROM truebook.appointments
        WHERE status = 'held' AND hold_expires_at <= pg_catalog.now() AND account_id IS NOT NULL
      UNION ALL SELECT 'messages to send', created_at FROM truebook.messages
        WHERE delivery IN ('queued', 'sending', 'unknown')
      UNION ALL SELECT 'promises past their deadline', created_at FROM truebook.alerts
        WHERE resolved_at IS NULL AND kind = 'untold'
      UNION ALL SELECT 'alerts to look at', created_at FROM truebook.alerts WHERE resolved_at IS NULL
    ) open(kind, since) GROUP BY 1 ORDER BY 1;
  EXECUTE pg_catalog.format('SET LOCAL truebook.scope = %L', before);
END $$;

CREATE OR REPLACE FUNCTION truebook.businesses_due(what text, since timestamptz, after uuid, most integer)
RETURNS SETOF uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE before text := coalesce(pg_catalog.current_setting('truebook.scope', true), '');
BEGIN
  SET LOCAL truebook.scope = 'due';
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
      SELECT d.account_id FROM truebook.settings_versions d
       WHERE EXISTS (SELECT FROM truebook.appointments p WHERE p.tenant_id = d.account_id AND p.starts_at > since)
         AND (after IS NULL OR d.account_id > after) ORDER BY 1 LIMIT most;
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
    WHEN 'owed' THEN RETURN QUERY
      SELECT DISTINCT d.account_id FROM truebook.jobs_owed d
       WHERE d.due_at <= since AND (after IS NULL OR d.account_id > after) ORDER BY 1 LIMIT most;
  END CASE;
  EXECUTE pg_catalog.format('SET LOCAL truebook.scope = %L', before);
END $$;

-- Functions as they were before, and jobs that are still owed are handed over.
ALTER TABLE truebook.jobs_owed NO FORCE ROW LEVEL SECURITY;
INSERT INTO truebook.procrastinate_jobs (queue_name, task_name, args, scheduled_at)
SELECT CASE name WHEN 'time_freed' THEN 'chores' ELSE 'outbound' END, name,
       arguments || jsonb_build_object('tenant', account_id), due_at FROM truebook.jobs_owed;
DROP FUNCTION truebook.look(uuid, uuid, text[], timestamptz);
CREATE OR REPLACE FUNCTION truebook.appointments_write_history()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $$
DECLARE r truebook.appointments;
BEGIN
  IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
  INSERT INTO truebook.appointment_history(tenant_id, appointment_id, version, op, row_data, actor, cause)
  VALUES (r.tenant_id, r.id, r.version, TG_OP,
          pg_catalog.to_jsonb(r) || pg_catalog.jsonb_build_object(
            'segments', (SELECT coalesce(pg_catalog.jsonb_agg(pg_catalog.to_jsonb(s) - '{tenant_id,appointment_id}'::text[] ORDER BY s.position), '[]')
                         FROM truebook.appointment_segments s WHERE s.tenant_id = r.tenant_id AND s.appointment_id = r.id),
            'claims', (SELECT coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('segment', c.segment, 'number', c.number,
                              'resource_id', c.resource_id, 'starts_at', c.starts_at, 'ends_at', c.ends_at) ORDER BY c.segment, c.number), '[]')
                       FROM truebook.claims c WHERE c.tenant_id = r.tenant_id AND c.appointment_id = r.id)),
          nullif(pg_catalog.current_setting('truebook.actor', true), ''),
          nullif(pg_catalog.current_setting('truebook.cause', true), ''));
  RETURN NULL;
END $$
;
CREATE OR REPLACE FUNCTION truebook.businesses_due(what text, since timestamp with time zone, after uuid, most integer)
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $$
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
END $$
;
CREATE OR REPLACE FUNCTION truebook.claims_freed()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'truebook', 'pg_temp'
AS $$
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
END $$
;
CREATE OR REPLACE FUNCTION truebook.erase_from_history(visits uuid[], person uuid, nameless text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $$
BEGIN
  PERFORM pg_catalog.set_config('truebook.erasing', 'on', true);
  UPDATE truebook.appointment_history SET row_data = row_data
    || pg_catalog.jsonb_build_object('customer_name', nameless, 'customer_phone', NULL, 'customer_email', NULL,
                                     'notes', NULL, 'customer_id', NULL, 'conversation_id', NULL)
    || CASE WHEN row_data ? 'segments' THEN pg_catalog.jsonb_build_object('segments',
         (SELECT coalesce(pg_catalog.jsonb_agg(part || '{"guest_name": null}' ORDER BY place), '[]')
          FROM pg_catalog.jsonb_array_elements(row_data -> 'segments') WITH ORDINALITY AS p(part, place)))
       ELSE '{}' END
  WHERE tenant_id = truebook.current_tenant() AND appointment_id = ANY (visits);
  UPDATE truebook.audit_log SET details = '{}'
  WHERE tenant_id = truebook.current_tenant() AND entity = 'customer' AND entity_id = person;
  PERFORM pg_catalog.set_config('truebook.erasing', '', true);
END $$
;
CREATE OR REPLACE FUNCTION truebook.look(whose uuid, what uuid, chores text[], at timestamp with time zone)
 RETURNS void
 LANGUAGE sql
 SET search_path TO ''
AS $$
  INSERT INTO truebook.looks (account_id, appointment_id, chore, due_at)
  SELECT whose, what, c, at FROM unnest(chores) AS c
  ON CONFLICT (account_id, appointment_id, chore) DO UPDATE SET due_at = excluded.due_at
$$
;
CREATE OR REPLACE FUNCTION truebook.messages_look()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $$
BEGIN
  PERFORM truebook.look(t.account_id, t.appointment_id, '{compare}', pg_catalog.now())
     FROM truebook.tellings t WHERE t.account_id = NEW.account_id AND t.message_id = NEW.id;
  RETURN NULL;
END $$
;
CREATE OR REPLACE FUNCTION truebook.offers_settle()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'truebook', 'pg_temp'
AS $$
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
END $$
;
CREATE OR REPLACE FUNCTION truebook.promises_open()
 RETURNS TABLE(promise text, number bigint, oldest double precision)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $$
DECLARE before text := coalesce(pg_catalog.current_setting('truebook.scope', true), '');
BEGIN
  PERFORM pg_catalog.set_config('truebook.scope', 'due', true);
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
  PERFORM pg_catalog.set_config('truebook.scope', before, true);
END $$
;
CREATE OR REPLACE FUNCTION truebook.segments_let_go()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $$
BEGIN  -- a visit that loses a service or somebody is changed: its version and its history tell
  EXECUTE pg_catalog.format(
    'WITH let AS (UPDATE truebook.appointment_segments SET %I = NULL WHERE tenant_id = $1 AND %I = $2 RETURNING appointment_id)'
    ' UPDATE truebook.appointments SET updated_at = now() WHERE tenant_id = $1 AND id IN (SELECT appointment_id FROM let)',
    TG_ARGV[0], TG_ARGV[0])
  USING OLD.account_id, OLD.id;
  RETURN OLD;
END $$
;
CREATE OR REPLACE FUNCTION truebook.settings_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $$
DECLARE
  changed bigint := pg_catalog.pg_current_xact_id()::text::bigint;
  row_data jsonb := pg_catalog.to_jsonb(CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END);
BEGIN
  UPDATE truebook.accounts SET settings_version = changed
  WHERE id = (row_data ->> TG_ARGV[0])::uuid AND settings_version <> changed;
  RETURN NULL;
END $$
;
CREATE OR REPLACE FUNCTION truebook.call_out() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  PERFORM pg_catalog.pg_notify('truebook_changed', coalesce(NEW.tenant_id, OLD.tenant_id)::text);
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION truebook.call_out_talk() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  PERFORM pg_catalog.pg_notify('truebook_said', coalesce(NEW.account_id, OLD.account_id)::text);
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION truebook.keys_call_out() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  PERFORM pg_catalog.pg_notify('truebook_keys', '');
  RETURN NULL;
END $$;
DROP FUNCTION truebook.call_out_to(text, text);
DROP TABLE truebook.jobs_owed, truebook.settings_versions;
DROP INDEX truebook.calendar_feeds_token_idx;
ALTER TABLE truebook.calendar_feeds DROP CONSTRAINT calendar_feeds_token,
  ADD CONSTRAINT calendar_feeds_token_hash_key UNIQUE (token_hash);

-- Whose holds have run out, whose news nobody could tell, whose keys, offers and webhooks are long over: the ids of
-- businesses; and how many promises are open: figures. Nothing else of anybody. Only the schema's owner may look across,
-- and only within these functions.
-- At once as strong as it is needed below: whoever looked before and writes now would otherwise be thrown out.
LOCK TABLE truebook.appointments IN ACCESS EXCLUSIVE MODE;

CREATE INDEX appointments_holds_due_idx ON truebook.appointments (hold_expires_at, tenant_id) WHERE status = 'held';
CREATE INDEX outbox_due_idx ON truebook.outbox (available_at, tenant_id) WHERE status = 'queued';
DROP INDEX truebook.outbox_waiting;
CREATE INDEX outbox_failed_idx ON truebook.outbox (tenant_id, created_at) WHERE status = 'failed';
CREATE INDEX idempotency_keys_due_idx ON truebook.idempotency_keys (expires_at, account_id);
DROP INDEX truebook.idempotency_keys_expiry;
CREATE INDEX offers_due_idx ON truebook.offers (expires_at, account_id);
CREATE INDEX webhook_updates_due_idx ON truebook.webhook_updates (stored_at, account_id);
DROP INDEX truebook.webhook_updates_age;

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['accounts', 'appointments', 'outbox', 'idempotency_keys', 'offers', 'webhook_updates',
                           'messages', 'alerts'] LOOP
    EXECUTE format('CREATE POLICY owner_looks_for_what_is_due ON truebook.%I FOR SELECT TO %I'
                   ' USING (pg_catalog.current_setting(''truebook.scope'', true) = ''due'')', t, current_user);
  END LOOP;
END $$;

CREATE FUNCTION truebook.businesses_due(what text, since timestamptz, after uuid, most integer) RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
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
    WHEN 'keys' THEN RETURN QUERY
      SELECT DISTINCT d.account_id FROM truebook.idempotency_keys d
       WHERE d.expires_at < since AND (after IS NULL OR d.account_id > after) ORDER BY 1 LIMIT most;
    WHEN 'offers' THEN RETURN QUERY
      SELECT DISTINCT d.account_id FROM truebook.offers d
       WHERE d.expires_at < since AND (after IS NULL OR d.account_id > after) ORDER BY 1 LIMIT most;
    WHEN 'updates' THEN RETURN QUERY
      SELECT DISTINCT d.account_id FROM truebook.webhook_updates d
       WHERE d.stored_at < since AND (after IS NULL OR d.account_id > after) ORDER BY 1 LIMIT most;
    WHEN 'requests' THEN RETURN QUERY  -- a table of a later revision
      SELECT DISTINCT d.account_id FROM truebook.kept_requests d
       WHERE d.expires_at < since AND (after IS NULL OR d.account_id > after) ORDER BY 1 LIMIT most;
  END CASE;
  PERFORM pg_catalog.set_config('truebook.scope', before, true);
END $$;

-- What was promised and is not kept yet, over all businesses: what kind, how many, and for how many seconds the oldest.
CREATE FUNCTION truebook.promises_open() RETURNS TABLE (promise text, number bigint, oldest double precision)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
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
      UNION ALL SELECT 'alerts to look at', created_at FROM truebook.alerts WHERE resolved_at IS NULL
    ) open(kind, since) GROUP BY 1 ORDER BY 1;
  PERFORM pg_catalog.set_config('truebook.scope', before, true);
END $$;

REVOKE ALL ON FUNCTION truebook.businesses_due(text, timestamptz, uuid, integer), truebook.promises_open() FROM PUBLIC;
DO $$ BEGIN
  IF current_user = 'truebook_owner' THEN
    GRANT EXECUTE ON FUNCTION truebook.businesses_due(text, timestamptz, uuid, integer), truebook.promises_open()
      TO truebook_app;
  END IF;
END $$;

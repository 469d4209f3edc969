CREATE OR REPLACE FUNCTION truebook.businesses_due(what text, since timestamptz, after uuid, most integer) RETURNS SETOF uuid
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
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['reminders', 'notices', 'conversations', 'waitlist_entries', 'whatsapp_numbers'] LOOP
    EXECUTE format('DROP POLICY owner_looks_for_what_is_due ON truebook.%I', t);
  END LOOP;
END $$;
DROP INDEX truebook.reminders_due_idx, truebook.notices_due_idx, truebook.notices_old_due_idx, truebook.messages_late_due_idx,
           truebook.alerts_promises_idx, truebook.conversations_waits_due_idx, truebook.waitlist_entries_waiting_idx,
           truebook.accounts_retention_idx;
CREATE INDEX reminders_due ON truebook.reminders (account_id, due_at) WHERE state = 'waiting';
CREATE INDEX notices_due ON truebook.notices (account_id, due_at) WHERE state = 'waiting';
DROP TRIGGER appointments_look_ins ON truebook.appointments;
DROP TRIGGER appointments_look_upd ON truebook.appointments;
DROP TRIGGER tellings_look ON truebook.tellings;
DROP TRIGGER messages_look ON truebook.messages;
DROP FUNCTION truebook.appointments_look();
DROP FUNCTION truebook.tellings_look();
DROP FUNCTION truebook.messages_look();
DROP FUNCTION truebook.look(uuid, uuid, text[], timestamptz);
DROP TABLE truebook.looks;

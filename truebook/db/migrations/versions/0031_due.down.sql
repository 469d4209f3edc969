DROP FUNCTION truebook.promises_open();
DROP FUNCTION truebook.businesses_due(text, timestamptz, uuid, integer);
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['accounts', 'appointments', 'outbox', 'idempotency_keys', 'offers', 'webhook_updates',
                           'messages', 'alerts'] LOOP
    EXECUTE format('DROP POLICY owner_looks_for_what_is_due ON truebook.%I', t);
  END LOOP;
END $$;
DROP INDEX truebook.appointments_holds_due_idx, truebook.outbox_due_idx, truebook.outbox_failed_idx,
           truebook.idempotency_keys_due_idx, truebook.offers_due_idx, truebook.webhook_updates_due_idx;
CREATE INDEX outbox_waiting ON truebook.outbox (tenant_id, available_at) WHERE status = 'queued';
CREATE INDEX idempotency_keys_expiry ON truebook.idempotency_keys (account_id, expires_at);
CREATE INDEX webhook_updates_age ON truebook.webhook_updates (account_id, stored_at);

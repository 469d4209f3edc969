CREATE OR REPLACE FUNCTION truebook.promises_open() RETURNS TABLE (promise text, number bigint, oldest double precision)
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
ALTER TABLE truebook.whatsapp_numbers DROP COLUMN quality, DROP COLUMN sending_limit, DROP COLUMN is_funded,
  DROP COLUMN looked_at;

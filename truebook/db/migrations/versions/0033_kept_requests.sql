-- What a request with an Idempotency-Key has led to: written by the transaction that changes something for it. Only where
-- its outcome can be seen is kept, or why it was refused: never an answer, which would outlive whom it names.
CREATE TABLE truebook.kept_requests (
  account_id  uuid NOT NULL REFERENCES truebook.accounts(id) ON DELETE CASCADE,
  key         text NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
  request_hash bytea NOT NULL CHECK (octet_length(request_hash) = 32),
  status      integer,                                    -- NULL: it took effect, and nobody noted its answer
  place       text,
  refusal     jsonb CHECK (jsonb_typeof(refusal) = 'object'),
  expires_at  timestamptz NOT NULL DEFAULT now() + interval '30 days',
  PRIMARY KEY (account_id, key));
CREATE INDEX kept_requests_due_idx ON truebook.kept_requests (expires_at, account_id);
ALTER TABLE truebook.kept_requests ENABLE ROW LEVEL SECURITY;
ALTER TABLE truebook.kept_requests FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON truebook.kept_requests USING (account_id = truebook.current_tenant())
  WITH CHECK (account_id = truebook.current_tenant());
DO $$ BEGIN
  EXECUTE format('CREATE POLICY owner_looks_for_what_is_due ON truebook.kept_requests FOR SELECT TO %I'
                 ' USING (pg_catalog.current_setting(''truebook.scope'', true) = ''due'')', current_user);
  IF current_user = 'truebook_owner' THEN
    GRANT SELECT, INSERT, UPDATE, DELETE ON truebook.kept_requests TO truebook_app;
  END IF;
END $$;

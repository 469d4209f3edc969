-- A series keeps what is wanted again and again, for whom, and the key by which it is gone on with.
ALTER TABLE truebook.appointment_series
  ADD COLUMN segments jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(segments) = 'array'),
  ADD COLUMN same_staff boolean NOT NULL DEFAULT true,
  ADD COLUMN overrides text[] NOT NULL DEFAULT '{}',
  ADD COLUMN notes text,
  ADD COLUMN customer_id uuid,
  ADD COLUMN customer_name text NOT NULL DEFAULT '',
  ADD COLUMN key text,
  ADD COLUMN request_hash bytea,
  ADD CONSTRAINT appointment_series_key UNIQUE (tenant_id, key),
  ADD CONSTRAINT appointment_series_key_is_whole CHECK ((key IS NULL) = (request_hash IS NULL)),
  ADD CONSTRAINT appointment_series_customer_fk FOREIGN KEY (tenant_id, customer_id)
    REFERENCES truebook.customers(account_id, id);
CREATE INDEX appointment_series_customer_idx ON truebook.appointment_series(tenant_id, customer_id);
CREATE TRIGGER customers_let_go_series BEFORE DELETE ON truebook.customers
  FOR EACH ROW EXECUTE FUNCTION truebook.let_go('appointment_series', 'tenant_id', 'customer_id');

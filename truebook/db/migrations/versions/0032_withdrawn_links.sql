-- Whoever has the link of one of these appointments is shown nothing any more.
CREATE TABLE truebook.withdrawn_links (
  account_id  uuid NOT NULL REFERENCES truebook.accounts(id) ON DELETE CASCADE,
  appointment_id uuid NOT NULL,
  withdrawn_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (account_id, appointment_id),
  FOREIGN KEY (account_id, appointment_id) REFERENCES truebook.appointments(tenant_id, id) ON DELETE CASCADE);
ALTER TABLE truebook.withdrawn_links ENABLE ROW LEVEL SECURITY;
ALTER TABLE truebook.withdrawn_links FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON truebook.withdrawn_links USING (account_id = truebook.current_tenant())
  WITH CHECK (account_id = truebook.current_tenant());
DO $$ BEGIN
  IF current_user = 'truebook_owner' THEN
    GRANT SELECT, INSERT, UPDATE, DELETE ON truebook.withdrawn_links TO truebook_app;
  END IF;
END $$;

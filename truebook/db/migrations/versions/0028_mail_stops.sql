-- Who wants no reminders by e-mail any more: an address at a business. What is told of changes still comes.
CREATE TABLE truebook.mail_stops (
  account_id  uuid NOT NULL REFERENCES truebook.accounts(id) ON DELETE CASCADE,
  address     text NOT NULL CHECK (address = lower(address)),
  at          timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (account_id, address));
ALTER TABLE truebook.mail_stops ENABLE ROW LEVEL SECURITY;
ALTER TABLE truebook.mail_stops FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON truebook.mail_stops USING (account_id = truebook.current_tenant())
  WITH CHECK (account_id = truebook.current_tenant());
DO $$ BEGIN
  IF current_user = 'truebook_owner' THEN
    GRANT SELECT, INSERT, UPDATE, DELETE ON truebook.mail_stops TO truebook_app;
  END IF;
END $$;

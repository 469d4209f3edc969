-- An address at which a calendar program reads appointments: all of a business, or those of one member of staff. Whoever
-- has the address can read, so the database keeps a hash of it. It ends with the user who made it.
CREATE TABLE truebook.calendar_feeds (
  account_id  uuid NOT NULL,
  id          uuid NOT NULL DEFAULT gen_random_uuid(),
  user_id     uuid NOT NULL,
  staff_id    uuid,
  token_hash  bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
  names       boolean NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now(),
  read_at     timestamptz,
  PRIMARY KEY (account_id, id),
  FOREIGN KEY (account_id, user_id) REFERENCES truebook.users(account_id, id) ON DELETE CASCADE,
  FOREIGN KEY (account_id, staff_id) REFERENCES truebook.staff(account_id, id) ON DELETE CASCADE);
CREATE INDEX calendar_feeds_user_idx ON truebook.calendar_feeds(account_id, user_id);
CREATE INDEX calendar_feeds_staff_idx ON truebook.calendar_feeds(account_id, staff_id);
ALTER TABLE truebook.calendar_feeds ENABLE ROW LEVEL SECURITY;
ALTER TABLE truebook.calendar_feeds FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON truebook.calendar_feeds USING (account_id = truebook.current_tenant())
  WITH CHECK (account_id = truebook.current_tenant());
-- A calendar program brings a token and nothing else: the operator's directory finds whose it is.
CREATE POLICY operator_finds ON truebook.calendar_feeds FOR SELECT USING (truebook.is_operator());
DO $$ BEGIN
  IF current_user = 'truebook_owner' THEN
    GRANT SELECT, INSERT, UPDATE, DELETE ON truebook.calendar_feeds TO truebook_app;
  END IF;
END $$;

-- Passkeys: the public keys by which people sign in. What is kept here opens nothing by itself.
CREATE TABLE truebook.passkeys (
  account_id  uuid NOT NULL,
  id          uuid NOT NULL DEFAULT gen_random_uuid(),
  user_id     uuid NOT NULL,
  credential  bytea NOT NULL UNIQUE CHECK (octet_length(credential) BETWEEN 16 AND 1023),
  public_key  bytea NOT NULL CHECK (octet_length(public_key) < 2000),
  sign_count  bigint NOT NULL,
  name        text NOT NULL CHECK (btrim(name) <> ''),
  created_at  timestamptz NOT NULL DEFAULT now(),
  used_at     timestamptz,
  PRIMARY KEY (account_id, id),
  FOREIGN KEY (account_id, user_id) REFERENCES truebook.users(account_id, id) ON DELETE CASCADE);
CREATE INDEX passkeys_user_idx ON truebook.passkeys(account_id, user_id);
ALTER TABLE truebook.passkeys ENABLE ROW LEVEL SECURITY;
ALTER TABLE truebook.passkeys FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON truebook.passkeys USING (account_id = truebook.current_tenant())
  WITH CHECK (account_id = truebook.current_tenant());
-- Before somebody is signed in, nobody knows whose business it is: the operator's directory finds them.
CREATE POLICY operator_finds ON truebook.passkeys FOR SELECT USING (truebook.is_operator());
DO $$ BEGIN
  IF current_user = 'truebook_owner' THEN
    GRANT SELECT, INSERT, UPDATE, DELETE ON truebook.passkeys TO truebook_app;
  END IF;
END $$;

-- People sign in: by a password or by a link that works once, into a session that can be listed and ended.
-- What a cookie or a link holds is a secret of 192 bits; the database keeps its SHA-256.
ALTER TABLE users ADD COLUMN name text CHECK (btrim(name) <> '');
ALTER TABLE users DROP CONSTRAINT users_role_check;
UPDATE users SET role = 'staff' WHERE role = 'member';
ALTER TABLE users ALTER COLUMN role SET DEFAULT 'staff';
ALTER TABLE users ADD CONSTRAINT users_role_check CHECK (role IN ('owner','admin','staff'));
CREATE INDEX users_email_idx ON users(email);

CREATE TABLE user_sessions (
  account_id  uuid NOT NULL,
  id          uuid NOT NULL DEFAULT gen_random_uuid(),
  user_id     uuid NOT NULL,
  token_hash  bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
  browser     text,
  created_at  timestamptz NOT NULL DEFAULT now(),
  seen_at     timestamptz NOT NULL DEFAULT now(),
  expires_at  timestamptz NOT NULL,
  ended_at    timestamptz,
  PRIMARY KEY (account_id, id),
  FOREIGN KEY (account_id, user_id) REFERENCES users(account_id, id) ON DELETE CASCADE);
CREATE INDEX user_sessions_user_idx ON user_sessions(account_id, user_id);

CREATE TABLE sign_in_links (
  account_id  uuid NOT NULL,
  id          uuid NOT NULL DEFAULT gen_random_uuid(),
  user_id     uuid NOT NULL,
  token_hash  bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
  created_at  timestamptz NOT NULL DEFAULT now(),
  expires_at  timestamptz NOT NULL,
  used_at     timestamptz,
  PRIMARY KEY (account_id, id),
  FOREIGN KEY (account_id, user_id) REFERENCES users(account_id, id) ON DELETE CASCADE);
CREATE INDEX sign_in_links_user_idx ON sign_in_links(account_id, user_id);

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['user_sessions','sign_in_links'] LOOP
    EXECUTE format('ALTER TABLE truebook.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE truebook.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant_isolation ON truebook.%I USING (account_id = truebook.current_tenant()) WITH CHECK (account_id = truebook.current_tenant())', t);
    IF current_user = 'truebook_owner' THEN
      EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON truebook.%I TO truebook_app', t);
    END IF;
  END LOOP;
  -- Before somebody is signed in, nobody knows whose business it is: the operator's directory finds them.
  FOREACH t IN ARRAY ARRAY['users','user_sessions','sign_in_links'] LOOP
    EXECUTE format('CREATE POLICY operator_finds ON truebook.%I FOR SELECT USING (truebook.is_operator())', t);
  END LOOP;
END $$;

-- Open desks hear that a calendar has changed: the tenant's id, once for each transaction.
CREATE FUNCTION call_out() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  PERFORM pg_catalog.pg_notify('truebook_changed', coalesce(NEW.tenant_id, OLD.tenant_id)::text);
  RETURN NULL;
END $$;
CREATE TRIGGER appointments_call_out AFTER INSERT OR UPDATE OR DELETE ON appointments
  FOR EACH ROW EXECUTE FUNCTION call_out();
CREATE TRIGGER blocks_call_out AFTER INSERT OR UPDATE OR DELETE ON blocks FOR EACH ROW EXECUTE FUNCTION call_out();

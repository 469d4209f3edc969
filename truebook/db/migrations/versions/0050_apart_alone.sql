-- What is everybody's (accounts, users) has no trigger that reaches into a business's rows: who ends an account lets go
-- first (`truebook.tenants.accounts`), and the foreign keys refuse it otherwise.
DROP TRIGGER accounts_end ON truebook.accounts;
DROP FUNCTION truebook.accounts_end();
DROP TRIGGER users_let_go ON truebook.users;
DROP TRIGGER accounts_settings_changed ON truebook.accounts;
DROP TRIGGER accounts_touch ON truebook.accounts;
ALTER TABLE truebook.accounts DROP COLUMN settings_version;
CREATE TRIGGER accounts_touch BEFORE UPDATE ON truebook.accounts FOR EACH ROW EXECUTE FUNCTION truebook.touch_row();
CREATE OR REPLACE FUNCTION truebook.settings_changed() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
  changed bigint;
  whose uuid := (pg_catalog.to_jsonb(CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END) ->> TG_ARGV[0])::uuid;
BEGIN
  SELECT pg_catalog.pg_current_xact_id()::text::bigint # system_identifier INTO changed FROM pg_catalog.pg_control_system();
  IF TG_OP = 'INSERT' THEN
    INSERT INTO truebook.settings_versions AS v (account_id, version) VALUES (whose, changed)
    ON CONFLICT (account_id) DO UPDATE SET version = excluded.version WHERE v.version <> excluded.version;
  ELSE  -- also while the account ends: then there may be no row any more, and must be none again
    UPDATE truebook.settings_versions SET version = changed WHERE account_id = whose AND version <> changed;
  END IF;
  RETURN NULL;
END $$;

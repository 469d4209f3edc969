-- The directory's triggers reach into a business's rows again.
ALTER TABLE truebook.accounts ADD COLUMN settings_version bigint NOT NULL DEFAULT 0;
ALTER TABLE truebook.accounts NO FORCE ROW LEVEL SECURITY;
ALTER TABLE truebook.settings_versions NO FORCE ROW LEVEL SECURITY;
ALTER TABLE truebook.accounts DISABLE TRIGGER USER;
UPDATE truebook.accounts a SET settings_version = v.version FROM truebook.settings_versions v WHERE v.account_id = a.id;
ALTER TABLE truebook.accounts ENABLE TRIGGER USER;
ALTER TABLE truebook.accounts FORCE ROW LEVEL SECURITY;
ALTER TABLE truebook.settings_versions FORCE ROW LEVEL SECURITY;
DROP TRIGGER accounts_touch ON truebook.accounts;
CREATE TRIGGER accounts_touch BEFORE UPDATE ON truebook.accounts FOR EACH ROW WHEN ((new.settings_version = old.settings_version)) EXECUTE FUNCTION truebook.touch_row();
CREATE OR REPLACE FUNCTION truebook.accounts_end()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $$
BEGIN
  DELETE FROM truebook.claims WHERE tenant_id = OLD.id;
  DELETE FROM truebook.blocks WHERE tenant_id = OLD.id;
  DELETE FROM truebook.waitlist_entries WHERE tenant_id = OLD.id;
  DELETE FROM truebook.appointment_series WHERE tenant_id = OLD.id;
  UPDATE truebook.appointment_segments SET service_id = NULL, staff_id = NULL, session_id = NULL WHERE tenant_id = OLD.id;
  DELETE FROM truebook.class_sessions WHERE tenant_id = OLD.id;
  UPDATE truebook.appointments SET account_id = NULL, customer_id = NULL, conversation_id = NULL
  WHERE tenant_id = OLD.id AND account_id IS NOT NULL;
  RETURN OLD;
END $$
;
CREATE OR REPLACE FUNCTION truebook.settings_changed() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
  at bigint := pg_catalog.pg_current_xact_id()::text::bigint;
  changed bigint;
  whose uuid := (pg_catalog.to_jsonb(CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END) ->> TG_ARGV[0])::uuid;
BEGIN
  UPDATE truebook.accounts SET settings_version = at WHERE id = whose AND settings_version <> at;
  IF TG_ARGV[0] = 'id' THEN RETURN NULL; END IF;  -- of the account itself, its own version tells
  SELECT at # system_identifier INTO changed FROM pg_catalog.pg_control_system();
  IF TG_OP = 'INSERT' THEN
    INSERT INTO truebook.settings_versions AS v (account_id, version) VALUES (whose, changed)
    ON CONFLICT (account_id) DO UPDATE SET version = excluded.version WHERE v.version <> excluded.version;
  ELSE  -- also while the account ends: then there may be no row any more, and must be none again
    UPDATE truebook.settings_versions SET version = changed WHERE account_id = whose AND version <> changed;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER accounts_end BEFORE DELETE ON truebook.accounts FOR EACH ROW EXECUTE FUNCTION truebook.accounts_end();
CREATE TRIGGER users_let_go BEFORE DELETE ON truebook.users FOR EACH ROW
  EXECUTE FUNCTION truebook.let_go('staff', 'account_id', 'user_id');
CREATE TRIGGER accounts_settings_changed AFTER UPDATE OF timezone, tight_offers ON truebook.accounts
  FOR EACH ROW EXECUTE FUNCTION truebook.settings_changed('id');

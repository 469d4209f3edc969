-- The transaction that last changed what decides about free times: services, staff, hours, days off, the time zone.
-- A process that remembers these compares it in the very query that asks for appointments. An id of a transaction is
-- never given twice, so one that was rolled back cannot be mistaken for one that was not.
ALTER TABLE truebook.accounts ADD COLUMN settings_version bigint NOT NULL DEFAULT 0;

-- Noting it is no change of the account that its owner could have missed: the account's own version stays.
DROP TRIGGER accounts_touch ON truebook.accounts;
CREATE TRIGGER accounts_touch BEFORE UPDATE ON truebook.accounts
  FOR EACH ROW WHEN (NEW.settings_version = OLD.settings_version) EXECUTE FUNCTION truebook.touch_row();

CREATE FUNCTION truebook.settings_changed() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
  changed bigint := pg_catalog.pg_current_xact_id()::text::bigint;
  row_data jsonb := pg_catalog.to_jsonb(CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END);
BEGIN
  UPDATE truebook.accounts SET settings_version = changed
  WHERE id = (row_data ->> TG_ARGV[0])::uuid AND settings_version <> changed;
  RETURN NULL;
END $$;

CREATE TRIGGER accounts_settings_changed AFTER UPDATE OF timezone ON truebook.accounts
  FOR EACH ROW EXECUTE FUNCTION truebook.settings_changed('id');
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['services','staff','staff_services','availability_configs','availability_rules',
                           'date_overrides','blackout_dates'] LOOP
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT OR UPDATE OR DELETE ON truebook.%I'
                   ' FOR EACH ROW EXECUTE FUNCTION truebook.settings_changed(''account_id'')', t || '_settings_changed', t);
  END LOOP;
END $$;

DROP FUNCTION truebook.settings_changed() CASCADE;
DROP TRIGGER accounts_touch ON truebook.accounts;
CREATE TRIGGER accounts_touch BEFORE UPDATE ON truebook.accounts FOR EACH ROW EXECUTE FUNCTION truebook.touch_row();
ALTER TABLE truebook.accounts DROP COLUMN settings_version;

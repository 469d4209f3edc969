DROP POLICY owner_erases ON audit_log;
DROP POLICY owner_erases ON appointment_history;
DROP FUNCTION erase_from_history(uuid[], uuid, text);
ALTER TABLE accounts DROP COLUMN retention_months;
DROP INDEX customers_email_idx;
ALTER TABLE customers DROP COLUMN notes;

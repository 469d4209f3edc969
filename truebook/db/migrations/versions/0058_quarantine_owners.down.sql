ALTER TABLE truebook.import_quarantine DROP COLUMN account_id;

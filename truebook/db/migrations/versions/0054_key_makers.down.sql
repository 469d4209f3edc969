ALTER TABLE truebook.api_keys DROP COLUMN made_by;

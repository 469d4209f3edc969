ALTER TABLE truebook.telling_settings DROP COLUMN ask_number;

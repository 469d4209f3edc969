ALTER TABLE truebook.bot_configs DROP COLUMN hearing_url, DROP COLUMN hearing_model, DROP COLUMN hearing_key;

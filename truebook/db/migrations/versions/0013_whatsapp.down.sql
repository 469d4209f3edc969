ALTER TABLE truebook.messages DROP COLUMN turn_id, DROP COLUMN stored_at, DROP COLUMN withdrawn_at;
ALTER TABLE truebook.conversations DROP COLUMN number_id, DROP COLUMN username, DROP COLUMN heard_at;
DROP TABLE truebook.whatsapp_identities, truebook.webhook_updates, truebook.whatsapp_numbers;

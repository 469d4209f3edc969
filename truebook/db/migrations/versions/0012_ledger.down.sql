DROP TABLE truebook.message_statuses, truebook.message_attempts, truebook.tellings;
ALTER TABLE truebook.messages DROP COLUMN kind, DROP COLUMN provider, DROP COLUMN delivery;

ALTER TABLE truebook.conversations DROP COLUMN line;

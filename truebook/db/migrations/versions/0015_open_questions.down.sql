DROP TABLE shown_codes;
DROP TABLE open_questions;
ALTER TABLE services DROP COLUMN names;
ALTER TABLE bot_configs DROP COLUMN facts;

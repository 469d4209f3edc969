ALTER TABLE accounts DROP COLUMN imprint_url, DROP COLUMN privacy_url, DROP COLUMN framed_by;

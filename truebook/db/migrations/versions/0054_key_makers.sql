-- Who made a key at the desk: it ends with them.
ALTER TABLE truebook.api_keys ADD COLUMN made_by uuid;

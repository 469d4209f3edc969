-- Who made a key at the desk: it ends with them. No foreign key: the row stays when they have gone.
ALTER TABLE truebook.api_keys ADD COLUMN made_by uuid;

-- A key's maker is a user of the same business, and forgotten with them: the key was revoked then.
CREATE INDEX api_keys_made_by_idx ON truebook.api_keys(account_id, made_by);
ALTER TABLE truebook.api_keys ADD CONSTRAINT api_keys_made_by_fk FOREIGN KEY (account_id, made_by)
  REFERENCES truebook.users(account_id, id) NOT VALID;
ALTER TABLE truebook.api_keys VALIDATE CONSTRAINT api_keys_made_by_fk;
COMMENT ON TABLE truebook.whatsapp_numbers IS
  'audit: allow unique-across-tenants, a webhook names the number before anybody knows whose it is; audit: allow hot-query-unindexed, a business has a handful of numbers';

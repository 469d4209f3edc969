ALTER TABLE truebook.api_keys DROP CONSTRAINT api_keys_made_by_fk;
DROP INDEX truebook.api_keys_made_by_idx;
COMMENT ON TABLE truebook.whatsapp_numbers IS
  'audit: allow unique-across-tenants, a webhook names the number before anybody knows whose it is';

DROP FUNCTION keys_call_out() CASCADE;
ALTER TABLE api_keys DROP COLUMN may, DROP COLUMN issuer, DROP COLUMN expires_at, DROP COLUMN last_used_at;

-- Keys that were there may do what they could: everything.
ALTER TABLE api_keys
  ADD COLUMN may text NOT NULL DEFAULT 'manage' CONSTRAINT api_keys_may CHECK (may IN ('read', 'book', 'manage')),
  ADD COLUMN issuer uuid,  -- no foreign key: an operator's key, of no business, may have issued a business's
  ADD COLUMN expires_at timestamptz CONSTRAINT api_keys_ends CHECK (expires_at > created_at),
  ADD COLUMN last_used_at timestamptz;
CREATE INDEX api_keys_issuer_idx ON api_keys(issuer);

-- Every process that believes a key for a moment hears that some key or business is not what it was.
CREATE FUNCTION keys_call_out() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  PERFORM pg_catalog.pg_notify('truebook_keys', '');
  RETURN NULL;
END $$;
CREATE TRIGGER api_keys_call_out AFTER DELETE OR UPDATE OF revoked_at, expires_at, may ON api_keys
  FOR EACH STATEMENT EXECUTE FUNCTION keys_call_out();
CREATE TRIGGER accounts_call_out AFTER DELETE OR UPDATE OF status, timezone ON accounts
  FOR EACH STATEMENT EXECUTE FUNCTION keys_call_out();

-- For each limit and subject the moment at which all that was taken is made up for. The subject is a hash: who that is,
-- a key, a conversation or an address, is nobody's business. Unlogged: after a crash everybody may begin anew. It belongs
-- to no business, and holds nothing of one, so it needs no row-level security.
CREATE UNLOGGED TABLE truebook.limits (
  name    text NOT NULL,
  subject bytea NOT NULL CHECK (octet_length(subject) = 16),
  taken   integer NOT NULL,                               -- how many turns the last who asked was given
  free_at timestamptz NOT NULL,
  PRIMARY KEY (name, subject)) WITH (fillfactor = 50);
CREATE INDEX limits_free_idx ON truebook.limits (free_at);
DO $$ BEGIN
  IF current_user = 'truebook_owner' THEN
    GRANT SELECT, INSERT, UPDATE, DELETE ON truebook.limits TO truebook_app;
  END IF;
END $$;

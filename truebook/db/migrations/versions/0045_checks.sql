-- A saved talk (as `truebook rehearse` plays it), and how it went when it was last played. What somebody said stands in it,
-- so it goes with the chat that it was saved from.
CREATE TABLE truebook.checks (
  account_id  uuid NOT NULL,
  id          uuid NOT NULL DEFAULT gen_random_uuid(),
  conversation_id uuid NOT NULL,
  about       text NOT NULL CHECK (btrim(about) <> ''),
  talk        text NOT NULL CHECK (length(talk) <= 100000),
  created_at  timestamptz NOT NULL DEFAULT now(),
  asked_at    timestamptz,
  played_at   timestamptz,
  verdict     text CHECK (verdict IN ('good','slow','stuck','wrong','untrue','unplayed')),
  said        jsonb NOT NULL DEFAULT '[]',
  stands      jsonb NOT NULL DEFAULT '[]',
  PRIMARY KEY (account_id, id),
  FOREIGN KEY (account_id, conversation_id) REFERENCES truebook.conversations(account_id, id) ON DELETE CASCADE);
CREATE INDEX checks_conversation_idx ON truebook.checks(account_id, conversation_id);
ALTER TABLE truebook.checks ENABLE ROW LEVEL SECURITY;
ALTER TABLE truebook.checks FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON truebook.checks USING (account_id = truebook.current_tenant())
  WITH CHECK (account_id = truebook.current_tenant());
DO $$ BEGIN
  IF current_user = 'truebook_owner' THEN
    GRANT SELECT, INSERT, UPDATE, DELETE ON truebook.checks TO truebook_app;
  END IF;
END $$;

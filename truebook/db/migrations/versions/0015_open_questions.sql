-- What a business tells about itself, the names of its services in each language, what it was asked and could not
-- answer, and which appointments a conversation may see because their code was given in it.
ALTER TABLE bot_configs ADD COLUMN facts jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(facts) = 'array');
ALTER TABLE services ADD COLUMN names jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(names) = 'object');

CREATE TABLE open_questions (
  account_id  uuid NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  id          uuid NOT NULL DEFAULT gen_random_uuid(),
  conversation_id uuid NOT NULL,
  topic       text NOT NULL CHECK (btrim(topic) <> ''),
  question    text NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now(),
  version     integer NOT NULL DEFAULT 1,
  PRIMARY KEY (account_id, id),
  FOREIGN KEY (account_id, conversation_id) REFERENCES conversations(account_id, id) ON DELETE CASCADE);
CREATE INDEX open_questions_conversation_idx ON open_questions(account_id, conversation_id);

CREATE TABLE shown_codes (
  account_id  uuid NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  id          uuid NOT NULL DEFAULT gen_random_uuid(),
  conversation_id uuid NOT NULL,
  appointment_id  uuid,
  created_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (account_id, id),
  FOREIGN KEY (account_id, conversation_id) REFERENCES conversations(account_id, id) ON DELETE CASCADE,
  FOREIGN KEY (account_id, appointment_id) REFERENCES appointments(tenant_id, id) ON DELETE CASCADE);
CREATE INDEX shown_codes_conversation_idx ON shown_codes(account_id, conversation_id, appointment_id);
CREATE INDEX shown_codes_appointment_idx ON shown_codes(account_id, appointment_id);
CREATE INDEX shown_codes_wrong_idx ON shown_codes(account_id, created_at) WHERE appointment_id IS NULL;

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['open_questions','shown_codes'] LOOP
    EXECUTE format('ALTER TABLE truebook.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE truebook.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant_isolation ON truebook.%I USING (account_id = truebook.current_tenant())'
                   ' WITH CHECK (account_id = truebook.current_tenant())', t);
    IF current_user = 'truebook_owner' THEN
      EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON truebook.%I TO truebook_app', t);
    END IF;
  END LOOP;
END $$;

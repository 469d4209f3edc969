-- How fast may be sent, shared by all processes: one row a number and one a chat, each the moment from which on the next
-- one is on time (GCRA: one number says how much of a burst is used up).
CREATE TABLE truebook.send_pace (
  account_id  uuid NOT NULL REFERENCES truebook.accounts(id) ON DELETE CASCADE,
  key         uuid NOT NULL,                              -- a number's id or a conversation's
  due_at      timestamptz NOT NULL,
  PRIMARY KEY (account_id, key));

CREATE TABLE truebook.whatsapp_templates (                -- as the provider has them: each language is reviewed by itself
  account_id  uuid NOT NULL,
  number_id   uuid NOT NULL,
  name        text NOT NULL CHECK (name ~ '^[a-z0-9_]+$' AND length(name) <= 512),
  language    text NOT NULL CHECK (language <> ''),
  status      text NOT NULL,                              -- APPROVED is the only good one
  category    text,                                       -- a reminder that is MARKETING is none any more
  quality     text,
  reason      text,
  updated_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (account_id, number_id, name, language),
  FOREIGN KEY (account_id, number_id) REFERENCES truebook.whatsapp_numbers(account_id, id) ON DELETE CASCADE);

CREATE TABLE truebook.alerts (                            -- what a person must look at; the same thing stands here once
  account_id  uuid NOT NULL REFERENCES truebook.accounts(id) ON DELETE CASCADE,
  id          uuid NOT NULL DEFAULT gen_random_uuid(),
  kind        text NOT NULL CHECK (kind IN
    ('not_told','unknown_outcome','number_stopped','template','mistake','too_many_answers','wrong_claim')),
  subject     uuid NOT NULL,                              -- the message, number or conversation it is about
  words       text NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  resolved_at timestamptz,
  PRIMARY KEY (account_id, id));
CREATE UNIQUE INDEX alerts_once ON truebook.alerts(account_id, kind, subject) WHERE resolved_at IS NULL;

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['send_pace','whatsapp_templates','alerts'] LOOP
    EXECUTE format('ALTER TABLE truebook.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE truebook.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant_isolation ON truebook.%I USING (account_id = truebook.current_tenant())'
                   ' WITH CHECK (account_id = truebook.current_tenant())', t);
    IF current_user = 'truebook_owner' THEN
      EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON truebook.%I TO truebook_app', t);
    END IF;
  END LOOP;
END $$;

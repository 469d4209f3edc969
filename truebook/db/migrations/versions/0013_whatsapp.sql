-- A business's number at WhatsApp. The directory, like channels: a webhook names the number before anybody knows whose
-- it is. Secrets are sealed (AES-GCM) with the business's id; what reads them has the keys.
-- At once as strong as it is needed below: whoever looked before and writes now would otherwise be thrown out.
LOCK TABLE truebook.conversations IN ACCESS EXCLUSIVE MODE;

CREATE TABLE truebook.whatsapp_numbers (
  id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  account_id  uuid NOT NULL REFERENCES truebook.accounts(id) ON DELETE CASCADE,
  provider    text NOT NULL DEFAULT 'whatsapp' CHECK (provider IN ('whatsapp','twilio')),
  number_id   text NOT NULL CHECK (number_id <> ''),      -- the provider's id of the number
  messaging_account_id text NOT NULL CHECK (messaging_account_id <> ''),  -- Meta's WABA, which became a messaging account
  whatsapp_account_id text,                               -- one per number, from 2027 on
  phone       text CHECK (phone ~ '^\+[1-9][0-9]{6,14}$'),
  hook        text NOT NULL UNIQUE CHECK (hook ~ '^[A-Za-z0-9_-]{16,64}$'),  -- its place in the webhook's address
  verify_token bytea NOT NULL CHECK (octet_length(verify_token) = 32),       -- SHA-256 of it
  access_token text NOT NULL,                             -- sealed, as all that follow
  app_secret  text,                                       -- NULL: the installation's own app
  old_app_secret text,                                    -- while one is rotated both are good
  pin         text,
  graph_url   text,                                       -- NULL: Meta's; set by the operator only, for a simulator
  status      text NOT NULL DEFAULT 'connecting' CHECK (status IN ('connecting','connected','stopped')),
  stopped_because text,
  last_webhook_at timestamptz,
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now(),
  version     integer NOT NULL DEFAULT 1,
  UNIQUE (provider, number_id),
  UNIQUE (account_id, id));
COMMENT ON TABLE truebook.whatsapp_numbers IS
  'audit: allow unique-across-tenants, a webhook names the number before anybody knows whose it is';
CREATE TRIGGER whatsapp_numbers_touch BEFORE UPDATE ON truebook.whatsapp_numbers
  FOR EACH ROW WHEN (NEW.last_webhook_at IS NOT DISTINCT FROM OLD.last_webhook_at)
  EXECUTE FUNCTION truebook.touch_row();

CREATE TABLE truebook.webhook_updates (                   -- each thing a webhook brought: stored once, then worked on
  account_id  uuid NOT NULL,
  id          uuid NOT NULL DEFAULT gen_random_uuid(),
  number_id   uuid NOT NULL,
  batch       uuid NOT NULL,
  kind        text NOT NULL CHECK (kind IN ('message','status','echo','account','other')),
  key         text NOT NULL,                              -- the same whenever the same thing is delivered again
  at          timestamptz,                                -- when it happened, by the provider's clock
  payload     jsonb NOT NULL,                             -- emptied once it is worked on: it names people
  state       text NOT NULL DEFAULT 'stored' CHECK (state IN ('stored','done','parked','failed')),
  problem     text,
  stored_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (account_id, id),
  CONSTRAINT webhook_updates_once UNIQUE (account_id, number_id, key),
  FOREIGN KEY (account_id, number_id) REFERENCES truebook.whatsapp_numbers(account_id, id) ON DELETE CASCADE);
CREATE INDEX webhook_updates_batch ON truebook.webhook_updates(account_id, batch) WHERE state = 'stored';
CREATE INDEX webhook_updates_age ON truebook.webhook_updates(account_id, stored_at);

CREATE TABLE truebook.whatsapp_identities (               -- who writes: each identifier leads to one person's chat
  account_id  uuid NOT NULL,
  kind        text NOT NULL CHECK (kind IN ('user','parent','phone')),
  value       text NOT NULL CHECK (value <> ''),
  conversation_id uuid NOT NULL,
  seen_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (account_id, kind, value),
  FOREIGN KEY (account_id, conversation_id) REFERENCES truebook.conversations(account_id, id) ON DELETE CASCADE);
CREATE INDEX whatsapp_identities_conversation_idx ON truebook.whatsapp_identities(account_id, conversation_id);

ALTER TABLE truebook.conversations
  ADD COLUMN number_id uuid,                              -- the business's number that the chat is held with
  ADD COLUMN username text,                               -- may change at any time: shown, never a key
  ADD COLUMN heard_at timestamptz,                        -- the customer's last words, by the provider's clock: the window
  ADD CONSTRAINT conversations_number_fk FOREIGN KEY (account_id, number_id)
    REFERENCES truebook.whatsapp_numbers(account_id, id);
CREATE INDEX conversations_number_idx ON truebook.conversations(account_id, number_id);
ALTER TABLE truebook.messages
  ADD COLUMN turn_id uuid,                                -- the message whose answer answers this one too
  ADD COLUMN stored_at timestamptz,                       -- when we had it, however late the provider brought it
  ADD COLUMN withdrawn_at timestamptz;                    -- by the customer who wrote it
ALTER TABLE truebook.messages ALTER COLUMN stored_at SET DEFAULT clock_timestamp();

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['whatsapp_numbers','webhook_updates','whatsapp_identities'] LOOP
    EXECUTE format('ALTER TABLE truebook.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE truebook.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant_isolation ON truebook.%I USING (account_id = truebook.current_tenant())'
                   ' WITH CHECK (account_id = truebook.current_tenant())', t);
    IF current_user = 'truebook_owner' THEN
      EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON truebook.%I TO truebook_app', t);
    END IF;
  END LOOP;
  CREATE POLICY operator_directory ON truebook.whatsapp_numbers
    USING (truebook.is_operator()) WITH CHECK (truebook.is_operator());
END $$;

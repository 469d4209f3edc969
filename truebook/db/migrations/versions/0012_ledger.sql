-- What a customer was told can always be held against what the database has: every word in and out is a message, what it
-- said of an appointment is a telling, each try to get it to them is an attempt, and what the provider reported is kept
-- with all its times.
ALTER TABLE truebook.messages
  ADD COLUMN kind text,                                   -- what an answer of the desk is; NULL: a customer's own words
  ADD COLUMN provider text,                               -- by which it goes; NULL: it is read where it was written
  ADD COLUMN delivery text,                               -- how far it has come; NULL: nothing is to be sent
  ADD CONSTRAINT messages_kind CHECK (kind IN
    ('reply','offer','read_back','receipt','move','cancellation','reminder','correction','person')),
  ADD CONSTRAINT messages_provider CHECK (provider IN ('whatsapp','twilio','email')),
  ADD CONSTRAINT messages_delivery CHECK (delivery IN ('queued','sending','unknown','accepted','held','sent',
    'delivered','read','played','failed','withdrawn')),
  ADD CONSTRAINT messages_delivery_by_somebody CHECK (delivery IS NULL OR provider IS NOT NULL);
CREATE INDEX messages_to_send ON truebook.messages(account_id, conversation_id, created_at, id)
  WHERE delivery IN ('queued','sending','unknown');

CREATE TABLE truebook.tellings (                          -- what a message said of an appointment
  account_id  uuid NOT NULL,
  message_id  uuid NOT NULL,
  appointment_id uuid NOT NULL,
  topic       text NOT NULL CHECK (topic IN ('booked','requested','moved','cancelled','reminder','correction')),
  version     integer NOT NULL,                           -- of the row that was read back for it
  starts_at   timestamptz NOT NULL,                       -- the time that the words name
  PRIMARY KEY (account_id, message_id, appointment_id, topic),
  FOREIGN KEY (account_id, message_id) REFERENCES truebook.messages(account_id, id) ON DELETE CASCADE,
  FOREIGN KEY (account_id, appointment_id) REFERENCES truebook.appointments(tenant_id, id) ON DELETE CASCADE);
CREATE INDEX tellings_appointment_idx ON truebook.tellings(account_id, appointment_id);

CREATE TABLE truebook.message_attempts (                  -- committed before the request leaves; (message, number) is the token
  account_id  uuid NOT NULL,
  message_id  uuid NOT NULL,
  number      integer NOT NULL CHECK (number > 0),
  provider    text NOT NULL CHECK (provider IN ('whatsapp','twilio','email')),
  form        text NOT NULL CHECK (form IN ('free','template','mail')),
  outcome     text NOT NULL DEFAULT 'sending' CHECK (outcome IN
    ('sending','unknown','accepted','held','sent','delivered','read','played','failed')),
  provider_message_id text,
  category    text,                                       -- what the provider charges it as
  failure_code text,
  failure     text,                                       -- why it failed, in plain words
  started_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  answered_at timestamptz,
  PRIMARY KEY (account_id, message_id, number),
  FOREIGN KEY (account_id, message_id) REFERENCES truebook.messages(account_id, id) ON DELETE CASCADE);
-- One in flight: nobody may send again what may have arrived. Another way out (mail) is another matter.
CREATE UNIQUE INDEX message_attempts_one_in_flight ON truebook.message_attempts(account_id, message_id, provider)
  WHERE outcome IN ('sending','unknown');
CREATE UNIQUE INDEX message_attempts_provider_id ON truebook.message_attempts(account_id, provider, provider_message_id)
  WHERE provider_message_id IS NOT NULL;

CREATE TABLE truebook.message_statuses (                  -- what the provider reported, by its own clock and by ours
  account_id  uuid NOT NULL,
  message_id  uuid NOT NULL,
  number      integer NOT NULL,
  status      text NOT NULL CHECK (status IN ('accepted','held','sent','delivered','read','played','failed')),
  at          timestamptz NOT NULL,
  stored_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (account_id, message_id, number, status),
  FOREIGN KEY (account_id, message_id, number)
    REFERENCES truebook.message_attempts(account_id, message_id, number) ON DELETE CASCADE);

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['tellings','message_attempts','message_statuses'] LOOP
    EXECUTE format('ALTER TABLE truebook.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE truebook.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant_isolation ON truebook.%I USING (account_id = truebook.current_tenant())'
                   ' WITH CHECK (account_id = truebook.current_tenant())', t);
    IF current_user = 'truebook_owner' THEN
      EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON truebook.%I TO truebook_app', t);
    END IF;
  END LOOP;
END $$;

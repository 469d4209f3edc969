-- What the desk offers is a visit of one or several segments, or places in a class. An offer that changes what an
-- appointment consists of says which one, so that it can be used for no other.
ALTER TABLE truebook.offers
  ADD COLUMN segments jsonb CHECK (jsonb_typeof(segments) = 'array'),  -- NULL: the one service
  ADD COLUMN session_id uuid,
  ADD COLUMN seats smallint CHECK (seats BETWEEN 1 AND 50),
  ADD COLUMN appointment_id uuid,
  ADD CONSTRAINT offers_seats CHECK ((session_id IS NULL) = (seats IS NULL)),
  ADD CONSTRAINT offers_session_fk FOREIGN KEY (account_id, session_id)
    REFERENCES truebook.class_sessions(tenant_id, id) ON DELETE CASCADE,
  ADD CONSTRAINT offers_appointment_fk FOREIGN KEY (account_id, appointment_id)
    REFERENCES truebook.appointments(tenant_id, id) ON DELETE CASCADE;
CREATE INDEX offers_session_idx ON truebook.offers(account_id, session_id);
CREATE INDEX offers_appointment_idx ON truebook.offers(account_id, appointment_id);
-- A series remembers where it was arranged, so that what is booked later of it is known there too.
ALTER TABLE truebook.appointment_series
  ADD COLUMN source text NOT NULL DEFAULT 'api'
    CHECK (source IN ('api', 'whatsapp', 'web', 'test', 'staff', 'import')),
  ADD COLUMN conversation_id uuid,
  ADD CONSTRAINT appointment_series_conversation_fk FOREIGN KEY (tenant_id, conversation_id)
    REFERENCES truebook.conversations(account_id, id);
CREATE INDEX appointment_series_conversation_idx ON truebook.appointment_series(tenant_id, conversation_id);
CREATE TRIGGER conversations_let_go_series BEFORE DELETE ON truebook.conversations
  FOR EACH ROW EXECUTE FUNCTION truebook.let_go('appointment_series', 'tenant_id', 'conversation_id');

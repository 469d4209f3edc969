-- How a business tells its customers, and the reminders that follow from it: planned once for each start of an appointment
-- and each offset, so that a move plans anew and nothing is sent twice. Runs with search_path = truebook as the owner.
-- At once as strong as it is needed below: whoever looked before and writes now would otherwise be thrown out.
LOCK TABLE truebook.appointments IN ACCESS EXCLUSIVE MODE;

CREATE TABLE truebook.telling_settings (                  -- one row a business, made at the first look
  account_id  uuid PRIMARY KEY REFERENCES truebook.accounts(id) ON DELETE CASCADE,
  remind_before integer[] NOT NULL DEFAULT '{1440}'       -- minutes before an appointment
    CHECK (cardinality(remind_before) <= 5 AND 15 <= ALL (remind_before) AND 20160 >= ALL (remind_before)),
  quiet_from  time DEFAULT '21:00',                       -- on the business's wall clock; both NULL: no quiet hours
  quiet_until time DEFAULT '08:00',
  notes       jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(notes) = 'object'),  -- by language, after a reminder
  since       timestamptz NOT NULL DEFAULT now(),         -- what was due before is not sent
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now(),
  version     integer NOT NULL DEFAULT 1,
  CONSTRAINT telling_settings_quiet CHECK ((quiet_from IS NULL) = (quiet_until IS NULL) AND quiet_from <> quiet_until));
CREATE TRIGGER telling_settings_touch BEFORE UPDATE ON truebook.telling_settings
  FOR EACH ROW EXECUTE FUNCTION truebook.touch_row();

CREATE TABLE truebook.reminders (
  account_id  uuid NOT NULL REFERENCES truebook.accounts(id) ON DELETE CASCADE,
  appointment_id uuid NOT NULL,
  starts_at   timestamptz NOT NULL,                       -- the start it reminds of
  minutes     integer NOT NULL,                           -- the offset it is for
  due_at      timestamptz NOT NULL,                       -- quiet hours considered
  state       text NOT NULL CHECK (state IN ('waiting','sent','not_needed','no_way','missed')),
  message_id  uuid,
  done_at     timestamptz,
  PRIMARY KEY (account_id, appointment_id, starts_at, minutes),
  FOREIGN KEY (account_id, appointment_id) REFERENCES truebook.appointments(tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (account_id, message_id) REFERENCES truebook.messages(account_id, id),
  CONSTRAINT reminders_done CHECK ((state = 'waiting') = (done_at IS NULL)));
CREATE INDEX reminders_due ON truebook.reminders(account_id, due_at) WHERE state = 'waiting';
CREATE INDEX reminders_message_idx ON truebook.reminders(account_id, message_id);
CREATE TRIGGER messages_let_go_reminders BEFORE DELETE ON truebook.messages
  FOR EACH ROW EXECUTE FUNCTION truebook.let_go('reminders', 'account_id', 'message_id');

ALTER TABLE truebook.appointments ADD COLUMN IF NOT EXISTS confirmed_by_customer_at timestamptz;  -- they said that they will come

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['telling_settings','reminders'] LOOP
    EXECUTE format('ALTER TABLE truebook.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE truebook.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant_isolation ON truebook.%I USING (account_id = truebook.current_tenant())'
                   ' WITH CHECK (account_id = truebook.current_tenant())', t);
    IF current_user = 'truebook_owner' THEN
      EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON truebook.%I TO truebook_app', t);
    END IF;
  END LOOP;
END $$;

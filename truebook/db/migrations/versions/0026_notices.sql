-- Who works with the desk is told as well: what they chose, at once or once a day. Runs with search_path = truebook.
CREATE TABLE truebook.notice_choices (                    -- where nothing stands, the role decides
  account_id  uuid NOT NULL,
  user_id     uuid NOT NULL,
  topic       text NOT NULL CHECK (topic IN ('booked','moved','cancelled','waiting','alert')),
  cadence     text NOT NULL CHECK (cadence IN ('now','daily','never')),
  PRIMARY KEY (account_id, user_id, topic),
  FOREIGN KEY (account_id, user_id) REFERENCES truebook.users(account_id, id) ON DELETE CASCADE);

CREATE TABLE truebook.notices (                           -- what somebody is to hear of, once; the words are made when it is sent
  account_id  uuid NOT NULL,
  user_id     uuid NOT NULL,
  topic       text NOT NULL CHECK (topic IN ('booked','moved','cancelled','waiting','alert')),
  about       uuid NOT NULL,                              -- the outbox note, the message or the alert
  due_at      timestamptz NOT NULL,
  state       text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting','sent','failed','stale')),
  failure     text,
  created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (account_id, user_id, topic, about),
  FOREIGN KEY (account_id, user_id) REFERENCES truebook.users(account_id, id) ON DELETE CASCADE);
CREATE INDEX notices_due ON truebook.notices(account_id, due_at) WHERE state = 'waiting';

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['notice_choices','notices'] LOOP
    EXECUTE format('ALTER TABLE truebook.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE truebook.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant_isolation ON truebook.%I USING (account_id = truebook.current_tenant())'
                   ' WITH CHECK (account_id = truebook.current_tenant())', t);
    IF current_user = 'truebook_owner' THEN
      EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON truebook.%I TO truebook_app', t);
    END IF;
  END LOOP;
END $$;

-- Who works with the desk may be told on WhatsApp, topic by topic. Runs with search_path = truebook.
ALTER TABLE truebook.users ADD COLUMN phone text CHECK (phone ~ '^\+[1-9][0-9]{6,14}$');
ALTER TABLE truebook.notice_choices
  ADD COLUMN way text NOT NULL DEFAULT 'email' CHECK (way IN ('email','whatsapp'));
ALTER TABLE truebook.notices
  ADD COLUMN message_id uuid,                             -- the message on WhatsApp whose lines it is one of
  ADD COLUMN by_mail boolean NOT NULL DEFAULT false;      -- whatever was chosen: WhatsApp did not get it there
CREATE INDEX notices_message_idx ON truebook.notices(account_id, message_id) WHERE message_id IS NOT NULL;
-- words that are no part of a talk, and are made when they are sent: news to staff, and codes
ALTER TABLE truebook.messages DROP CONSTRAINT messages_kind, ADD CONSTRAINT messages_kind CHECK (kind IN
  ('reply','offer','read_back','receipt','move','cancellation','reminder','correction','person','notice','code'))
  NOT VALID;
ALTER TABLE truebook.messages VALIDATE CONSTRAINT messages_kind;

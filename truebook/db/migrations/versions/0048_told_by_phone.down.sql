DELETE FROM truebook.messages WHERE kind IN ('notice','code');
ALTER TABLE truebook.messages DROP CONSTRAINT messages_kind, ADD CONSTRAINT messages_kind CHECK (kind IN
  ('reply','offer','read_back','receipt','move','cancellation','reminder','correction','person'));
DROP INDEX truebook.notices_message_idx;
ALTER TABLE truebook.notices DROP COLUMN message_id, DROP COLUMN by_mail;
ALTER TABLE truebook.notice_choices DROP COLUMN way;
ALTER TABLE truebook.users DROP COLUMN phone;

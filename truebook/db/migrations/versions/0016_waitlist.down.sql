DROP TRIGGER appointments_settle_offers ON truebook.appointments;
DROP TRIGGER claims_freed ON truebook.claims;
DROP TRIGGER conversations_let_go_waitlist ON truebook.conversations;
DROP FUNCTION truebook.offers_settle();
DROP FUNCTION truebook.claims_freed();
ALTER TABLE truebook.waitlist_entries DROP COLUMN conversation_id;
ALTER TABLE truebook.outbox NO FORCE ROW LEVEL SECURITY;
ALTER TABLE truebook.tellings NO FORCE ROW LEVEL SECURITY;
DELETE FROM truebook.outbox WHERE topic IN ('offered','off_list');
DELETE FROM truebook.tellings WHERE topic IN ('offered','off_list');
ALTER TABLE truebook.outbox FORCE ROW LEVEL SECURITY;
ALTER TABLE truebook.tellings FORCE ROW LEVEL SECURITY;
ALTER TABLE truebook.outbox DROP CONSTRAINT outbox_topic_check, ADD CONSTRAINT outbox_topic_check
  CHECK (topic IN ('booked','requested','moved','cancelled'));
ALTER TABLE truebook.tellings DROP CONSTRAINT tellings_topic_check, ADD CONSTRAINT tellings_topic_check
  CHECK (topic IN ('booked','requested','moved','cancelled','reminder','correction'));

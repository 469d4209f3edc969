-- A chat without an address gets its own id as one: it leads nobody there.
ALTER TABLE truebook.conversations NO FORCE ROW LEVEL SECURITY;
UPDATE truebook.conversations SET address = id::text WHERE channel = 'whatsapp' AND address IS NULL;
ALTER TABLE truebook.conversations FORCE ROW LEVEL SECURITY;
ALTER TABLE truebook.conversations ADD CONSTRAINT conversations_whatsapp_has_address
  CHECK (channel <> 'whatsapp' OR address IS NOT NULL);
ALTER TABLE truebook.alerts NO FORCE ROW LEVEL SECURITY;
DELETE FROM truebook.alerts WHERE kind = 'number_reassigned';
ALTER TABLE truebook.alerts FORCE ROW LEVEL SECURITY;
ALTER TABLE truebook.alerts DROP CONSTRAINT alerts_kind_check;
ALTER TABLE truebook.alerts ADD CONSTRAINT alerts_kind_check CHECK (kind IN
  ('not_told','unknown_outcome','number_stopped','template','mistake','too_many_answers','wrong_claim','untold','waiting',
   'allowance'));

-- A number that was given up must not lead its next owner into the old chat: identities say whose a chat on WhatsApp is,
-- its address says nothing. What older processes still write there leads nowhere.
ALTER TABLE truebook.conversations DROP CONSTRAINT conversations_whatsapp_has_address;
ALTER TABLE truebook.alerts DROP CONSTRAINT alerts_kind_check;
ALTER TABLE truebook.alerts ADD CONSTRAINT alerts_kind_check CHECK (kind IN
  ('not_told','unknown_outcome','number_stopped','template','mistake','too_many_answers','wrong_claim','untold','waiting',
   'allowance','number_reassigned'));

-- E-mail is a second way: a conversation by e-mail holds what was written to an address.
ALTER TABLE truebook.conversations DROP CONSTRAINT conversations_channel_check,
  ADD CONSTRAINT conversations_channel_check CHECK (channel IN ('whatsapp','web','test','email'));

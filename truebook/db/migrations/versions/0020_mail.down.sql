-- What was written to addresses stays, as conversations on the web do.
ALTER TABLE truebook.conversations NO FORCE ROW LEVEL SECURITY;
UPDATE truebook.conversations SET channel = 'web' WHERE channel = 'email';
ALTER TABLE truebook.conversations FORCE ROW LEVEL SECURITY;
ALTER TABLE truebook.conversations DROP CONSTRAINT conversations_channel_check,
  ADD CONSTRAINT conversations_channel_check CHECK (channel IN ('whatsapp','web','test'));

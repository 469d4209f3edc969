-- A consent ends with its business, and what staff were told of with the message that it went by.
ALTER TABLE truebook.whatsapp_consents ADD CONSTRAINT whatsapp_consents_account_fk
  FOREIGN KEY (account_id) REFERENCES truebook.accounts(id) ON DELETE CASCADE NOT VALID;
ALTER TABLE truebook.whatsapp_consents VALIDATE CONSTRAINT whatsapp_consents_account_fk;
ALTER TABLE truebook.notices ADD CONSTRAINT notices_message_fk
  FOREIGN KEY (account_id, message_id) REFERENCES truebook.messages(account_id, id) ON DELETE CASCADE NOT VALID;
ALTER TABLE truebook.notices VALIDATE CONSTRAINT notices_message_fk;

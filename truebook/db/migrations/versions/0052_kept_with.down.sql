ALTER TABLE truebook.notices DROP CONSTRAINT notices_message_fk;
ALTER TABLE truebook.whatsapp_consents DROP CONSTRAINT whatsapp_consents_account_fk;

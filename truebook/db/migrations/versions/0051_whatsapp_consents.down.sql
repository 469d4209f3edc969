DROP TABLE truebook.whatsapp_consents;

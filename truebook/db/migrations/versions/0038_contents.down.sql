ALTER TABLE truebook.whatsapp_templates DROP COLUMN content_sid;

-- At Twilio buttons, lists and templates are Content resources: what is sent names one.
ALTER TABLE truebook.whatsapp_templates ADD COLUMN content_sid text CHECK (content_sid ~ '^HX[0-9a-f]{32}$');

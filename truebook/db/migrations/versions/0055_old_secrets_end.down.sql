ALTER TABLE truebook.whatsapp_numbers DROP COLUMN old_app_secret_until;

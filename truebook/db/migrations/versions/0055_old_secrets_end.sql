-- Until when the secret before the last one is good as well. Those that were rotated before this end a day from now.
ALTER TABLE truebook.whatsapp_numbers ADD COLUMN old_app_secret_until timestamptz DEFAULT now() + interval '1 day';

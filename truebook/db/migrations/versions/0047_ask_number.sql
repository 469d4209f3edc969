-- Who hides their number on WhatsApp can book without it, and is asked for it only where the business wants it.
ALTER TABLE truebook.telling_settings ADD COLUMN ask_number boolean NOT NULL DEFAULT false;

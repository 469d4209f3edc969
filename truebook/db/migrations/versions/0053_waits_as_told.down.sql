ALTER TABLE truebook.waitlist_entries DROP COLUMN customer_name, DROP COLUMN customer_phone, DROP COLUMN customer_email;

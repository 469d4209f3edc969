-- A number or an address that is typed proves nothing: what somebody says of themselves who joins the waitlist on the page
-- or in the web chat is kept with their place, and neither shows nor changes what a customer's record says. All three NULL
-- where a channel or the desk vouches for who waits: then the record counts. Runs with search_path = truebook as the owner.
ALTER TABLE truebook.waitlist_entries
  ADD COLUMN customer_name text, ADD COLUMN customer_phone text, ADD COLUMN customer_email text;
ALTER TABLE truebook.waitlist_entries
  ADD CONSTRAINT waitlist_entries_customer_name_check CHECK (btrim(customer_name) <> '');
ALTER TABLE truebook.waitlist_entries ADD CONSTRAINT waitlist_entries_customer_phone_check CHECK (customer_phone <> '');
ALTER TABLE truebook.waitlist_entries ADD CONSTRAINT waitlist_entries_told CHECK (
    customer_name IS NOT NULL OR (customer_phone IS NULL AND customer_email IS NULL));

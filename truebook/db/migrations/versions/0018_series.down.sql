DROP TRIGGER customers_let_go_series ON truebook.customers;
ALTER TABLE truebook.appointment_series DROP COLUMN segments, DROP COLUMN same_staff, DROP COLUMN overrides,
  DROP COLUMN notes, DROP COLUMN customer_id, DROP COLUMN customer_name, DROP COLUMN key, DROP COLUMN request_hash;

DROP TRIGGER appointments_bridge ON truebook.appointments;
DROP FUNCTION truebook.appointments_bridge();
ALTER TABLE truebook.appointments
  DROP CONSTRAINT appointments_no_double_booking,
  DROP CONSTRAINT appointments_buffers,
  DROP CONSTRAINT appointments_service_fk,
  DROP CONSTRAINT appointments_staff_fk,
  DROP COLUMN staff_id, DROP COLUMN service_id, DROP COLUMN blocked_from, DROP COLUMN blocked_until,
  DROP COLUMN staff_name, DROP COLUMN service_name;

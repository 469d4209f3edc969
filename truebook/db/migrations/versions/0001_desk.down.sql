-- Takes away every table of the desk, and with them every row. The schema itself and the roles stay.
DROP TABLE import_quarantine, import_id_map, import_runs, audit_log, outbox, idempotency_keys, appointment_history,
  appointments, offers, messages, test_chat_sessions, conversations, customers, blackout_dates, date_overrides,
  availability_rules, availability_configs, staff_services, staff, services, bot_configs, users, api_keys, channels,
  accounts;
DROP FUNCTION appointments_write_history(), appointments_tenant_is_fixed(), appointments_not_in_past(), touch_row(),
  is_operator(), current_tenant();

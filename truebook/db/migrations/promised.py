"""The objects the migrations promise, looked up in the catalog: a ledger alone proves nothing."""

import psycopg

TENANT_TABLES = (
    "accounts", "channels", "api_keys", "users", "bot_configs", "services", "staff", "staff_services",
    "availability_configs", "availability_rules", "date_overrides", "blackout_dates", "customers", "conversations",
    "test_chat_sessions", "messages", "offers", "appointments", "appointment_history", "idempotency_keys", "outbox",
    "resource_pools", "resources", "service_requirements", "appointment_series", "series_occurrences",
    "class_sessions", "appointment_segments", "waitlist_entries", "blocks", "claims", "audit_log",
    "user_sessions", "sign_in_links",
    "tellings", "message_attempts", "message_statuses", "whatsapp_numbers", "webhook_updates",
    "whatsapp_identities", "send_pace", "whatsapp_templates", "alerts", "telling_settings", "reminders",
    "notice_choices", "notices", "mail_stops", "whatsapp_consents",
    "import_runs", "import_id_map", "import_quarantine",
    "open_questions", "shown_codes", "model_circuits", "model_days", "withdrawn_links", "kept_requests",
    "looks", "calendar_feeds", "passkeys", "checks", "settings_versions", "jobs_owed",
)  # fmt: skip
SHARED_TABLES = ("limits",)
"""Tables that belong to no business and hold nothing of one."""
JOB_TABLES = ("procrastinate_jobs", "procrastinate_workers", "procrastinate_events", "procrastinate_periodic_defers")
CONSTRAINTS = (
    "appointments_status_check", "appointments_duration_check", "appointments_time_order",
    "appointments_account_is_tenant", "appointments_customer_fk", "appointments_conversation_fk",
    "appointment_segments_appointment_fk", "appointment_segments_service_fk", "appointment_segments_staff_fk",
    "blocks_account_fk",
    "claims_no_double_booking", "claims_one_holder", "claims_time_order", "claims_resource_fk", "claims_segment_fk",
    "staff_resource_fk", "service_requirements_busy",
    "appointments_account_id_fkey", "appointments_code", "outbox_told_once", "webhook_updates_once",
    "availability_rules_no_overlap",
)  # fmt: skip
GUARDS = ("claims_no_double_booking",)
"""The constraints that keep two from having the same: their indexes are rebuilt with buffering."""
INDEXES = (
    "appointments_account_idx", "appointments_starts_idx", "appointments_phone_idx", "appointment_segments_staff_idx",
    "claims_pkey", "claims_number", "procrastinate_jobs_turns_idx", "procrastinate_jobs_level_idx",
    "procrastinate_jobs_ahead_idx", "appointments_holds_due_idx", "outbox_due_idx", "outbox_failed_idx",
    "idempotency_keys_due_idx", "offers_due_idx", "webhook_updates_due_idx", "kept_requests_due_idx",
    "looks_due_idx", "jobs_owed_due_idx",
    "reminders_due_idx", "notices_due_idx", "messages_late_due_idx", "conversations_waits_due_idx",
)  # fmt: skip
TRIGGERS = (
    ("appointments", "appointments_not_in_past_ins"), ("appointments", "appointments_not_in_past_upd"),
    ("appointments", "appointments_history"), ("appointments", "appointments_tenant_is_fixed"),
    ("appointments", "appointments_touch"), ("appointments", "appointments_give_back"),
    ("appointments", "appointments_are_whole"), ("claims", "claims_are_whole"), ("staff", "staff_are_resources"),
    ("staff", "staff_were_resources"),
    ("appointments", "appointments_call_out"), ("blocks", "blocks_call_out"), ("messages", "messages_call_out"),
    ("conversations", "conversations_call_out"),
    ("claims", "claims_freed"), ("appointments", "appointments_settle_offers"),
    ("api_keys", "api_keys_call_out"), ("accounts", "accounts_call_out"),
    ("appointments", "appointments_look_ins"), ("appointments", "appointments_look_upd"),
    ("tellings", "tellings_look"), ("messages", "messages_look"),
)  # fmt: skip
"""Each with its table."""
JOB_TRIGGERS = ("procrastinate_jobs_take_turns",)

SETTINGS_TABLES = (
    "services", "staff", "staff_services", "availability_configs", "availability_rules", "date_overrides",
    "blackout_dates", "resource_pools", "resources", "service_requirements",
)  # fmt: skip

REMEDY = "Restore the database from a backup, or make them again as `truebook migrate --sql` shows them."
"""What to do about objects that are missing."""
PROTECTED = """c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (
  SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname <> 'owner_looks_for_what_is_due')"""
"""Whether a table's rows are kept apart: the owner's look at what is due does not do that."""
QUERY = f"""
SELECT 'table ' || t FROM unnest(%(tables)s::text[]) t
  WHERE to_regclass('truebook.' || t) IS NULL
UNION ALL SELECT 'row-level security on ' || t FROM unnest(%(tenant_tables)s::text[]) t
  WHERE NOT EXISTS (SELECT FROM pg_class c WHERE c.oid = to_regclass('truebook.' || t)
                      AND {PROTECTED})
UNION ALL SELECT 'constraint ' || t FROM unnest(%(constraints)s::text[]) t
  WHERE NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conname = t AND c.convalidated
                      AND c.connamespace = 'truebook'::regnamespace)
UNION ALL SELECT 'index ' || t FROM unnest(%(indexes)s::text[]) t
  WHERE NOT EXISTS (SELECT FROM pg_index i WHERE i.indexrelid = to_regclass('truebook.' || t) AND i.indisvalid)
UNION ALL SELECT 'trigger ' || t FROM unnest(%(triggered)s::text[], %(triggers)s::text[]) AS x(o, t)
  WHERE NOT EXISTS (SELECT FROM pg_trigger g WHERE g.tgname = t AND g.tgenabled <> 'D'
                      AND g.tgrelid = to_regclass('truebook.' || o))
UNION ALL SELECT 'trigger ' || t || '_settings_changed' FROM unnest(%(settings_tables)s::text[]) t
  WHERE NOT EXISTS (SELECT FROM pg_trigger g WHERE g.tgname = t || '_settings_changed' AND g.tgenabled <> 'D'
                      AND g.tgrelid = to_regclass('truebook.' || t))
UNION ALL SELECT 'trigger ' || t FROM unnest(%(job_triggers)s::text[]) t
  WHERE NOT EXISTS (SELECT FROM pg_trigger g WHERE g.tgname = t AND g.tgenabled <> 'D'
                      AND g.tgrelid = to_regclass('truebook.procrastinate_jobs'))
UNION ALL SELECT 'extension btree_gist'
  WHERE NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'btree_gist')
"""

PARAMETERS = {
    "tables": [*TENANT_TABLES, *JOB_TABLES, *SHARED_TABLES],
    "tenant_tables": list(TENANT_TABLES),
    "constraints": list(CONSTRAINTS),
    "indexes": list(INDEXES),
    "triggered": [table for table, _ in TRIGGERS],
    "triggers": [trigger for _, trigger in TRIGGERS],
    "settings_tables": list(SETTINGS_TABLES),
    "job_triggers": list(JOB_TRIGGERS),
}


def missing(connection: psycopg.Connection) -> list[str]:
    """Return every promised object that the catalog does not show, by kind and name; empty when all is there."""
    if connection.execute("SELECT to_regnamespace('truebook')").fetchone() == (None,):
        return ["schema truebook"]
    return [str(row[0]) for row in connection.execute(QUERY, PARAMETERS)]

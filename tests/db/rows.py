"""One row in every table for a business, written as the app writes: what the proofs about every table stand on."""

from uuid import UUID, uuid5

import psycopg

SCOPE = "SELECT set_config('truebook.tenant', %s, true), set_config('truebook.scope', %s, true)"
OF_TENANTS = (
    "appointments", "appointment_history", "outbox", "audit_log", "appointment_segments", "claims", "class_sessions",
    "blocks", "appointment_series", "series_occurrences", "waitlist_entries",
)  # fmt: skip
MINE = {"accounts": "id", **dict.fromkeys(OF_TENANTS, "tenant_id")}
"""The column that says whose row it is, where that is not account_id."""
IMPORTS = ("import_runs", "import_id_map", "import_quarantine")
"""Tables of the operator's: no business has rows in them."""
DIRECTORY = (
    "accounts",
    "channels",
    "api_keys",
    "whatsapp_numbers",
    "users",
    "user_sessions",
    "sign_in_links",
    "calendar_feeds",
    "passkeys",
    *IMPORTS,
)
"""Tables that the operator sees."""

WHOLE = """
SELECT to_jsonb(a) || jsonb_build_object(
  'segments', (SELECT coalesce(jsonb_agg(to_jsonb(s) - '{tenant_id,appointment_id}'::text[] ORDER BY position), '[]')
                 FROM appointment_segments s WHERE s.appointment_id = a.id),
  'claims', (SELECT coalesce(jsonb_agg(jsonb_build_object('segment', segment, 'number', number, 'resource_id',
                      resource_id, 'starts_at', c.starts_at, 'ends_at', c.ends_at) ORDER BY segment, number), '[]')
               FROM claims c WHERE c.appointment_id = a.id))
"""
"""A visit with its segments and claims, as history keeps it."""
ROWS = """
INSERT INTO accounts (id, name, slug) VALUES (%(tenant)s, 'Salon', %(word)s);
INSERT INTO channels (id, account_id, kind, address) VALUES (%(channels)s, %(tenant)s, 'web', %(word)s);
INSERT INTO users (account_id, id, email) VALUES (%(tenant)s, %(users)s, 'anna@example.org');
INSERT INTO api_keys (id, account_id, role, name, prefix, key_hash, made_by)
  VALUES (%(api_keys)s, %(tenant)s, 'owner', 'key', 'tb', sha256(%(word)s::bytea), %(users)s);
INSERT INTO user_sessions (account_id, id, user_id, token_hash, expires_at)
  VALUES (%(tenant)s, %(user_sessions)s, %(users)s, sha256(%(word)s::bytea), '2100-01-01Z');
INSERT INTO sign_in_links (account_id, id, user_id, token_hash, expires_at)
  VALUES (%(tenant)s, %(sign_in_links)s, %(users)s, sha256(%(word)s::bytea), '2100-01-01Z');
INSERT INTO bot_configs (account_id, id, name) VALUES (%(tenant)s, %(bot_configs)s, 'Bot');
INSERT INTO services (account_id, id, bot_config_id, name, duration_minutes)
  VALUES (%(tenant)s, %(services)s, %(bot_configs)s, 'Haircut', 30);
INSERT INTO staff (account_id, id, user_id, name) VALUES (%(tenant)s, %(staff)s, %(users)s, 'Anna');
INSERT INTO calendar_feeds (account_id, id, user_id, staff_id, token_hash, names)
  VALUES (%(tenant)s, %(calendar_feeds)s, %(users)s, %(staff)s, sha256(%(word)s::bytea), true);
INSERT INTO passkeys (account_id, id, user_id, credential, public_key, sign_count, name)
  VALUES (%(tenant)s, %(passkeys)s, %(users)s, sha256(%(word)s::bytea), 'x', 0, 'Phone');
INSERT INTO staff_services (account_id, staff_id, service_id) VALUES (%(tenant)s, %(staff)s, %(services)s);
INSERT INTO availability_configs (account_id, id, staff_id)
  VALUES (%(tenant)s, %(availability_configs)s, %(staff)s);
INSERT INTO availability_rules (account_id, id, config_id, weekday, opens_minute, closes_minute)
  VALUES (%(tenant)s, %(availability_rules)s, %(availability_configs)s, 1, 540, 1020);
INSERT INTO date_overrides (account_id, id, staff_id, date)
  VALUES (%(tenant)s, %(date_overrides)s, %(staff)s, '2030-01-01');
INSERT INTO blackout_dates (account_id, id, staff_id, starts_on, ends_on)
  VALUES (%(tenant)s, %(blackout_dates)s, %(staff)s, '2030-01-01', '2030-01-01');
INSERT INTO customers (account_id, id, name) VALUES (%(tenant)s, %(customers)s, 'Carla');
INSERT INTO whatsapp_numbers (id, account_id, number_id, messaging_account_id, hook, verify_token, access_token)
  VALUES (%(whatsapp_numbers)s, %(tenant)s, %(word)s, '1', %(word)s, sha256('x'), 'sealed');
INSERT INTO conversations (account_id, id, customer_id, channel, number_id)
  VALUES (%(tenant)s, %(conversations)s, %(customers)s, 'test', %(whatsapp_numbers)s);
INSERT INTO test_chat_sessions (account_id, id, conversation_id, session_number)
  VALUES (%(tenant)s, %(test_chat_sessions)s, %(conversations)s, 1);
INSERT INTO checks (account_id, id, conversation_id, about, talk)
  VALUES (%(tenant)s, %(checks)s, %(conversations)s, 'parking', 'says = "hello"');
INSERT INTO messages (account_id, id, conversation_id, role, content)
  VALUES (%(tenant)s, uuid_nil(), %(conversations)s, 'user', 'hello');
INSERT INTO messages (account_id, id, conversation_id, role, content, reply_to)
  VALUES (%(tenant)s, %(messages)s, %(conversations)s, 'assistant', 'hello', uuid_nil());
INSERT INTO resource_pools (account_id, id, kind, name) VALUES (%(tenant)s, %(resource_pools)s, 'seat', 'Mat');
INSERT INTO resources (account_id, id, pool_id, name)
  VALUES (%(tenant)s, %(resources)s, %(resource_pools)s, 'Mat 1');
INSERT INTO service_requirements (account_id, service_id, role, pool_id, busy)
  VALUES (%(tenant)s, %(services)s, 'mat', %(resource_pools)s, '{[0,30)}');
INSERT INTO appointments (tenant_id, account_id, id, customer_id, conversation_id, code, starts_at, ends_at, timezone,
    customer_name)
  VALUES (%(tenant)s, %(tenant)s, %(appointments)s, %(customers)s, %(conversations)s, '7Q4-K2M', '2030-01-07 10:00Z',
    '2030-01-07 10:30Z', 'UTC', 'Carla');
INSERT INTO class_sessions (tenant_id, id, service_id, seats_pool_id, starts_at, ends_at)
  VALUES (%(tenant)s, %(class_sessions)s, %(services)s, %(resource_pools)s, '2030-01-07 10:00Z', '2030-01-07 10:30Z');
INSERT INTO offers (account_id, id, conversation_id, service_id, staff_id, session_id, seats, appointment_id, starts_at,
    expires_at)
  VALUES (%(tenant)s, %(offers)s, %(conversations)s, %(services)s, %(staff)s, %(class_sessions)s, 1, %(appointments)s,
    '2030-01-07 10:00Z', '2030-01-07Z');
INSERT INTO appointment_segments (tenant_id, appointment_id, position, service_id, staff_id, session_id, starts_at,
    ends_at, claims)
  VALUES (%(tenant)s, %(appointments)s, 1, %(services)s, %(staff)s, %(class_sessions)s, '2030-01-07 10:00Z',
    '2030-01-07 10:30Z', 1);
INSERT INTO claims (tenant_id, resource_id, starts_at, ends_at, appointment_id, segment, number)
  VALUES (%(tenant)s, %(resources)s, '2030-01-07 10:00Z', '2030-01-07 10:30Z', %(appointments)s, 1, 1);
INSERT INTO claims (tenant_id, resource_id, starts_at, ends_at, session_id)
  VALUES (%(tenant)s, %(staff)s, '2030-01-07 10:00Z', '2030-01-07 10:30Z', %(class_sessions)s);
INSERT INTO blocks (tenant_id, id, kind) VALUES (%(tenant)s, %(blocks)s, 'closed');
INSERT INTO claims (tenant_id, resource_id, starts_at, ends_at, block_id)
  VALUES (%(tenant)s, %(resources)s, '2031-01-07 10:00Z', 'infinity', %(blocks)s);
INSERT INTO appointment_series (tenant_id, id, customer_id, conversation_id, rrule, starts_on, starts_minute, timezone)
  VALUES (%(tenant)s, %(appointment_series)s, %(customers)s, %(conversations)s, 'FREQ=WEEKLY;COUNT=2', '2030-01-07', 600, 'UTC');
INSERT INTO series_occurrences (tenant_id, series_id, occurs_on, status, appointment_id)
  VALUES (%(tenant)s, %(appointment_series)s, '2030-01-07', 'booked', %(appointments)s);
INSERT INTO waitlist_entries (tenant_id, id, customer_id, service_id, staff_id, conversation_id, windows,
    status, appointment_id)
  VALUES (%(tenant)s, %(waitlist_entries)s, %(customers)s, %(services)s, %(staff)s, %(conversations)s,
    '{[2030-01-07 10:00Z,2030-01-07 12:00Z)}', 'booked', %(appointments)s);
INSERT INTO open_questions (account_id, id, conversation_id, topic, question)
  VALUES (%(tenant)s, %(open_questions)s, %(conversations)s, 'parking', 'Can I park there?');
INSERT INTO model_circuits (account_id, model, failures, reason) VALUES (%(tenant)s, 'openai:m', 1, 'slow');
INSERT INTO mail_stops (account_id, address) VALUES (%(tenant)s, 'carla@example.org');
INSERT INTO telling_settings (account_id) VALUES (%(tenant)s);
INSERT INTO reminders (account_id, appointment_id, starts_at, minutes, due_at, state, message_id, done_at)
  VALUES (%(tenant)s, %(appointments)s, '2030-01-07 10:00Z', 60, '2030-01-07 09:00Z', 'sent', %(messages)s, '2030-01-07Z');
INSERT INTO notice_choices (account_id, user_id, topic, cadence) VALUES (%(tenant)s, %(users)s, 'booked', 'now');
INSERT INTO notices (account_id, user_id, topic, about, due_at, message_id)
  VALUES (%(tenant)s, %(users)s, 'booked', uuid_nil(), '2030-01-07Z', %(messages)s);
INSERT INTO model_days (account_id, day) VALUES (%(tenant)s, '2030-01-07');
INSERT INTO shown_codes (account_id, id, conversation_id, appointment_id)
  VALUES (%(tenant)s, %(shown_codes)s, %(conversations)s, %(appointments)s);
INSERT INTO looks (account_id, appointment_id, chore, due_at)
  VALUES (%(tenant)s, %(appointments)s, 'remind', '2030-01-07Z')
  ON CONFLICT (account_id, appointment_id, chore) DO UPDATE SET due_at = excluded.due_at;
INSERT INTO whatsapp_consents (account_id, appointment_id, phone, wording, language)
  VALUES (%(tenant)s, %(appointments)s, '+436601234567', 'Tell me on WhatsApp.', 'en');
INSERT INTO jobs_owed (account_id, id, name, arguments, due_at)
  VALUES (%(tenant)s, %(jobs_owed)s, 'time_freed', '{}', '2030-01-07Z');
INSERT INTO withdrawn_links (account_id, appointment_id) VALUES (%(tenant)s, %(appointments)s);
INSERT INTO kept_requests (account_id, key, request_hash) VALUES (%(tenant)s, 'key', sha256('x'));
INSERT INTO idempotency_keys (account_id, key, request_hash, appointment_id)
  VALUES (%(tenant)s, 'key', sha256('x'), %(appointments)s);
INSERT INTO outbox (tenant_id, id, topic, appointment_id, appointment_version)
  VALUES (%(tenant)s, %(outbox)s, 'booked', %(appointments)s, 1);
INSERT INTO webhook_updates (account_id, id, number_id, batch, kind, key, payload)
  VALUES (%(tenant)s, %(webhook_updates)s, %(whatsapp_numbers)s, uuid_nil(), 'message', 'm:1', '{}');
INSERT INTO whatsapp_identities (account_id, kind, value, conversation_id)
  VALUES (%(tenant)s, 'phone', '436601234567', %(conversations)s);
INSERT INTO send_pace (account_id, key, due_at) VALUES (%(tenant)s, %(send_pace)s, now());
INSERT INTO whatsapp_templates (account_id, number_id, name, language, status)
  VALUES (%(tenant)s, %(whatsapp_numbers)s, 'appointment_booked', 'en', 'APPROVED');
INSERT INTO alerts (account_id, id, kind, subject, words)
  VALUES (%(tenant)s, %(alerts)s, 'not_told', %(messages)s, 'not told');
INSERT INTO tellings (account_id, message_id, appointment_id, topic, version, starts_at)
  VALUES (%(tenant)s, %(messages)s, %(appointments)s, 'booked', 1, '2030-01-07 10:00Z');
INSERT INTO message_attempts (account_id, message_id, number, provider, form)
  VALUES (%(tenant)s, %(messages)s, 1, 'whatsapp', 'free');
INSERT INTO message_statuses (account_id, message_id, number, status, at)
  VALUES (%(tenant)s, %(messages)s, 1, 'sent', now());
INSERT INTO audit_log (tenant_id, id, actor, action, entity)
  VALUES (%(tenant)s, %(audit_log)s, 'anna', 'add', 'service');
INSERT INTO import_runs (id, source_kind, source_fingerprint) VALUES (%(import_runs)s, 'sqlite', %(word)s);
INSERT INTO import_id_map (run_id, source_table, source_id, new_id)
  VALUES (%(import_runs)s, 'staff', '1', %(staff)s);
INSERT INTO import_quarantine (run_id, id, account_id, source_table, reason, row_data)
  VALUES (%(import_runs)s, %(import_quarantine)s, %(tenant)s, 'staff', 'odd', '{}');
""".replace("uuid_nil()", "'00000000-0000-0000-0000-000000000000'")


def of(tenant: UUID, table: str) -> UUID:
    """Return the id of a business's row in a table."""
    return uuid5(tenant, table)


def fill(connection: psycopg.Connection, tenant: UUID) -> None:
    """Write one row into every table, in a transaction of the business's, with the operator's rights."""
    ids = {table: of(tenant, table) for table in tables(connection)}
    with connection.transaction():
        connection.execute(SCOPE, (str(tenant), "operator"))
        for statement in ROWS.split(";\n"):
            if statement.strip():
                connection.execute(statement.encode(), {**ids, "tenant": tenant, "word": f"salon-{tenant.hex}"})


def tables(connection: psycopg.Connection) -> list[str]:
    """Return every table of the desk's, from the catalog: a new one is looked at the day it is made."""
    found = connection.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'truebook'::regnamespace AND relkind IN ('r', 'p')"
        " AND relname NOT IN ('alembic_version', 'limits') AND relname NOT LIKE 'procrastinate%' ORDER BY relname"
    )
    return [row[0] for row in found]


def owner_column(table: str) -> str:
    """Return the column that says whose row it is."""
    return MINE.get(table, "account_id")

"""The legacy databases: every fault their authors wrote into them, one by one."""

from collections.abc import Callable

import pytest

from tests.audit.conftest import shared
from truebook.audit import Finding, Options, Severity, audit

Load = Callable[[str, str], str]

# (what the comment in the SQL says, rule, place, a piece of the meaning or the evidence)
SQLITE = [
    ("default parses and fails only at INSERT", "default-fails", "availability_configs.id", "gen_random_uuid"),
    ("… and the canary dies of it", "canary-died", "availability_configs.id", "gen_random_uuid"),
    ("one tenant's holiday blocks another's", "unique-across-tenants", "blackout_dates.date", "date_unique"),
    ("dashed, hex, and a slug used as id", "mixed-id-formats", "accounts.id", "default-account"),
    ("a slug among the users", "mixed-id-formats", "users.id", "user-1"),
    ("an account without a zone", "zone-unknown", "accounts.timezone", "1 row"),
    ("same e-mail, other case", "case-duplicates", "users.email", "S•••@example.test"),
    ("orphan despite a declared FK", "orphaned-rows", "users.account_id", "deadbeef-0000-4000-8000-000000000000"),
    ("no tenant (bot_configs)", "tenant-missing", "bot_configs.account_id", "6A7B8C9D"),
    ("no duration", "value-missing", "services.duration_minutes", "11112222333344445555666677778888"),
    ("dangling declared FK", "orphaned-rows", "services.bot_config_id", "FFFFFFFF"),
    ("orphan account (services)", "missing-foreign-key", "services.account_id", "11111111-2222-4333-8444-555555555555"),
    ("overlap", "overlapping-bookings", "appointments.datetime", "A0000000000000000000000000000002"),
    ("dashed spelling of the hex id", "misspelt-reference", "appointments.appointment_type", "089de75e-c79b"),
    ("account id in the other spelling", "misspelt-reference", "appointments.account_id", "703409EE110541C0"),
    ("epoch ms", "mixed-time-formats", "appointments.datetime", "1762163400000"),
    ("epoch ms, as a storage class", "mixed-storage", "appointments.datetime", "integer"),
    ("free-text type", "missing-foreign-key", "appointments.appointment_type", "Haarschnitt"),
    ("DST gap", "time-never-was", "appointments.datetime", "'2025-03-30 02:30' never was in Europe/Berlin"),
    ("ambiguous", "time-never-was", "appointments.datetime", "'2025-10-26 02:30' was twice in Europe/Berlin"),
    ("case of the status", "status-drift", "appointments.status", "'Confirmed', 'confirmed'"),
    ("the default nobody keeps", "status-drift", "appointments.status", "default 'booked'"),
    ("no tenant (appointments)", "tenant-missing", "appointments.account_id", "A0000000000000000000000000000006"),
    ("duration 0", "check-missing", "appointments.duration", "A0000000000000000000000000000006"),
    ("empty phone", "empty-text", "appointments.customer_phone", "A0000000000000000000000000000006"),
    ("phones in several forms", "mixed-phone-formats", "appointments.customer_phone", "••••/•••••21"),
    ("orphan account", "missing-foreign-key", "appointments.account_id", "99999999-9999-4999-8999-999999999999"),
    ("negative", "check-missing", "appointments.duration", "A0000000000000000000000000000007"),
    ("dangling type", "missing-foreign-key", "appointments.appointment_type", "deadbeef"),
    ("local format", "mixed-time-formats", "appointments.datetime", "02.12.2025 14:00"),
    ("cross-tenant service", "reference-crosses-tenants", "appointments.appointment_type", "0000000000000008"),
    ("unknown status", "status-unchecked", "appointments.status", "'noshow' × 1"),
    ("a default account that owns rows", "tenant-default", "appointments.account_id", "default-account"),
    ("collides with row 1 after conversion", "id-collision", "appointments.id", "a0000000-0000-0000-0000-000000000001"),
    ("malformed JSON", "malformed-json", "availability_configs.weekly_schedule", '{"monday":{'),
    ("orphan hours", "missing-foreign-key", "availability_configs.account_id", "00000000-0000-4000-8000-0000000000aa"),
    ("epoch ms in a date", "mixed-time-formats", "blackout_dates.date", "1766620800000"),
    ("'false' beside 1", "mixed-storage", "blackout_dates.is_recurring", "false"),
    ("a blackout of an account that is gone", "missing-foreign-key", "blackout_dates.account_id", "gone"),
    ("a chat of an account that is gone", "missing-foreign-key", "test_chat_sessions.account_id", "gone"),
    ('"booked", no such row', "json-reference-dangling", "chat_messages.metadata", "A0000000000000000000000000000099"),
    ("metadata that is not JSON", "malformed-json", "chat_messages.metadata", "not json"),
    ("orphan message", "orphaned-rows", "chat_messages.session_id", "'77'"),
    ("a fix that never came", "ledger-drift", "knex_migrations", "appointments.appointment_type is varchar(255)"),
    ("add_foreign_keys that made none", "ledger-drift", "knex_migrations", "no foreign key appointments.account_id"),
    ("no index for the calendar", "hot-query-unindexed", "appointments.account_id, datetime", "9 rows"),
    ("no index for phones", "lookup-unindexed", "appointments.customer_phone", "9 rows"),
    ("keys that accept NULL", "key-accepts-null", "appointments.id", "without NOT NULL"),
]  # fmt: skip
POSTGRES = [
    ("a default that fails only at INSERT", "default-fails", "services.id", "uuid_generate_v4"),
    ("… and the canary dies of it", "canary-died", "services.id", "uuid_generate_v4"),
    ("one tenant's holiday blocks another's", "unique-across-tenants", "blackout_dates.date", "date_unique"),
    ("a ledger that lies", "ledger-drift", "knex_migrations", "no foreign key appointments.account_id"),
    ("the ledger says uuid generation was fixed", "ledger-drift", "knex_migrations", "default of services.id fails"),
    ("uuid → varchar cannot be implemented", "key-type-mismatch", "appointments.account_id", "uuid"),
    ("a default the CHECK refuses", "default-breaks-check", "appointments.status", "'booked'"),
    ("… and the canary dies of it", "canary-died", "appointments.status", "appointments_status_check"),
    ("an id that lost its default", "id-default-missing", "appointments.id", "4 of 4"),
    ("ids in three spellings", "mixed-id-formats", "accounts.id", "A1B2C3D4E5F60718293A4B5C6D7E8F90"),
    ("same e-mail, other case", "case-duplicates", "users.email", "S•••@example.test"),
    ("no tenant (bot_configs)", "tenant-missing", "bot_configs.account_id", "6a7b8c9d"),
    ("no duration", "value-missing", "services.duration_minutes", "11112222-3333"),
    ("orphan account (services)", "missing-foreign-key", "services.account_id", "11111111-2222"),
    ("wall clock stored as if UTC", "wall-clock-in-doubt", "appointments.datetime", "Europe/Vienna"),
    ("double booking", "overlapping-bookings", "appointments.datetime", "a0000000-0000-4000-8000-000000000002"),
    ("account exists only under its hex spelling", "misspelt-reference", "appointments.account_id", "a1b2c3d4-e5f6"),
    ("duration 0", "check-missing", "appointments.duration", "a0000000-0000-4000-8000-000000000003"),
    ("duration -30", "check-missing", "appointments.duration", "a0000000-0000-4000-8000-000000000004"),
    ("first of two orphans", "missing-foreign-key", "appointments.account_id", "99999999-9999"),
    ("second of two orphans", "missing-foreign-key", "appointments.appointment_type", "deadbeef-0000"),
    ("empty phones", "empty-text", "appointments.customer_phone", "2 rows"),
    ("phones in several forms", "mixed-phone-formats", "appointments.customer_phone", "••••/•••••21"),
    ("no tenant (appointments)", "tenant-missing", "appointments.account_id", "a0000000-0000-4000-8000-000000000005"),
    ("orphan hours", "missing-foreign-key", "availability_configs.account_id", "0000000000aa"),
    ("a blackout of an account that is gone", "missing-foreign-key", "blackout_dates.account_id", "gone"),
    ("a chat of an account that is gone", "missing-foreign-key", "test_chat_sessions.account_id", "gone"),
    ("the sequence still stands at 1", "sequence-behind", "test_chat_sessions.id", "2 is already taken"),
    ("… and the next INSERT collides", "canary-died", "test_chat_sessions.id", "duplicate key"),
    ('"booked", no such row', "json-reference-dangling", "chat_messages.metadata", "000000000099"),
    ("no row-level security", "tenant-without-rls", "appointments.account_id", "5 rows"),
    ("no index for the calendar", "hot-query-unindexed", "appointments.account_id, datetime", "5 rows"),
    ("a foreign key without the tenant", "reference-crosses-tenants", "services.bot_config_id", "another tenant"),
    ("an account without a zone", "zone-unknown", "accounts.timezone", "1 row"),
]  # fmt: skip


def told(finding: Finding) -> str:
    return "\n".join([finding.meaning, *finding.evidence])


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_every_fault_of_the_legacy_databases_is_found(engine: str, load: Load) -> None:
    name = {"sqlite": "legacy_sqlite.sql", "postgresql": "legacy_postgres.sql"}[engine]
    report = audit(load(engine, shared("data", "legacy", name)), Options(canary=True))
    faults = SQLITE if engine == "sqlite" else POSTGRES
    missed = [
        f"{comment}: {rule} at {place} with {piece!r}"
        for comment, rule, place, piece in faults
        if not any(f.rule == rule and f.place == place and piece in told(f) for f in report.findings)
    ]
    assert missed == []
    assert not [note for note in report.notes if note.startswith("not checked")]


def test_the_six_missing_keys_of_the_old_report_are_found(load: Load) -> None:
    report = audit(load("postgresql", shared("data", "legacy", "legacy_postgres.sql")))
    missing = {finding.place for finding in report.findings if finding.rule == "missing-foreign-key"}
    assert missing >= {
        "appointments.appointment_type",
        "appointments.account_id",
        "services.account_id",
        "availability_configs.account_id",
        "blackout_dates.account_id",
        "test_chat_sessions.account_id",
    }


def test_the_draft_of_a_sound_schema_has_nothing_above_a_hint(load: Load) -> None:
    report = audit(load("postgresql", shared("design", "schema.sql")), Options(canary=True))
    assert [told(finding) for finding in report.findings if finding.level > Severity.HINT] == []

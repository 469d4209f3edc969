"""The founding failure, for real, on the PostgreSQL it happened on: found, mended, and the canary lives."""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.audit import postgres12
from tests.audit.conftest import run, section, shared
from tests.audit.server import Server
from truebook.audit import Limits, Options, audit, fix
from truebook.audit.registry import RULES

pytestmark = pytest.mark.slow
CANARY = Options(canary=True)

FOUNDING = """
-- what the old migrations left behind: the catalog is fine, every INSERT fails, and nobody sees it
CREATE FUNCTION new_id() RETURNS uuid LANGUAGE plpgsql AS $$ BEGIN RETURN gen_random_uuid(); END $$;
CREATE TABLE accounts (id uuid PRIMARY KEY DEFAULT new_id(), name text NOT NULL);
CREATE TABLE services (id uuid PRIMARY KEY DEFAULT new_id(), account_id uuid NOT NULL REFERENCES accounts (id),
  name text NOT NULL);
CREATE TABLE appointments (id uuid PRIMARY KEY DEFAULT new_id(), account_id uuid NOT NULL REFERENCES accounts (id),
  service_id uuid NOT NULL REFERENCES services (id), datetime timestamptz NOT NULL,
  duration integer NOT NULL CHECK (duration > 0),
  status text NOT NULL DEFAULT 'confirmed' CHECK (status IN ('pending', 'confirmed', 'cancelled', 'completed')));
CREATE TABLE blackout_dates (id uuid PRIMARY KEY, account_id uuid NOT NULL REFERENCES accounts (id),
  date date NOT NULL);
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A PostgreSQL 12."""
    running = Server(
        Path(os.environ["TRUEBOOK_POSTGRES12"]) if "TRUEBOOK_POSTGRES12" in os.environ else postgres12.binaries()
    )
    yield running
    running.stop()


def found(url: str, options: Options = CANARY) -> set[tuple[str, str]]:
    return {(finding.rule, finding.place) for finding in audit(url, options).findings}


HERE = [r.id for r in RULES.values() if "postgresql" in r.engines and r.id not in ("invalid-index", "parity")]


@pytest.mark.parametrize("rule", HERE)
def test_every_rule_works_on_12_as_well(rule: str, server: Server) -> None:
    """The catalog of 12 lacks columns that later versions have."""
    for state in ("faulty", "sound"):
        url = server.fresh()
        if (rule, state) != ("uuid-function-missing", "faulty"):
            run(url, "CREATE EXTENSION pgcrypto")
        run(url, section(rule, "postgresql12", state) or section(rule, "postgresql", state) or "")
        report = audit(url, CANARY)
        assert (rule in {finding.rule for finding in report.findings}) == (state == "faulty"), state
        assert not [note for note in report.notes if note.startswith("not checked")]


def test_the_founding_failure_is_found_mended_and_the_canary_lives(server: Server) -> None:
    url = server.fresh()
    run(url, FOUNDING)
    with pytest.raises(psycopg.errors.UndefinedFunction, match="gen_random_uuid"):
        run(url, "INSERT INTO accounts (name) VALUES ('Salon Susi')")
    before = audit(url, CANARY)
    places = {(finding.rule, finding.place) for finding in before.findings}
    for table in ("accounts", "services", "appointments"):
        assert ("default-fails", f"{table}.id") in places
        assert ("canary-died", f"{table}.id") in places
    assert ("id-default-missing", "blackout_dates.id") in places
    assert before.version.startswith("12.")
    assert [outcome.problem for outcome in fix.apply(url, fix.plan(before, url, Limits())) if outcome.problem] == []
    after = {rule for rule, _ in found(url)}
    assert not after & {"default-fails", "canary-died", "id-default-missing", "uuid-function-missing"}
    run(url, "INSERT INTO accounts (name) VALUES ('Salon Susi')")


def test_the_audit_alone_writes_nothing(server: Server) -> None:
    url = server.fresh()
    run(url, FOUNDING)
    found(url, Options())
    found(url, CANARY)
    with psycopg.connect(url) as connection:
        for table in ("accounts", "services", "appointments", "blackout_dates"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_uuid_keys_without_a_function_that_makes_uuids(server: Server) -> None:
    url = server.fresh()
    run(url, section("uuid-function-missing", "postgresql12", "faulty") or "")
    assert "uuid-function-missing" in {rule for rule, _ in found(url)}


def test_the_legacy_schema_after_its_extension_was_dropped(server: Server) -> None:
    """`DROP EXTENSION … CASCADE` takes the defaults along: the catalog is clean, the ids are gone."""
    url = server.fresh()
    run(url, "CREATE EXTENSION pgcrypto")
    run(url, shared("data", "legacy", "legacy_postgres.sql"))
    run(url, "DROP EXTENSION pgcrypto CASCADE")
    before = audit(url, CANARY)
    assert {"default-fails", "uuid-function-missing", "ledger-drift"} <= {finding.rule for finding in before.findings}
    assert [outcome.problem for outcome in fix.apply(url, fix.plan(before, url, Limits())) if outcome.problem] == []
    after = found(url)
    assert not {place for rule, place in after if rule in ("default-fails", "canary-died", "missing-foreign-key")}

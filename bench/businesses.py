"""Businesses to measure with, numbered throughout: a seat's number says whose it is, with whom, and when.

Numbers become ids by writing their decimal digits as a UUID, which SQL and pgbench can do as well.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

import psycopg

from truebook.kernel import clock, ids

BUSINESSES, STAFF, CUSTOMERS, DAYS = 20, 10, 500, 600
ACCOUNT, SERVICE, PERSON, CUSTOMER, CONFIG = (kind * 10**15 for kind in (1, 2, 3, 4, 5))
PHONE = 436601000000
ZONE = "Europe/Vienna"
FIRST = datetime.combine(clock.now().date() + timedelta(days=2), time(9), UTC)
HALF_HOUR = timedelta(minutes=30)


def identity(number: int) -> UUID:
    """Return the id that a number stands for."""
    return UUID(f"{number:032d}")


def key(business: int) -> str:
    """Return the API key of a business."""
    return f"tb_bench_{business}"


@dataclass(frozen=True, slots=True)
class Seat:
    """One half hour with one member of staff of one business; no two seats overlap."""

    number: int

    @property
    def business(self) -> int:
        return self.number % BUSINESSES

    @property
    def account(self) -> UUID:
        return identity(ACCOUNT + self.business)

    @property
    def service(self) -> UUID:
        return identity(SERVICE + self.business)

    @property
    def person(self) -> int:
        return self.number % (BUSINESSES * STAFF)

    @property
    def staff(self) -> UUID:
        return identity(PERSON + self.person)

    @property
    def customer(self) -> int:
        return self.number % (BUSINESSES * CUSTOMERS)

    @property
    def phone(self) -> str:
        return f"+{PHONE + self.customer}"

    @property
    def start(self) -> datetime:
        turn = self.number // (BUSINESSES * STAFF)
        return FIRST + timedelta(days=turn % DAYS) + turn // DAYS * HALF_HOUR


SQL = f"""
CREATE FUNCTION pg_temp.id(n bigint) RETURNS uuid IMMUTABLE LANGUAGE sql AS $$ SELECT lpad(n::text, 32, '0')::uuid $$;
INSERT INTO accounts (id, name, slug, timezone)
  SELECT pg_temp.id({ACCOUNT} + b), 'Salon ' || b, 'salon-' || b, '{ZONE}' FROM generate_series(0, {BUSINESSES - 1}) b;
INSERT INTO services (account_id, id, name, duration_minutes, price_minor)
  SELECT pg_temp.id({ACCOUNT} + b), pg_temp.id({SERVICE} + b), 'Haircut', 30, 3500
    FROM generate_series(0, {BUSINESSES - 1}) b;
INSERT INTO staff (account_id, id, name)
  SELECT pg_temp.id({ACCOUNT} + p % {BUSINESSES}), pg_temp.id({PERSON} + p), 'Anna ' || p
    FROM generate_series(0, {BUSINESSES * STAFF - 1}) p;
INSERT INTO staff_services (account_id, staff_id, service_id)
  SELECT pg_temp.id({ACCOUNT} + p % {BUSINESSES}), pg_temp.id({PERSON} + p), pg_temp.id({SERVICE} + p % {BUSINESSES})
    FROM generate_series(0, {BUSINESSES * STAFF - 1}) p;
INSERT INTO availability_configs (account_id, id, max_advance_days)
  SELECT pg_temp.id({ACCOUNT} + b), pg_temp.id({CONFIG} + b), 730 FROM generate_series(0, {BUSINESSES - 1}) b;
INSERT INTO availability_rules (account_id, config_id, weekday, opens_minute, closes_minute)
  SELECT pg_temp.id({ACCOUNT} + b), pg_temp.id({CONFIG} + b), d, 480, 1320
    FROM generate_series(0, {BUSINESSES - 1}) b, generate_series(0, 6) d;
INSERT INTO customers (account_id, id, name, phone)
  SELECT pg_temp.id({ACCOUNT} + c % {BUSINESSES}), pg_temp.id({CUSTOMER} + c), 'Carla', '+' || ({PHONE} + c)
    FROM generate_series(0, {BUSINESSES * CUSTOMERS - 1}) c;
"""


def furnish(url: str) -> None:
    """Open the businesses in an empty database."""
    with psycopg.connect(url, autocommit=True, options="-c search_path=truebook") as connection:
        connection.execute(SQL)  # type: ignore[call-overload]
        for business in range(BUSINESSES):
            connection.execute(
                "INSERT INTO api_keys (account_id, role, name, prefix, key_hash) VALUES (%s, 'owner', 'bench', %s, %s)",
                (identity(ACCOUNT + business), key(business)[:8], ids.digest(key(business))),
            )
        settle(connection)


def settle(connection: psycopg.Connection) -> None:
    """Bring the server to rest before anything is measured."""
    connection.execute("VACUUM ANALYZE")
    connection.execute("CHECKPOINT")


def count(url: str) -> int:
    """Return how many appointments there are."""
    with psycopg.connect(url, options="-c search_path=truebook") as connection:
        found = connection.execute("SELECT count(*) FROM appointments").fetchone()
        assert found is not None
        return int(found[0])

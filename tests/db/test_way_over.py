"""The way over to one table of claims, with people booking all the while: no time is given twice, and none is lost.

Old writers are frozen SQL: what the code of one row a booking did. New writers are the desk's own actions.
"""

import asyncio
import random
import threading
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import psycopg
import pytest

from tests.db.roles import with_setting
from tests.desk import MONDAY, NOW, WEEK, Desk
from truebook.booking import actions
from truebook.booking.errors import Refusal
from truebook.booking.model import Customer, Wish
from truebook.db import Database, Scope, migrations
from truebook.db.connection import connect
from truebook.db.health.role import STEP_DOWN
from truebook.kernel import ids
from truebook.kernel.errors import Unavailable

SCOPE = "SELECT set_config('truebook.tenant', %s, false), set_config('truebook.actor', 'old', false)"
STAFF = [UUID(int=n) for n in range(1, 5)]
CUT = UUID(int=100)
FURNISH = """
INSERT INTO accounts (id, name, slug) VALUES (%(tenant)s, 'Salon', 'salon');
INSERT INTO services (account_id, id, name, duration_minutes, buffer_after_minutes)
  VALUES (%(tenant)s, %(cut)s, 'Haircut', 45, 10);
"""
BOOK = """
INSERT INTO appointments (tenant_id, account_id, id, code, service_id, staff_id, starts_at, ends_at, blocked_from,
    blocked_until, timezone, status, hold_expires_at, customer_name, service_name, staff_name)
VALUES (%(tenant)s, %(tenant)s, %(id)s, %(code)s, %(cut)s, %(staff)s, %(start)s, %(end)s, %(start)s, %(until)s, 'UTC',
        %(status)s, %(hold)s, 'Carla', 'Haircut', 'Anna')
ON CONFLICT DO NOTHING
"""
MOVE = """
UPDATE appointments SET staff_id = %(staff)s, starts_at = %(start)s, ends_at = %(end)s, blocked_from = %(start)s,
  blocked_until = %(until)s WHERE tenant_id = %(tenant)s AND id = %(id)s AND status IN ('held', 'pending', 'confirmed')
"""
END = """
UPDATE appointments SET status = %(status)s, hold_expires_at = NULL
WHERE tenant_id = %(tenant)s AND id = %(id)s AND status IN ('held', 'pending', 'confirmed')
"""
GUARDS = {"appointments_no_double_booking", "claims_no_double_booking"}
LOOK = "SELECT conname FROM pg_constraint WHERE contype = 'x' AND conname = ANY(%s)"
OVERLAPS = """
SELECT count(*) FROM truebook.claims a JOIN truebook.claims b ON a.tenant_id = b.tenant_id AND a.resource_id = b.resource_id
 AND (a.starts_at, a.appointment_id) < (b.starts_at, b.appointment_id) AND a.ends_at > b.starts_at
"""
NOT_WHOLE = """
SELECT count(*) FROM truebook.appointments a WHERE (
  SELECT sum(s.claims) FROM truebook.appointment_segments s WHERE s.appointment_id = a.id) IS DISTINCT FROM
  CASE WHEN status IN ('held', 'pending', 'confirmed')
       THEN (SELECT count(*) FROM truebook.claims c WHERE c.appointment_id = a.id)
       ELSE (SELECT 1 FROM truebook.appointment_segments s WHERE s.appointment_id = a.id
              AND NOT EXISTS (SELECT FROM truebook.claims c WHERE c.appointment_id = a.id)) END
"""
UNLIKE = """
SELECT count(*) FROM truebook.appointments a LEFT JOIN truebook.claims c ON c.appointment_id = a.id
WHERE a.staff_id IS NOT NULL AND status IN ('held', 'pending', 'confirmed')
  AND (c.resource_id, c.starts_at, c.ends_at) IS DISTINCT FROM (a.staff_id, a.blocked_from, a.blocked_until)
"""


class Town:
    """A business whose writers count what they do, until they are told to halt."""

    def __init__(self, url: str) -> None:
        self.url, self.tenant = url, ids.uuid7()
        self.done: Counter[str] = Counter()
        self.errors: Counter[str] = Counter()
        self.halt = {"old": threading.Event(), "new": threading.Event(), "eye": threading.Event()}
        self.seen: list[frozenset[str]] = []
        self.crashed: list[BaseException] = []
        with connect(url) as connection:
            connection.execute("SET search_path = truebook")
            connection.execute(SCOPE, (str(self.tenant),))
            connection.execute("SELECT set_config('truebook.scope', 'operator', false)")
            params = {"tenant": self.tenant, "cut": CUT}
            for statement in FURNISH.split(";\n")[:2]:
                connection.execute(statement.encode(), params)
            for n, one in enumerate(STAFF):
                row = (self.tenant, one, f"Anna {n}")
                connection.execute("INSERT INTO staff (account_id, id, name) VALUES (%s, %s, %s)", row)
                connection.execute("INSERT INTO staff_services VALUES (%s, %s, %s)", (self.tenant, one, CUT))
            config = ids.uuid7()
            connection.execute(
                "INSERT INTO availability_configs (account_id, id) VALUES (%s, %s)", (self.tenant, config)
            )
            for one in WEEK:
                connection.execute(
                    "INSERT INTO availability_rules (account_id, config_id, weekday, opens_minute, closes_minute)"
                    " VALUES (%s, %s, %s, 540, 1020)",
                    (self.tenant, config, one.weekday),
                )

    def start(self, work: Callable[..., None], *args: object) -> threading.Thread:
        def run() -> None:
            try:
                work(*args)
            except BaseException as error:
                self.crashed.append(error)

        thread = threading.Thread(target=run)
        thread.start()
        return thread

    def old(self, n: int) -> None:
        """Book, hold, confirm, move and cancel as the old code did, one row each."""
        rnd, mine = random.Random(n), list[UUID]()
        with connect(self.url) as connection:
            connection.execute(STEP_DOWN)
            connection.execute("SET search_path = truebook")
            connection.execute(SCOPE, (str(self.tenant),))
            while not self.halt["old"].wait(0.002):
                what, params = self.choice(rnd, mine)
                try:
                    changed = connection.execute({"book": BOOK, "move": MOVE}.get(what, END).encode(), params).rowcount
                except psycopg.Error as error:
                    self.errors[f"{error.sqlstate} {error.diag.constraint_name}"] += 1
                    continue
                self.done[f"old {what}"] += changed
                if what == "book" and changed:
                    mine.append(params["id"])

    def choice(self, rnd: random.Random, mine: list[UUID]) -> tuple[str, dict[str, object]]:
        start = a_time(rnd)
        hold = NOW + timedelta(days=9) if rnd.random() < 0.3 else None
        params: dict[str, object] = {
            "tenant": self.tenant, "id": ids.uuid7(), "code": ids.code(), "cut": CUT, "staff": rnd.choice(STAFF),
            "start": start, "end": start + timedelta(minutes=45), "until": start + timedelta(minutes=55), "hold": hold,
            "status": "held" if hold else "confirmed",
        }  # fmt: skip
        if not mine or rnd.random() < 0.6:
            return "book", params
        what = rnd.choice(["move", "confirm", "cancel"])
        status = {"confirm": "confirmed", "cancel": "cancelled"}.get(what, "")
        return what, {**params, "id": rnd.choice(mine), "status": status}

    def new(self, n: int) -> None:
        """Do the same with the actions of today, over connections that say they write claims themselves."""
        asyncio.run(self._new(n))

    async def _new(self, n: int) -> None:
        rnd, mine = random.Random(n), list[UUID]()
        async with Database(with_setting(self.url, "truebook.claims", "written"), size=2) as db:
            scope = Scope(self.tenant, "new", "test")
            desk = Desk(db, self.tenant, scope)
            while not self.halt["new"].is_set():
                what = "book" if not mine or rnd.random() < 0.6 else rnd.choice(["move", "cancel"])
                try:
                    if what == "book":
                        whom = rnd.choice([None, *STAFF])
                        wish = Wish(CUT, a_time(rnd), Customer("Carla"), whom)
                        mine.append((await actions.book(desk.db, scope, wish, now=NOW)).id)
                    elif what == "move":
                        await actions.move(db, scope, rnd.choice(mine), a_time(rnd), now=NOW)
                    else:
                        await actions.cancel(db, scope, mine.pop(), now=NOW)
                except Refusal as refusal:
                    self.errors[f"new {refusal.code}"] += 1
                except Unavailable:
                    self.errors["new waited"] += 1  # a migration held the table for longer than a booking waits
                else:
                    self.done[f"new {what}"] += 1

    def watch(self) -> None:
        """Look, again and again, which guards there are."""
        with connect(self.url) as connection:
            while not self.halt["eye"].wait(0.005):
                self.seen.append(frozenset(row[0] for row in connection.execute(LOOK, (list(GUARDS),))))


def a_time(rnd: random.Random) -> datetime:
    day = rnd.choice([n for n in range(60) if n % 7 < 5])
    return MONDAY.replace(hour=9) + timedelta(days=day, minutes=15 * rnd.randrange(28))


def value(url: str, query: str) -> object:
    with connect(url) as connection:
        row = connection.execute(query.encode()).fetchone()
        assert row is not None
        return row[0]


def until(town: Town, what: str, more: int) -> None:
    """Wait until a kind of writer has done so much more; fail where one of them crashed."""
    before = sum(n for kind, n in town.done.items() if kind.startswith(what))
    while sum(n for kind, n in town.done.items() if kind.startswith(what)) < before + more:
        assert not town.crashed, town.crashed
        threading.Event().wait(0.01)


ADDED_SINCE = """
ALTER TABLE truebook.appointments ADD COLUMN confirmed_by_customer_at timestamptz;
ALTER TABLE truebook.accounts ADD COLUMN tight_offers boolean NOT NULL DEFAULT false;
CREATE TABLE truebook.settings_versions (
  account_id uuid PRIMARY KEY REFERENCES truebook.accounts(id) ON DELETE CASCADE, version bigint NOT NULL);
ALTER TABLE truebook.settings_versions OWNER TO truebook_owner;
GRANT SELECT ON truebook.settings_versions TO truebook_app;
"""
"""What a later revision adds, and today's code reads: the writers of today stand in for those of the time."""


@pytest.mark.slow
def upgraded(url: str, *target: str) -> None:
    """Bring the schema further as an operator does: where a table was in use the whole time, once more."""
    while True:
        try:
            migrations.upgrade(url, *target)
        except Unavailable as error:
            assert "in use the whole time" in str(error)
        else:
            return


def test_old_and_new_writers_go_over_together(empty: str) -> None:
    migrations.upgrade(empty, "0008")
    town = Town(empty)
    eye = town.start(town.watch)
    old = [town.start(town.old, n) for n in range(4)]
    new: list[threading.Thread] = []
    try:
        until(town, "old", 150)
        upgraded(empty, "0009")
        until(town, "old", 100)
        upgraded(empty, "0010")
        with psycopg.connect(empty, autocommit=True) as connection:
            connection.execute(ADDED_SINCE)
        assert value(empty, UNLIKE) == 0
        new = [town.start(town.new, 10 + n) for n in range(2)]
        until(town, "new", 40)
        until(town, "old", 60)
    finally:
        town.halt["old"].set()
        for one in old:
            one.join()
    try:
        assert value(empty, UNLIKE) == 0
        upgraded(empty)
        until(town, "new", 20)
    finally:
        for halt in town.halt.values():
            halt.set()
        for one in [*new, eye]:
            one.join()
    assert town.crashed == []
    ordinary = {
        "23P01 claims_no_double_booking", "23505 claims_pkey", "23P01 appointments_no_double_booking", "40P01 None",
    }  # fmt: skip
    assert {kind for kind in town.errors if not kind.startswith("new ")} <= ordinary, town.errors
    assert {kind for kind in town.errors if kind.startswith("new ")} <= {
        "new booked", "new buffer", "new waited", "new closed", "new status",
    }, town.errors  # fmt: skip
    assert all(town.seen) and town.seen[0] == {"appointments_no_double_booking"}
    assert GUARDS in town.seen and town.seen[-1] == {"claims_no_double_booking"}
    assert (value(empty, OVERLAPS), value(empty, NOT_WHOLE)) == (0, 0)
    assert town.done["old book"] > 100 and town.done["new book"] > 20

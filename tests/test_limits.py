"""How often somebody may do something: counted once for all processes, refused by name, and never for somebody else."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from tests.desk import opened
from truebook import limits
from truebook.db import Database
from truebook.kernel.errors import Unavailable
from truebook.limits import Allowance, Exceeded, Limit

pytestmark = pytest.mark.anyio
HOUR = 3600.0
SLOW = Limit("test", burst=5, every=HOUR)
UNHURRIED = 120.0
"""Seconds, where all want the same line at once: whoever cannot be counted in time is let pass, and is counted here."""


async def pass_by(db: Database, seconds: float, name: str = "test") -> None:
    """Let time pass for the table, and let this process forget what it knows."""
    db.kept.clear()
    change = (
        "UPDATE limits SET free_at = free_at - make_interval(secs => %(seconds)s) WHERE name = %(name)s RETURNING 1"
    )
    await db.rows(limits.SCOPE, change, {"seconds": seconds, "name": name})


async def allowed(db: Database, limit: Limit, subject: str = "anna", times: int = 50) -> int:
    """Return how many of so many attempts are allowed."""
    count = 0
    for _ in range(times):
        try:
            await limits.take(db, limit, subject)
            count += 1
        except Exceeded:
            pass
    return count


async def test_so_many_at_once_and_no_more(database: str) -> None:
    async with opened(database) as db:
        assert await allowed(db, SLOW) == 5
        assert await allowed(db, SLOW, "ben") == 5
        assert await allowed(db, Limit("other", burst=2, every=HOUR)) == 2


async def test_one_more_as_time_passes_and_never_more_than_at_once(database: str) -> None:
    async with opened(database) as db:
        await allowed(db, SLOW)
        await pass_by(db, HOUR)
        assert await allowed(db, SLOW) == 1
        await pass_by(db, 2.5 * HOUR)
        assert await allowed(db, SLOW) == 2
        await pass_by(db, 0.5 * HOUR)  # the half that was over is not lost
        assert await allowed(db, SLOW) == 1
        await pass_by(db, 1000 * HOUR)
        assert await allowed(db, SLOW) == 5


async def test_what_is_left_is_told(database: str) -> None:
    async with opened(database) as db:
        told = [await limits.take(db, SLOW, "anna") for _ in range(5)]
        assert [one.left for one in told] == [4, 3, 2, 1, 0]
        assert [round(one.full_in / HOUR, 3) for one in told] == [1, 2, 3, 4, 5]
        with pytest.raises(Exceeded) as refused:
            await limits.take(db, SLOW, "anna")
        assert HOUR - 60 < refused.value.data["retry_after"] <= HOUR
        assert refused.value.data["limit"] == "test"
        assert "'test'" in refused.value.message


async def test_processes_count_together(database: str) -> None:
    async with opened(database, UNHURRIED) as one, opened(database, UNHURRIED) as other:
        both = [db for _ in range(10) for db in (one, other)]
        tried = await asyncio.gather(*(attempt(db, SLOW) for db in both))
        assert sum(tried) == 5


@pytest.mark.parametrize("lease", [1, 3, 7, 100])
async def test_turns_taken_ahead_are_never_more_than_there_are(database: str, lease: int) -> None:
    limit = Limit("test", burst=20, every=HOUR, lease=min(lease, 20))
    async with opened(database, UNHURRIED) as db:
        tried = await asyncio.gather(*(attempt(db, limit) for _ in range(60)))
        assert sum(tried) == 20
        told = await left(db, limit)
        assert told.left == 0


async def test_what_is_taken_ahead_is_told_as_left(database: str) -> None:
    limit = Limit("test", burst=20, every=HOUR, lease=5)
    async with opened(database) as db:
        assert [(await limits.take(db, limit, "anna")).left for _ in range(20)] == list(range(19, -1, -1))


async def test_who_is_refused_does_not_ask_the_database_again(database: str) -> None:
    async with opened(database) as db:
        await allowed(db, SLOW)
        await db.rows(limits.SCOPE, "DELETE FROM limits RETURNING 1", {})
        assert await allowed(db, SLOW) == 0


async def test_where_the_database_is_away_nobody_is_refused(database: str) -> None:
    async with opened(database) as db:
        await allowed(db, SLOW)
    away = Database(database.replace("/test_", "/gone_"), patience=0.1)
    async with away:
        assert await allowed(away, SLOW, times=3) == 3


async def test_where_it_cannot_be_counted_no_secret_is_guessed(database: str) -> None:
    away = Database(database.replace("/test_", "/gone_"), patience=0.1)
    async with away:
        with pytest.raises(Unavailable):
            await limits.take(away, replace(SLOW, guarded=True), "anna")


async def test_a_whole_provider_customers_network_has_a_limit_of_its_own(database: str) -> None:
    async with opened(database) as db:
        counted = 0
        for n in range(200):
            subject = f"anna {limits.origin((f'2001:db8:1:{n:x}::1', 1))}"
            counted += await allowed(db, Limit("test", burst=2, every=HOUR), subject, times=1)
        assert counted == 2 * limits.WIDER
        assert await allowed(db, Limit("test", burst=2, every=HOUR), f"anna {limits.origin(('2001:db8:2::1', 1))}") == 2


@pytest.mark.parametrize("typed", ["x/64", "a@b.c/64", "anna 1.2.3.4/64", "anna 2001:db8::1/64", "::/64/64", "/64"])
async def test_what_somebody_typed_is_counted_whatever_it_ends_in(database: str, typed: str) -> None:
    async with opened(database) as db:
        assert await allowed(db, SLOW, typed, times=7) == 5


async def test_what_is_made_up_for_is_forgotten(database: str) -> None:
    async with opened(database) as db:
        await allowed(db, SLOW)
        await limits.take(db, Limit("quick", burst=1, every=0.001), "anna")
        assert await limits.forget(db) == 0
        await pass_by(db, 2 * HOUR, "quick")
        assert await limits.forget(db) == 1
        assert await allowed(db, SLOW) == 0


async def attempt(db: Database, limit: Limit) -> bool:
    try:
        await limits.take(db, limit, "anna")
    except Exceeded:
        return False
    return True


async def left(db: Database, limit: Limit) -> Allowance:
    with pytest.raises(Exceeded) as refused:
        await limits.take(db, limit, "anna")
    found: Any = refused.value.allowance
    return found

"""One piece of a run: everybody books, everything breaks, it grows calm, and what was said is held against the rows."""

import asyncio
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import httpx2

from tests.crash import checks
from tests.crash.customers import Crowd, everybody
from tests.crash.storm import FAULTS, REST, Fault, calm, near, storm
from tests.crash.town import LOG, ROOT, Town, town
from tests.crash.whatsapp import DIARY
from truebook.simulator.diary import entries

CALM = 240.0
"""Seconds in which all that is left is done once nothing breaks any more."""


@dataclass
class Report:
    """What a piece came to."""

    happened: Counter[str]
    wrong: list[str]


async def piece(
    folder: Path,
    bookings: int,
    chats: int,
    *,
    minutes: float,
    seed: int = 1,
    root: Path = ROOT,
    faults: dict[str, Fault] = FAULTS,
    sql: str = "",
    clients: int = 16,
    people: int = 8,
    processes: int = 2,
    patience: float = CALM,
    rest: float = REST,
    thorough: float = 1.0,
) -> Report:
    """Go on until so many were booked in all, by REST and by chat, or the time is over."""
    happened: Counter[str] = Counter()
    async with town(folder, root, sql=sql, processes=processes) as lent, httpx2.AsyncClient() as http:
        crowd = _crowd(lent, bookings, chats)
        crowd.thorough = thorough
        begun = crowd.booked + crowd.chats
        alarm = asyncio.get_running_loop().call_later(minutes * 60, _stop, crowd)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(near(crowd))
                breaking = group.create_task(storm(crowd, seed + begun, happened, faults, rest))
                for one in everybody(crowd, http, clients, people):
                    group.create_task(one)  # type: ignore[arg-type]
            assert breaking.done()
        finally:
            alarm.cancel()
        stuck: list[str] = []
        try:
            await calm(crowd, http, patience)
        except TimeoutError:
            stuck.append("I17 something was never done")
        facts = checks.collected(folder, lent.server.url("desk"))
        _count(facts, happened)
        return Report(happened, [*stuck, *checks.wrong(facts)])


def _stop(crowd: Crowd) -> None:
    crowd.stop = True


def _crowd(lent: Town, bookings: int, chats: int) -> Crowd:
    """Return the crowd as an earlier piece left it."""
    log = list(entries(lent.folder / LOG))
    day = lent.folder / "today"
    if not day.exists():
        day.write_text(date.today().isoformat())
    numbers = [int(one["key"][2:]) for one in log if one["what"] == "asked"]
    people = [one for one in entries(lent.folder / DIARY) if one["what"] == "person"]
    chatted = [one for one in log if one["what"] == "chatted" and one["booked"]]
    booked = sum(1 for one in log if one["what"] == "acked" and one["of"] is None)
    crowd = Crowd(
        lent, bookings, chats, max(numbers, default=-1) + 1, len(people), booked, len(chatted),
        today=date.fromisoformat(day.read_text()),
    )  # fmt: skip
    with suppress(IndexError):
        lent.phones.extend(f"+{one['phone']}" for one in people[:100])
    return crowd


def _count(facts: checks.Facts, happened: Counter[str]) -> None:
    """Say how much there was to be held against the rows."""
    happened["bookings acknowledged by REST"] = sum(1 for one in facts.logged("acked") if one["of"] is None)
    happened["changes acknowledged by REST"] = sum(1 for one in facts.logged("acked") if one["of"])
    happened["refusals"] = len(facts.logged("refused"))
    happened["bookings on WhatsApp"] = sum(1 for one in facts.logged("chatted") if one["booked"])
    happened["messages written on WhatsApp"] = len(facts.seen("written"))
    happened["messages that reached WhatsApp"] = len(facts.seen("taken"))
    happened["webhooks"] = len(facts.seen("told"))
    happened["reminders"] = sum(1 for row in facts.rows["reminders"] if row[3] == "sent")

"""What many ask for at once is done once for all of them, never before they asked, and never for another role."""

import asyncio

import pytest

from tests.desk import opened
from tests.web.people import House, house
from tests.web.test_desk import DAY, booked
from truebook.booking import sheets
from truebook.booking.sheets import Sheet
from truebook.channels.web.together import Together

pytestmark = pytest.mark.anyio


class Slow:
    """Work that counts how often it is begun, and ends when it may."""

    def __init__(self) -> None:
        self.begun = 0
        self.may_end = asyncio.Event()

    async def __call__(self) -> int:
        self.begun += 1
        mine = self.begun
        await self.may_end.wait()
        return mine


async def until_begun(work: Slow, times: int) -> None:
    async with asyncio.timeout(5):
        while work.begun < times:
            await asyncio.sleep(0)


async def test_who_asks_before_it_begins_shares_it_and_who_asks_later_gets_the_next() -> None:
    together, work = Together(), Slow()
    first = [asyncio.create_task(together.of("day", work)) for _ in range(3)]
    await until_begun(work, 1)
    later = [asyncio.create_task(together.of("day", work)) for _ in range(3)]
    other = asyncio.create_task(together.of("week", work))
    await until_begun(work, 2)
    work.may_end.set()
    assert await asyncio.gather(*first) == [1, 1, 1]
    assert await asyncio.gather(*later) == [3, 3, 3], "begun after they asked, and once for all"
    assert await other == 2
    assert await together.of("day", work) == 4, "nothing is kept"


async def test_a_fault_is_everybodys_and_who_hangs_up_takes_nothing_from_the_others() -> None:
    together, work = Together(), Slow()

    async def broken() -> int:
        raise ValueError("broken")

    found = await asyncio.gather(*(together.of("day", broken) for _ in range(3)), return_exceptions=True)
    assert [str(one) for one in found] == ["broken"] * 3
    leaving, staying = (asyncio.create_task(together.of("day", work)) for _ in range(2))
    await until_begun(work, 1)
    leaving.cancel()
    work.may_end.set()
    assert await staying == 1
    assert await together.of("day", work) == 2, "whoever comes after a fault, or after somebody left, is served"


async def asked_at_once(here: House, monkeypatch: pytest.MonkeyPatch, path: str) -> tuple[list[str], list[str], int]:
    """Have Alice and Anna ask twenty times each, all at once; return their pages, and how many sheets were read."""
    read, usual = 0, sheets.sheet

    async def counted(*args: object, **named: object) -> Sheet:
        nonlocal read
        read += 1
        return await usual(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(sheets, "sheet", counted)
    both = [one.page.get(path) for _ in range(20) for one in (here.alice, here.anna)]
    found = [answer.text for answer in await asyncio.gather(*both)]
    return found[::2], found[1::2], read


async def test_many_desks_are_served_by_few_readings_and_two_roles_never_share_one(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(database) as db, house(db) as here:
        await booked(db, here.desk, 10, "Anna", "Carla")
        await booked(db, here.desk, 10, "Ben", "Dora")
        app = here.alice.page._transport.app  # type: ignore[attr-defined]
        here.anna.page._transport.app = app  # type: ignore[attr-defined]  # one process serves both
        owners, own, read = await asked_at_once(here, monkeypatch, f"/desk?day={DAY}")
        assert all("Carla" in page and "Dora" in page for page in owners)
        assert all("Carla" in page and "Dora" not in page for page in own)
        assert all(here.alice.csrf in page and here.anna.csrf not in page for page in owners)
        assert all(here.anna.csrf in page and here.alice.csrf not in page for page in own)
        assert 2 <= read <= 20, "forty pages, and not as many readings"
        annas = f"/desk?day={DAY}&staff={here.desk.staff['Anna']}"
        keys = set()
        usual = app.state.together.of

        async def noted(key: object, work: object) -> object:
            keys.add(key)
            return await usual(key, work)

        monkeypatch.setattr(app.state.together, "of", noted)
        await asyncio.gather(here.alice.page.get(annas), here.anna.page.get(annas))
        assert len([key for key in keys if len(key) > 2]) == 2, "the same calendar, but the owner's and her own"


async def test_what_was_just_booked_is_there_although_somebody_asked_before(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(database) as db, house(db) as here:
        may_end, usual, readings = asyncio.Event(), sheets.sheet, 0

        async def held_up(*args: object, **named: object) -> Sheet:
            nonlocal readings
            readings += 1
            found = await usual(*args, **named)  # type: ignore[arg-type]
            if readings == 1:
                await may_end.wait()
            return found

        monkeypatch.setattr(sheets, "sheet", held_up)
        before = asyncio.create_task(here.alice.page.get(f"/desk?day={DAY}"))
        async with asyncio.timeout(120):
            while not readings:
                await asyncio.sleep(0.01)
        await booked(db, here.desk, name="Dora")
        after = asyncio.create_task(here.alice.page.get(f"/desk?day={DAY}"))
        await asyncio.sleep(0)
        may_end.set()
        assert "Dora" in (await after).text
        await before

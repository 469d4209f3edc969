"""The chat on a business's page: a form, the assistant's own turn, and picked up on the same device only."""

import re
import tracemalloc
from datetime import timedelta
from html import unescape

import httpx2
import pytest

from tests.desk import furnish, opened
from tests.test_worker import working
from tests.web.browsing import browser
from truebook.channels.web.booking import chat
from truebook.db import Database
from truebook.kernel import clock
from truebook.limits import Limit

pytestmark = pytest.mark.anyio
PLACE = "/salon-alice/chat"


async def say(page: httpx2.AsyncClient, text: str, key: str = "") -> httpx2.Response:
    """Write something; return the page that follows."""
    sent = await page.post(PLACE, data={"text": text, "key": key})
    assert (sent.status_code, sent.headers["location"]) == (303, f"{PLACE}#end")
    return await page.get(PLACE)


async def messages(db: Database, desk_scope: object) -> list[tuple]:
    async with db.transaction(desk_scope) as tx:  # type: ignore[arg-type]
        return await tx.rows("SELECT role, content FROM messages ORDER BY created_at")


async def test_a_talk_is_answered_and_picked_up_on_the_same_device(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat, "PATIENCE", 60.0)
    async with opened(database) as db, browser(db) as page, browser(db) as other:
        desk = await furnish(db)
        assert "What would you like to book" in (await page.get(PLACE)).text
        assert not await messages(db, desk.scope), "looking begins nothing"
        async with working(db):
            shown = await say(page, "A haircut with Anna, please <b>")
            assert "A haircut with Anna, please &lt;b&gt;" in shown.text
            assert [role for role, _ in await messages(db, desk.scope)] == ["user", "assistant"]
            buttons = [
                unescape(one) for one in re.findall(r'<button class="btn" name="text" value="([^"]+)"', shown.text)
            ]
            assert buttons, "what can be answered with one word has buttons"
            shown = await say(page, buttons[0])
        said = await messages(db, desk.scope)
        assert [role for role, _ in said] == ["user", "assistant"] * 2
        async with db.transaction(desk.scope) as tx:
            assert await tx.rows("SELECT channel FROM conversations") == [("web",)]
        assert "A haircut with Anna" in (await page.get(PLACE)).text
        assert "A haircut with Anna" not in (await other.get(PLACE)).text


async def test_a_message_sent_twice_is_kept_once_and_says_that_it_waits(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat, "PATIENCE", 0.0)  # no worker answers here
    async with opened(database) as db, browser(db) as page:
        desk = await furnish(db)
        await say(page, "hello", "one")
        for _ in range(2):
            shown = await say(page, "a haircut", "two")
        assert "is typing" in shown.text and 'http-equiv="refresh"' in shown.text
        assert [text for _, text in await messages(db, desk.scope)] == ["hello", "a haircut"]
        async with db.transaction(desk.scope) as tx:
            await tx.run("UPDATE messages SET created_at = created_at - interval '3 minutes'")
        late = await page.get(PLACE)
        assert "takes longer than usual" in late.text and 'http-equiv="refresh"' not in late.text


async def test_a_whole_network_of_addresses_is_one_stranger(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat, "PATIENCE", 0.0)
    monkeypatch.setattr(chat, "BEGUN", Limit("begun of the test", burst=2, every=600.0))
    async with opened(database) as db:
        await furnish(db)
        answers = []
        for address in ("2001:db8:1:2::1", "2001:db8:1:2::2", "2001:db8:1:2:3::3", "2001:db8:1:3::1"):
            async with browser(db, address=address) as page:
                answers.append((await page.post(PLACE, data={"text": "hello"})).status_code)
        assert answers == [303, 303, 429, 303]


async def test_chats_from_one_line_are_known_as_such_and_no_address_is_kept(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat, "PATIENCE", 0.0)
    async with opened(database) as db:
        desk = await furnish(db)
        for address in ("2001:db8:1:2::1", "2001:db8:1:2::2", "2001:db8:1:3::1"):
            async with browser(db, address=address) as page:
                await say(page, "hello")
        async with db.transaction(desk.scope) as tx:
            lines = [row[0] for row in await tx.rows("SELECT line FROM conversations ORDER BY created_at")]
        assert lines[0] == lines[1] != lines[2] and all(len(one) == 32 and ":" not in one for one in lines)


async def test_a_look_at_a_long_chat_reads_its_end_only(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat, "PATIENCE", 0.0)
    async with opened(database) as db, browser(db) as page:
        desk = await furnish(db)
        await say(page, "hello")
        async with db.transaction(desk.scope) as tx:
            await tx.run(
                "INSERT INTO messages (account_id, id, conversation_id, role, content, created_at)"
                " SELECT account_id, gen_random_uuid(), id, 'user', 'no ' || n || repeat('.', 4000), now() + n * interval"
                " '1 ms' FROM conversations, generate_series(1, 4000) n WHERE account_id = %s",
                (tx.tenant,),
            )
        tracemalloc.start()
        try:
            shown = await page.get(PLACE)
            most = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert "no 4000." in shown.text and "no 3900." not in shown.text
        assert most < 8_000_000, "a stranger who writes much may not cost much to look at"


async def test_a_stranger_cannot_write_without_end(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat, "PATIENCE", 0.0)
    monkeypatch.setattr(chat, "BY_VISITOR", Limit("visitor of the test", burst=2, every=600.0))
    monkeypatch.setattr(chat, "BEGUN", Limit("begun of the test", burst=2, every=600.0))
    async with opened(database) as db, browser(db) as page, browser(db) as other, browser(db) as third:
        desk = await furnish(db)
        for _ in range(2):
            await say(page, "hello")
        assert (await page.post(PLACE, data={"text": "hello"})).status_code == 429
        await say(other, "hello")
        assert (await third.post(PLACE, data={"text": "hello"})).status_code == 429
        assert (await other.post(PLACE, data={"text": "x" * 5000})).status_code == 422
        assert len(await messages(db, desk.scope)) == 3


def pressing(shown: httpx2.Response, form: str, text: str) -> dict[str, str]:
    """Return what a form of a page sends: its own hidden fields and those that lie elsewhere but belong to it.

    Without the key by which what is sent twice is kept once: an old page is sent again on purpose.
    """
    page = shown.text
    (inside,) = re.findall(rf'<form method="post" class="[^"]*\b{form}"(.*?)</form>', page, re.S)
    if form == "say":
        inside += "".join(re.findall(r'<input [^>]*form="say">', page))
    return {**dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', inside)), "key": "", "text": text}


@pytest.mark.parametrize("form", ["replies", "say"], ids=["a button", "typed"])
async def test_a_yes_is_to_the_question_that_its_own_tab_shows(
    database: str, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setattr(chat, "PATIENCE", 60.0)
    async with opened(database) as db, browser(db) as tabs, working(db):
        desk = await furnish(db)

        async def statuses() -> list[str]:
            async with db.transaction(desk.scope) as tx:
                return [one for (one,) in await tx.rows("SELECT status FROM appointments ORDER BY starts_at")]

        async def press(shown: httpx2.Response, form: str, text: str) -> httpx2.Response:
            sent = await tabs.post(PLACE, data=pressing(shown, form, text))
            assert sent.status_code == 303
            return await tabs.get(PLACE)

        monday = clock.now().date() + timedelta(days=14 - clock.now().date().weekday())
        first = await tabs.get(PLACE)
        shown = await press(
            first, "say", f"A haircut with Anna on {monday} at 10:00, I am Carla, my number is +43 660 1234567"
        )
        assert "Shall I book it?" in shown.text
        shown = await press(shown, "replies", "Yes")
        assert await statuses() == ["confirmed"], "the page's own yes counts"
        one = await press(shown, "say", f"A haircut with Anna on {monday} at 14:00")
        assert "14:00" in one.text and 'value="Yes"' in one.text
        other = await press(await tabs.get(PLACE), "say", f"cancel my appointment on {monday} at 10:00")
        assert "shall I cancel it?" in other.text
        await press(one, form, "Yes")
        assert (await statuses())[0] == "confirmed", "the yes of one tab is none to what another asked"
        await press(first, "say", "yes")
        assert (await statuses())[0] == "confirmed", "what showed nothing agrees to nothing"


async def test_what_a_page_names_as_shown_must_be_an_id(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        desk = await furnish(db)
        refused = await page.post(PLACE, data={"text": "yes", "shown": "the last one"})
        assert refused.status_code == 422
        assert not await messages(db, desk.scope)


async def test_where_a_frame_keeps_no_cookie_the_address_knows_the_conversation(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat, "PATIENCE", 0.0)
    async with opened(database) as db, browser(db) as page, browser(db) as other, browser(db) as third:
        desk = await furnish(db)
        sent = await page.post(PLACE, data={"text": "hello", "framed": "1"})
        place = sent.headers["location"]
        assert place.startswith(f"{PLACE}?c=")
        framed = {"Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "cross-site"}
        shown = await other.get(place, headers=framed)
        assert "hello" in shown.text
        token = place.removeprefix(f"{PLACE}?c=").removesuffix("#end")
        again = await other.post(PLACE, data={"text": "are you there?", "framed": "1", "c": token})
        assert again.headers["location"] == place
        async with db.transaction(desk.scope) as tx:
            assert await tx.rows("SELECT count(*) FROM conversations") == [(1,)]
        assert not other.cookies, "what an address named is no cookie of whoever opened it"
        assert "hello" not in (await third.get(f"{PLACE}?c={'x' * 40}", headers=framed)).text


async def test_nobody_is_led_into_anothers_conversation_by_an_address(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat, "PATIENCE", 0.0)
    async with opened(database) as db, browser(db) as attacker, browser(db) as victim:
        desk = await furnish(db)
        await say(attacker, "hello")
        token = attacker.cookies["chat"]
        for told in ({}, {"Sec-Fetch-Dest": "document", "Sec-Fetch-Site": "cross-site"}):
            led = await victim.get(f"{PLACE}?c={token}", headers=told)
            assert (led.status_code, led.headers["location"]) == (303, PLACE)
        sent = await victim.post(PLACE, data={"text": "I am Vera", "c": token})
        assert sent.headers["location"] == f"{PLACE}#end"
        assert victim.cookies["chat"] != token
        assert "I am Vera" not in (await attacker.get(PLACE)).text
        async with db.transaction(desk.scope) as tx:
            assert await tx.rows("SELECT count(*) FROM conversations") == [(2,)]

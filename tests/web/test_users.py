"""Who may sign in: the owner lets people in, hands over links, and takes them out again."""

import asyncio
import re

import psycopg
import pytest

from tests.desk import opened
from tests.web.people import house
from truebook.channels.web.desk.me import browser_of
from truebook.db import Scope
from truebook.kernel import clock
from truebook.tenants import access, sessions
from truebook.tenants.access import Unauthorized
from truebook.tenants.roles import NotAllowed
from truebook.tenants.users import USERS

pytestmark = pytest.mark.anyio
WAITS = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


async def test_somebody_is_let_in_signs_in_and_is_out_again(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        fields = {
            "email": "Ben@salon.example",
            "name": "Ben <i>",
            "role": "staff",
            "staff": str(here.desk.staff["Ben"]),
        }
        assert (await here.alice.send("/desk/users", **fields)).status_code == 303
        shown = (await here.alice.page.get("/desk/users")).text
        assert "ben@salon.example" in shown and "Ben &lt;i&gt;" in shown
        ben = next(one for one in await USERS.page(db, here.desk.scope) if one.email == "ben@salon.example")
        made = (await here.alice.send(f"/desk/users/{ben.id}/link")).text
        link = re.search(r"/sign-in/[\w-]+", made)
        assert link is not None
        assert (await here.nobody.post(link[0])).status_code == 303
        day = (await here.nobody.get("/desk")).text
        assert 'aria-label="Ben"' in day and 'aria-label="Anna"' not in day and "/desk/users" not in day
        assert (await here.alice.send(f"/desk/users/{ben.id}/remove")).status_code == 303
        assert (await here.nobody.get("/desk")).status_code == 303


async def test_a_role_changes_at_once_and_somebody_is_signed_out_everywhere(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        anna = f"/desk/users/{here.anna.user_id}"
        assert (await here.anna.page.get("/desk/users")).status_code == 403
        assert (await here.alice.send(f"{anna}/role", role="owner")).status_code == 303
        assert (await here.anna.page.get("/desk/users")).status_code == 200
        assert (await here.alice.send(f"{anna}/role", role="king")).status_code == 422
        assert (await here.alice.send(f"/desk/users/{here.alice.user_id}/role", role="staff")).status_code == 409
        made = (await here.alice.send(f"{anna}/link")).text
        link = re.search(r"/sign-in/[\w-]+", made)
        assert (await here.alice.send(f"{anna}/sign-out")).status_code == 303
        assert (await here.anna.page.get("/desk")).status_code == 303, "she must sign in again"
        assert link is not None and (await here.nobody.post(link[0])).status_code == 404, "her link is used up"


async def test_the_keys_that_somebody_made_end_with_them(database: str) -> None:
    async with opened(database) as db, house(db) as here:

        async def key(what: str) -> str:
            made = await here.anna.send("/desk/settings/keys", name=what, may="manage", life="")
            found = re.search(r"tb_[\w-]{20,}", made.text)
            assert found is not None
            return found[0]

        anna = f"/desk/users/{here.anna.user_id}"
        for end, sent in ((f"{anna}/role", {"role": "admin"}), (f"{anna}/remove", {})):
            assert (await here.alice.send(f"{anna}/role", role="owner")).status_code == 303
            made = await key("Till")
            by = await access.identify(db, made)
            below = await access.issue(db, here.desk.scope, "Wall", may="read", issued_by=by.key_id)
            assert "made by Anna" in (await here.alice.page.get("/desk/settings/keys")).text
            assert (await here.alice.send(end, **sent)).status_code == 303
            for one in (made, below):
                with pytest.raises(Unauthorized):
                    await access.identify(db, one)
        with pytest.raises(Unauthorized):
            await access.issue(db, Scope(here.desk.account, f"user:{here.anna.user_id}", "test"), "After", may="manage")


async def test_who_is_an_owner_no_longer_makes_no_key_even_where_it_was_asked_for_before(database: str) -> None:
    """The page let them in; then their role changed while the key waited for their row."""
    async with opened(database) as db, house(db) as here:
        await here.alice.send(f"/desk/users/{here.anna.user_id}/role", role="owner")
        scope = Scope(here.desk.account, f"user:{here.anna.user_id}", "test")
        watching = await psycopg.AsyncConnection.connect(database, autocommit=True)
        async with watching, db.transaction(here.desk.scope) as tx:
            await tx.rows("UPDATE users SET role = 'staff' WHERE id = %s RETURNING id", (here.anna.user_id,))
            late = asyncio.create_task(access.issue(db, scope, "Till"))
            while not late.done() and await (await watching.execute(WAITS)).fetchone() is None:
                await asyncio.sleep(0.01)
        with pytest.raises(NotAllowed):
            await late


async def test_of_two_owners_who_take_each_others_role_away_at_once_one_stays(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        await here.alice.send(f"/desk/users/{here.anna.user_id}/role", role="owner")
        watching = await psycopg.AsyncConnection.connect(database, autocommit=True)
        async with watching:
            async with db.transaction(here.desk.scope) as tx:
                await tx.rows("SELECT id FROM users ORDER BY id FOR UPDATE", ())
                both = asyncio.gather(
                    here.alice.send(f"/desk/users/{here.anna.user_id}/role", role="staff"),
                    here.anna.send(f"/desk/users/{here.alice.user_id}/role", role="staff"),
                )
                while not both.done() and len(await (await watching.execute(WAITS)).fetchall()) < 2:
                    await asyncio.sleep(0.01)
            answers = await both
        assert sorted(one.status_code for one in answers)[0] == 303, [one.text for one in answers]
        owners = [one.email for one in await USERS.page(db, here.desk.scope) if one.role == "owner"]
        assert len(owners) == 1, owners


async def test_who_is_an_owner_no_longer_lets_nobody_in(database: str) -> None:
    """Neither as somebody new, nor by another role, nor by a link: the page may have let them do it a moment ago."""
    async with opened(database) as db, house(db) as here:
        scope = Scope(here.desk.account, f"user:{here.anna.user_id}", "test")
        for deed in (
            USERS.add(db, scope, email="friend@salon.example", role="owner"),
            USERS.change(db, scope, here.anna.user_id, {"role": "owner"}),
            USERS.remove(db, scope, here.alice.user_id),
            sessions.link(db, scope, here.alice.user_id, now=clock.now()),
        ):
            with pytest.raises(NotAllowed):
                await deed
        assert await sessions.link(db, scope, here.anna.user_id, now=clock.now()), "into what is their own already"


async def test_only_an_owner_and_only_of_their_own_business(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        fields = {"email": "x@salon.example", "role": "owner"}
        assert (await here.anna.page.get("/desk/users")).status_code == 403
        assert (await here.anna.send("/desk/users", **fields)).status_code == 403
        for path in ("link", "role", "sign-out", "remove"):
            sent = {"role": "staff"} if path == "role" else {}
            assert (await here.anna.send(f"/desk/users/{here.alice.user_id}/{path}", **sent)).status_code == 403
            assert (await here.charlie.send(f"/desk/users/{here.alice.user_id}/{path}", **sent)).status_code == 404
        stolen = {"email": "y@x.example", "role": "staff", "staff": str(here.desk.staff["Ben"])}
        assert (await here.charlie.send("/desk/users", **stolen)).status_code == 404
        assert (await here.alice.send(f"/desk/users/{here.alice.user_id}/remove")).status_code == 409
        assert (await here.alice.page.get("/desk/users")).status_code == 200, "still signed in"
        emails = {one.email for one in await USERS.page(db, here.desk.scope)}
        assert emails == {"alice@salon.example", "anna@salon.example"}


async def test_what_cannot_be_used_is_named(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        fields = {"email": "ben@salon.example", "role": "staff"}
        for wrong in (
            {"email": ""},
            {"email": "ben"},
            {"email": "alice@salon.example"},
            {"role": "king"},
            {"staff": "x"},
        ):
            assert (await here.alice.send("/desk/users", **{**fields, **wrong})).status_code == 422, wrong
        assert len(await USERS.page(db, here.desk.scope)) == 2


@pytest.mark.parametrize(
    ("told", "called"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox, Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/131.0 Safari/537.36 Edg/131.0", "Edge, Windows"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36", "Chrome, Android"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17.5 Safari/605.1.15", "Safari, Mac"),
        ("curl/8.5.0", "curl/8.5.0"),
    ],
)
def test_a_browser_is_called_what_people_call_it(told: str, called: str) -> None:
    assert browser_of(told) == called

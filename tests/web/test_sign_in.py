"""Signing in: passwords, links that work once, sessions that end, and forms that only our own pages may send."""

from datetime import timedelta

import pytest

from tests.desk import furnish, opened
from tests.web.browsing import HOME, browser
from tests.web.people import house, signed_in
from truebook.channels.web import sign_in
from truebook.db import Scope
from truebook.kernel import clock
from truebook.kernel.settings import Settings
from truebook.limits import Limit
from truebook.tenants import passwords, sessions
from truebook.tenants.access import Unauthorized
from truebook.tenants.users import USERS

pytestmark = pytest.mark.anyio


async def test_a_link_signs_in_once_and_looking_at_it_does_not_use_it_up(database: str) -> None:
    async with opened(database) as db, browser(db) as page, browser(db) as other:
        desk = await furnish(db)
        user = await USERS.add(db, desk.scope, email="alice@salon.example", role="owner")
        token = await sessions.link(db, desk.scope, user.id, now=clock.now())
        for _ in range(2):
            assert "alice@salon.example" in (await page.get(f"/sign-in/{token}")).text
        assert (await page.get("/desk")).status_code == 303
        assert (await page.post(f"/sign-in/{token}")).headers["location"] == "/desk"
        assert (await page.get("/desk")).status_code == 200
        assert (await other.post(f"/sign-in/{token}")).status_code == 404
        assert (await other.get("/desk")).headers["location"] == "/sign-in?next=/desk"
        old = await sessions.link(db, desk.scope, user.id, now=clock.now() - sessions.LINK)
        assert (await other.post(f"/sign-in/{old}")).status_code == 404


async def test_whoever_forgot_the_password_has_a_link_sent(database: str) -> None:
    settings = Settings(public_url=HOME, mail_url="smtps://desk:pw@mail.test", mail_from="desk@salon.example")
    async with opened(database) as db, house(db) as here, browser(db, settings) as page:
        assert "truebook link" in (await here.nobody.get("/sign-in")).text
        assert (await here.nobody.post("/sign-in/link", data={"email": "alice@salon.example"})).status_code == 404
        assert 'formaction="/sign-in/link' in (await page.get("/sign-in")).text
        assert (await page.post("/sign-in/link", data={"email": " "})).status_code == 422
        told = [
            (await page.post("/sign-in/link", data={"email": f"{name}@salon.example", "password": ""})).text
            for name in ("Alice", "Nobody")
        ]
        assert told[0].replace("Alice", "Nobody") == told[1] and "on its way" in told[1]
        jobs = await db.rows(Scope(None, "test"), "SELECT args->>'user' FROM procrastinate_jobs", ())
        assert [str(user) for (user,) in jobs if user] == [str(here.alice.user_id)]
        answers = [
            (await page.post("/sign-in/link", data={"email": "alice@salon.example"})).status_code
            for _ in range(sign_in.LETTERS.burst)
        ]
        assert answers == [200] * (sign_in.LETTERS.burst - 1) + [429]


async def test_a_wrong_password_and_somebody_unknown_get_the_same_answer(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        assert (await here.alice.send("/desk/me/password", password="too short")).status_code == 422
        assert (await here.alice.send("/desk/me/password", password="a long enough one")).status_code == 200
        answers = [
            await here.nobody.post("/sign-in", data={"email": email, "password": "not this one"})
            for email in ("alice@salon.example", "nobody@salon.example")
        ]
        assert [one.status_code for one in answers] == [422, 422]
        told = [one.text.replace("alice@", "nobody@") for one in answers]
        assert told[0] == told[1]
        right = {"email": " Alice@salon.example", "password": "a long enough one"}
        there = await here.nobody.post("/sign-in?next=/desk/me", data=right)
        assert (there.status_code, there.headers["location"]) == (303, "/desk/me")


async def test_guessing_is_slow_for_an_account_and_from_an_address(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        await furnish(db)
        answers = [
            (await page.post("/sign-in", data={"email": "alice@salon.example", "password": "guess"})).status_code
            for _ in range(sign_in.AN_ACCOUNT.burst + 1)
        ]
        assert answers == [422] * sign_in.AN_ACCOUNT.burst + [429]
        assert (await page.post("/sign-in", data={"email": "ALICE@salon.example"})).headers["Retry-After"]
        for number in range(sign_in.AN_ADDRESS.burst):
            last = await page.post("/sign-in", data={"email": f"u{number}@salon.example", "password": "guess"})
            if last.status_code == 429:
                return
        pytest.fail("one address may try every account")


async def test_nobody_is_locked_out_by_somebody_who_guesses(database: str) -> None:
    async with opened(database) as db, house(db) as here, browser(db, address="203.0.113.9") as elsewhere:
        await here.alice.send("/desk/me/password", password="a long enough one")
        wrong = {"email": "alice@salon.example", "password": "guess"}
        for _ in range(sign_in.AN_ACCOUNT.burst + 1):
            last = await elsewhere.post("/sign-in", data=wrong)
        assert last.status_code == 429
        right = await here.nobody.post("/sign-in", data={**wrong, "password": "a long enough one"})
        assert right.status_code == 303


async def test_whoever_was_signed_in_before_is_not_kept_out_by_many_who_guess(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_in, "ANYWHERE", Limit("anywhere of the test", burst=3, every=600))
    async with opened(database) as db, house(db) as here, browser(db, address="203.0.113.9") as elsewhere:
        await here.alice.send("/desk/me/password", password="a long enough one")
        right = {"email": "Alice@salon.example", "password": "a long enough one"}
        assert (await here.nobody.post("/sign-in", data=right)).status_code == 303
        for n in range(2):
            async with browser(db, address=f"203.0.113.{n}") as guessing:
                await guessing.post("/sign-in", data={**right, "password": "guess"})
        assert (await elsewhere.post("/sign-in", data=right)).status_code == 429
        assert (await here.nobody.post("/sign-in", data=right)).status_code == 303
        for _ in range(sign_in.KNOWN.burst + 1):  # signed in again it has a new budget
            last = await here.nobody.post("/sign-in", data={**right, "password": "guess"})
        assert last.status_code == 429, "there too guesses are counted"
        stolen = here.nobody.cookies["known"]
        other = {"email": "charlie@x.example", "password": "guess"}
        for _ in range(4):
            last = await here.nobody.post("/sign-in", data=other)
        assert stolen and last.status_code == 429, "it says nothing for anybody else's account"


async def test_a_password_counts_however_many_businesses_added_the_address(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = 0

    async def fits(password: str, kept: str | None) -> bool:
        nonlocal asked
        asked += 1
        return await real(password, kept)

    real = passwords.fits
    monkeypatch.setattr(passwords, "fits", fits)
    async with opened(database) as db:
        for n in range(sessions.MOST_BUSINESSES):
            desk = await furnish(db, f"stranger-{n}")
            await USERS.add(db, desk.scope, email="alice@salon.example", role="staff")
        own = await signed_in(db, await furnish(db), "alice@salon.example", "owner")
        await own.send("/desk/me/password", password="a long enough one")
        (found,) = await sessions.by_password(db, "alice@salon.example", "a long enough one")
        assert (found.user_id, asked) == (own.user_id, 1)
        await own.page.aclose()


async def test_nobody_is_sent_to_another_site_after_signing_in(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        await here.alice.send("/desk/me/password", password="a long enough one")
        right = {"email": "alice@salon.example", "password": "a long enough one"}
        for wanted in ("//evil.example", "https://evil.example", "/desk\\evil", "/desk/../\\evil", "javascript:1", ""):
            there = await here.nobody.post("/sign-in", params={"next": wanted}, data=right)
            assert there.headers["location"] == "/desk", wanted


async def test_a_person_of_two_businesses_is_asked_which(database: str) -> None:
    async with opened(database) as db, browser(db) as page:
        for slug in ("salon-alice", "praxis-bob"):
            desk = await furnish(db, slug)
            somebody = await signed_in(db, desk, "both@salon.example", "admin")
            await somebody.send("/desk/me/password", password="a long enough one")
            await somebody.page.aclose()
        asked = await page.post("/sign-in", data={"email": "both@salon.example", "password": "a long enough one"})
        assert "salon-alice &amp; co" in asked.text and "praxis-bob &amp; co" in asked.text
        door = asked.text.partition('action="')[2].partition('"')[0]
        assert (await page.post(door)).headers["location"] == "/desk"


async def test_sessions_are_listed_and_end(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        user = await USERS.get(db, here.desk.scope, here.alice.user_id)
        token = await sessions.link(db, here.desk.scope, user.id, now=clock.now())
        await here.nobody.post(f"/sign-in/{token}", headers={"User-Agent": "Another <b>browser</b>"})
        shown = (await here.alice.page.get("/desk/me")).text
        assert "Another &lt;b&gt;browser" in shown
        end = shown.partition('action="/desk/me/sessions/')[2].partition('"')[0]
        assert (await here.charlie.send(f"/desk/me/sessions/{end}")).status_code == 404
        assert (await here.alice.send(f"/desk/me/sessions/{end}")).status_code == 303
        assert (await here.nobody.get("/desk")).status_code == 303
        await here.alice.send("/desk/sign-out")
        assert (await here.alice.page.get("/desk")).headers["location"] == "/sign-in?next=/desk"


async def test_a_new_password_ends_every_other_session(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        token = await sessions.link(db, here.desk.scope, here.alice.user_id, now=clock.now())
        await here.nobody.post(f"/sign-in/{token}")
        unused = await sessions.link(db, here.desk.scope, here.alice.user_id, now=clock.now())
        await here.alice.send("/desk/me/password", password="a long enough one")
        assert (await here.nobody.get("/desk")).status_code == 303
        assert (await here.nobody.post(f"/sign-in/{unused}")).status_code == 404, "whoever had a link has none"
        assert (await here.alice.page.get("/desk")).status_code == 200


async def test_a_session_that_nobody_uses_is_over_after_a_week(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        user = await USERS.add(db, desk.scope, email="alice@salon.example", role="owner")
        begun = clock.now()
        token = await sessions.use_link(db, await sessions.link(db, desk.scope, user.id, now=begun), now=begun)
        for days in (6, 12, 18, 24, 29):
            person, _ = await sessions.identify(db, token, now=begun + timedelta(days=days))
            assert person.email == "alice@salon.example"
        with pytest.raises(Unauthorized):
            await sessions.identify(db, token, now=begun + sessions.LIFE)
        token = await sessions.use_link(db, await sessions.link(db, desk.scope, user.id, now=begun), now=begun)
        with pytest.raises(Unauthorized):
            await sessions.identify(db, token, now=begun + timedelta(days=7, minutes=1))


async def test_forms_of_other_sites_and_without_their_mark_are_refused(database: str) -> None:
    async with opened(database) as db, house(db) as here:
        page, mark = here.alice.page, {"csrf": here.alice.csrf}
        refused = (
            await page.post("/desk/sign-out"),
            await page.post("/desk/sign-out", data={"csrf": here.charlie.csrf}),
            await page.post("/desk/sign-out", data=mark, headers={"Sec-Fetch-Site": "cross-site"}),
            await page.post("/desk/sign-out", data=mark, headers={"Origin": "https://evil.example"}),
            await page.post("/desk/sign-out", data=mark, headers={"Origin": "null"}),
            await page.post("/sign-in", data={"email": "a@b.c"}, headers={"Sec-Fetch-Site": "same-site"}),
        )
        assert [one.status_code for one in refused] == [403] * len(refused)
        assert (await page.get("/desk")).status_code == 200
        fine = await page.post("/desk/sign-out", data=mark, headers={"Origin": "null", "Sec-Fetch-Site": "same-origin"})
        assert fine.status_code == 303


async def test_the_cookie_is_kept_from_scripts_and_from_other_hosts(database: str) -> None:
    async with opened(database) as db:
        desk = await furnish(db)
        user = await USERS.add(db, desk.scope, email="alice@salon.example", role="owner")
        for settings, name, secure in (
            (Settings(), "truebook", False),
            (Settings(public_url="https://d.example"), "__Host-truebook", True),
        ):
            token = await sessions.link(db, desk.scope, user.id, now=clock.now())
            async with browser(db, settings) as page:
                cookie = (await page.post(f"/sign-in/{token}")).headers["set-cookie"]
            assert cookie.startswith(f"{name}=") and "HttpOnly" in cookie and "SameSite=lax" in cookie
            assert ("Secure" in cookie) is secure


@pytest.mark.unit
async def test_a_password_is_kept_as_argon2id_and_nobodys_never_fits() -> None:
    kept = await passwords.hashed("a long enough one")
    assert kept.startswith("$argon2id$")
    assert [await passwords.fits(one, kept) for one in ("a long enough one", "another", "")] == [True, False, False]
    assert not await passwords.fits("nobody's", None)

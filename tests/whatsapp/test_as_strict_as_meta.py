"""What Meta does to whoever sends: limits, reviews, ids of other portfolios, throttling, webhooks in batches."""

import pytest

from tests.whatsapp.desk import salon
from tests.whatsapp.sending import IDS, TOKEN, Town, eventually, received, town
from tests.whatsapp.shapes import ACCOUNT
from tests.whatsapp.weekdays import next_week
from truebook.booking import actions
from truebook.connectors.whatsapp.graph import VERSION
from truebook.jobs import DeliveryOpen
from truebook.kernel import clock, ids
from truebook.ledger import alerts
from truebook.ledger.words import Words, write
from truebook.simulator import graph
from truebook.simulator.phones import Person, World
from truebook.tenants import numbers
from truebook.tenants.numbers import Connection

pytestmark = pytest.mark.anyio
ATTEMPTS = "SELECT form, outcome, failure_code FROM message_attempts ORDER BY started_at"
TEMPLATE = "SELECT status, category FROM whatsapp_templates WHERE name = 'appointment_cancelled'"


async def cancelled(t: Town, appointment: object) -> tuple[str, str, str | None]:
    """Let staff cancel an appointment whose customer fell silent; return what became of telling them."""
    before = len(await t.rows(ATTEMPTS))
    await actions.cancel(t.desk.db, t.desk.scope, appointment, now=clock.now())

    async def over() -> tuple[str, str, str | None] | None:
        tried = (await t.rows(ATTEMPTS))[before:]
        return tried[0] if tried and tried[0][1] in ("read", "failed") else None

    return await eventually(over)


async def raised(t: Town) -> set[str]:
    """Return of which kinds there are alerts."""
    return {one.kind for one in await alerts.waiting(t.desk.db, t.desk.scope)}


async def test_beyond_the_messaging_limit_a_customer_is_visibly_not_told(database: str) -> None:
    async with town(database) as t:
        await t.hand_in()
        people = [t.sim.world.add(name, phone=f"43660123456{n}") for n, name in enumerate(("Carla", "Dora"))]
        booked = [await t.book(one, f"next monday at {10 + n}:00") for n, one in enumerate(people)]
        await t.fall_silent()
        t.sim.world.limit = 1
        assert await cancelled(t, booked[0]) == ("template", "read", None)
        assert await cancelled(t, booked[1]) == ("template", "failed", "131048")
        assert len(received(people[1])) == 3 and received(people[1])[-1].ticks == "failed"
        ((message,),) = await t.rows("SELECT id FROM messages WHERE delivery = 'failed'")
        await t.sender.follow(DeliveryOpen(t.desk.account, message))
        assert await t.rows("SELECT kind, subject FROM alerts") == [("not_told", message)]
        assert await t.rows("SELECT status FROM whatsapp_numbers") != [("stopped",)]
        assert (await t.said(people[1], "hello")).kind != "template"  # whoever writes is answered all the same


async def test_ids_of_another_portfolio_are_refused_once_and_whoever_writes_again_is_answered(database: str) -> None:
    async with town(database) as t:
        carla, dana = t.sim.world.add("Carla", phone="436601234567"), t.sim.world.add("Dana", username="dana.k")
        for one in (carla, dana):
            await t.said(one, "hello")
        t.sim.world.change_portfolio()
        ((chat,),) = await t.rows("SELECT id FROM conversations WHERE username = 'dana.k'")
        async with t.desk.db.transaction(t.desk.scope) as tx:
            await write(tx, Words(message := ids.uuid7(), chat, "We are closed today.", "person"))

        async def refused() -> bool:
            return await t.rows("SELECT kind, subject FROM alerts") == [("mistake", message)]

        await eventually(refused)
        assert [row[1:] for row in await t.rows(ATTEMPTS)].count(("failed", "131009")) == 1
        assert len(received(dana)) == 1
        for one in (carla, dana):
            await t.said(one, "what does a haircut cost?")
        assert await t.rows("SELECT count(*) FROM customers WHERE phone IS NOT NULL") == [(1,)]  # Carla is still Carla


async def test_a_template_is_used_while_it_is_approved_and_utility(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graph, "REVIEW", 3600.0)  # nobody decides but we
    async with town(database) as t:
        t.sim.world.outages.slow_review = True
        await t.hand_in()
        assert await t.rows(TEMPLATE) == [("PENDING", "UTILITY")]
        carla = t.sim.world.add("Carla", phone="436601234567")
        booked = [await t.book(carla, f"on {next_week(day)} at 10:00") for day in range(3)]
        await t.fall_silent()
        assert await cancelled(t, booked[0]) == ("template", "failed", "132001")
        assert await raised(t) == {"not_told"}

        async def decided(what: str, *, stands: tuple[str, str], alerts: set[str]) -> None:
            asked = {"name": "appointment_cancelled", "language": "en", "what": what}
            assert (await t.sender.http.post(f"{t.address}/phone/templates", json=asked)).status_code == 200

            async def known() -> bool:
                return (await t.rows(TEMPLATE), await raised(t)) == ([stands], {"not_told", *alerts})

            await eventually(known)

        await decided("approve", stands=("APPROVED", "UTILITY"), alerts=set())
        assert await cancelled(t, booked[1]) == ("template", "read", None)
        await decided("marketing", stands=("APPROVED", "MARKETING"), alerts={"template"})
        assert await cancelled(t, booked[2]) == ("template", "failed", "132001")  # it was not even asked for
        await decided("pause", stands=("PAUSED", "MARKETING"), alerts={"template"})
        await decided("utility", stands=("PAUSED", "UTILITY"), alerts={"template"})
        await decided("approve", stands=("APPROVED", "UTILITY"), alerts=set())


async def test_what_is_about_an_account_reaches_numbers_of_the_installations_own_app(database: str) -> None:
    async with salon(database) as shop:
        own = Connection("555", "444", "token", None)
        made = await numbers.connect(shop.desk.db, shop.desk.scope, shop.vault, own)
        value = {"event": "PAUSED", "message_template_name": "appointment_booked", "message_template_language": "en"}
        change = {"field": "message_template_status_update", "value": value}
        for account in ("444", "000", ACCOUNT):  # ours; nobody's; that of a number which has an app of its own
            payload = {
                "object": "whatsapp_business_account",
                "entry": [{"id": account, "time": 1, "changes": [change]}],
            }
            assert await shop.post(payload, secret="the installation's", hook="") == 200
        await shop.work()
        assert await shop.rows("SELECT number_id, status FROM whatsapp_templates") == [(made.id, "PAUSED")]


async def test_quality_and_category_say_nothing_about_a_review(database: str) -> None:
    async with salon(database) as shop:
        named = {"message_template_name": "appointment_booked", "message_template_language": "en"}
        for time, (field, value) in enumerate((
            ("message_template_status_update", {"event": "PAUSED", "reason": "NONE"}),
            ("message_template_quality_update", {"previous_quality_score": "GREEN", "new_quality_score": "RED"}),
            ("template_category_update", {"previous_category": "UTILITY", "new_category": "UTILITY"}),
        )):  # fmt: skip
            entry = {"id": ACCOUNT, "time": time, "changes": [{"field": field, "value": {**named, **value}}]}
            assert await shop.post({"object": "whatsapp_business_account", "entry": [entry]}) == 200
            await shop.work()
        seen = await shop.rows("SELECT status, quality, category FROM whatsapp_templates")
        assert seen == [("PAUSED", "RED", "UTILITY")]


async def test_a_throttled_account_is_left_alone_for_as_long_as_the_header_says(database: str) -> None:
    async with town(database) as t:
        node = f"{t.address}/{VERSION}/{IDS[0]}"
        answer = await t.sender.http.get(node, headers={"Authorization": f"Bearer {TOKEN}"})
        assert '"estimated_time_to_regain_access": 0' in answer.headers["x-business-use-case-usage"]
        t.sim.world.outages.throttled = True
        carla, dora = (t.sim.world.add(name, phone=f"43660123456{n}") for n, name in enumerate(("Carla", "Dora")))
        await t.sim.hands.type(carla, "hello")

        async def paused() -> bool:
            return await t.rows(ATTEMPTS) == [("free", "failed", "80007")]

        await eventually(paused)
        await t.sim.hands.type(dora, "hello")

        async def answered() -> bool:
            return await t.rows("SELECT count(*) FROM messages WHERE role = 'assistant'") == [(2,)]

        await eventually(answered)
        rest = "SELECT due_at - clock_timestamp() FROM send_pace WHERE key = %s"
        ((wait,),) = await t.rows(rest, t.made.id)
        assert 6 * 60 < wait.total_seconds() < 8 * 60
        t.sim.world.outages.throttled = False
        await t.run("UPDATE send_pace SET due_at = now()")
        await t.run("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")

        async def arrived() -> bool:
            return [len(received(one)) for one in (carla, dora)] == [1, 1]

        await eventually(arrived)
        assert [row[1:] for row in await t.rows(ATTEMPTS)].count(("failed", "80007")) == 1
        assert await raised(t) == set()


async def test_batches_of_many_changes_are_taken_apart(database: str) -> None:
    async with town(database) as t:
        outages, people = t.sim.world.outages, [t.sim.world.add("Carla", phone="436601234567")]
        people += [t.sim.world.add("Dana", username="dana.k"), t.sim.world.add("Dora", phone="436601234568")]
        outages.batched = outages.doubled = True
        for one in people:
            await t.sim.hands.type(one, "what does a haircut cost?")

        async def settled() -> bool:
            return [row[1] for row in await t.rows(ATTEMPTS)] == ["read"] * 3

        await eventually(settled)
        assert [len(received(one)) for one in people] == [1, 1, 1]
        assert t.sim.webhooks.log[0].what.count("text of") == 3
        assert all(set(one.answers) <= {200} for one in t.sim.webhooks.log)
        stored = await t.rows("SELECT kind, count(*) FROM webhook_updates GROUP BY kind ORDER BY kind")
        assert stored == [("message", 3), ("status", 9)]  # and nothing of the number that is not ours


async def test_a_messaging_limit_counts_people_not_messages() -> None:
    world = World(limit=2)
    people: list[Person] = [world.add(name, phone=f"4366{name}") for name in "123"]
    assert [world.may_reach(people[n]) for n in (0, 0, 1, 2, 1)] == [True, True, True, False, True]
    world.outages.limit_reached = True
    assert [world.may_reach(one) for one in people] == [True, True, False]

"""Who it is: every identifier may be missing, what comes together is linked, a name proves nothing."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.whatsapp.desk import Salon, salon
from tests.whatsapp.shapes import message, person, text
from tests.whatsapp.weekdays import next_week
from truebook.connectors.whatsapp.phones import variants
from truebook.ledger import consents, phones
from truebook.tenants import telling

pytestmark = pytest.mark.anyio
SPELT = st.one_of(
    st.builds("55{}{}".format, st.integers(11, 99), st.from_regex(r"9?[2-9][0-9]{7}", fullmatch=True)),
    st.from_regex(r"(521?|549?)[0-9]{10}", fullmatch=True),
)
"""Numbers of Brazil, Mexico and Argentina, with and without what WhatsApp adds or leaves out."""


async def test_a_number_is_known_without_asking(database: str) -> None:
    async with salon(database) as shop:
        await shop.hear(text("hi"))
        assert await shop.chats() == [("Carla", "+436601234567")]


async def test_whoever_hides_the_number_can_talk_and_is_the_same_person_once_it_shows(database: str) -> None:
    async with salon(database) as shop:
        await shop.hear(text("hi", person(None, "AT.1")))
        assert await shop.chats() == [("Carla", None)]
        await shop.hear(text("me again", person("436601234567", "AT.1")))
        await shop.hear(text("and again", person("436601234567", None)))
        assert await shop.chats() == [("Carla", "+436601234567")]


async def test_the_same_name_is_not_the_same_person(database: str) -> None:
    async with salon(database) as shop:
        await shop.hear(text("hi", person(None, "AT.1")), text("hi", person(None, "AT.2")))
        assert len(await shop.chats()) == 2


async def test_two_chats_that_turn_out_to_be_one_persons_share_the_customer(database: str) -> None:
    async with salon(database) as shop:
        await shop.hear(text("hi", person("436601234567", None)))
        await shop.hear(text("hi", person(None, "AT.1")))
        await shop.hear(text("it is me", person("436601234567", "AT.1")))
        assert [phone for _, phone in await shop.chats()] == ["+436601234567"] * 2
        await shop.hear(text("once more", person("436601234567", None)))
        ((_, told),) = await shop.rows(
            "SELECT conversation_id, count(*) FROM messages WHERE role = 'user' AND content IN ('it is me', 'once more')"
            " GROUP BY 1"
        )
        assert told == 2


async def test_a_new_number_keeps_the_person(database: str) -> None:
    async with salon(database) as shop:
        await shop.hear(text("hi", person("436601234567", "AT.1")))
        changed = {
            "type": "user_changed_number", "wa_id": "436765555555", "user_id": "AT.9", "previous_user_id": "AT.1",
            "body": "changed",
        }  # fmt: skip
        value = {"messages": [{"id": "wamid.c", "type": "system", "from": "436601234567", "system": changed}]}
        await shop.hear(value)
        assert await shop.chats() == [("Carla", "+436765555555")]
        await shop.hear(text("new phone", person("436765555555", "AT.9")))
        assert len(await shop.chats()) == 1
        await shop.hear(text("who had this number?", person("436601234567", "AT.5", "Dora")))
        assert len(await shop.chats()) == 2


async def test_a_number_that_was_given_up_leads_its_next_owner_into_nobodys_chat(database: str) -> None:
    async with salon(database) as shop:
        async with shop.desk.db.transaction(shop.desk.scope) as tx:
            await tx.run("UPDATE whatsapp_numbers SET status = 'connected'", ())
            told = await phones.chat_with(tx, "+436609990051")
        await shop.hear(text("a haircut with Anna tomorrow at 10", person("436609990051", None, "Alma")))
        changed = {"type": "user_changed_number", "wa_id": "436609990052", "body": "changed"}
        value = {"messages": [{"id": "wamid.c", "type": "system", "from": "436609990051", "system": changed}]}
        await shop.hear(value)
        async with shop.desk.db.transaction(shop.desk.scope) as tx:
            assert await phones.chat_with(tx, "+436609990051") != told
            assert await phones.chat_with(tx, "+436609990052") == told
        await shop.hear(text("hi", person("436609990051", None, "Nils")))
        assert await shop.chats() == [("Alma", "+436609990052"), ("Nils", "+436609990051")]


async def test_a_number_that_moved_to_another_chat_and_was_then_given_up_leads_nowhere_either(database: str) -> None:
    async with salon(database) as shop:
        await shop.hear(text("hi", person("436609990051", None, "Alma")))
        await shop.hear(text("hi", person(None, "AT.2", "Bea")))
        await shop.hear(text("hi", person("436609990051", "AT.2", "Bea")))
        changed = {
            "type": "user_changed_number",
            "wa_id": "436609990052",
            "previous_user_id": "AT.2",
            "user_id": "AT.3",
        }
        value = {"messages": [{"id": "wamid.c", "type": "system", "from": "436609990051", "system": changed}]}
        await shop.hear(value, text("hi", person("436609990051", None, "Nils")))
        assert len(await shop.chats()) == 3


async def test_a_number_given_up_that_has_its_next_owner_already_leaves_them_as_they_are(database: str) -> None:
    """WhatsApp says what it has to say in no certain order, and here names nobody but the numbers."""
    async with salon(database) as shop:
        await shop.hear(text("hi", person("436609990051", "AT.111", "Alma")))
        await shop.hear(text("hello", person("436609990051", "AT.222", "Nils")))
        ((theirs,),) = await shop.rows("SELECT conversation_id FROM whatsapp_identities WHERE value = 'AT.222'")
        changed = {"type": "user_changed_number", "wa_id": "436609990052", "body": "changed"}
        value = {"messages": [{"id": "wamid.c", "type": "system", "from": "436609990051", "system": changed}]}
        await shop.hear(value)
        leads = "SELECT conversation_id FROM whatsapp_identities WHERE kind = 'phone'"
        assert await shop.rows(leads) == [(theirs,)]
        assert await shop.rows("SELECT value FROM whatsapp_identities WHERE kind = 'phone'") == [("436609990051",)]


async def test_another_user_with_the_same_number_is_another_person(database: str) -> None:
    async with salon(database) as shop:
        alma, nils = person("436609990071", "AT.111", "Alma"), person("436609990071", "AT.222", "Nils")
        await shop.hear(text("a haircut with Anna next monday at 10:00", alma))
        await shop.hear(text("yes", alma))
        ((code, mine),) = await shop.rows("SELECT code, conversation_id FROM appointments WHERE status = 'confirmed'")
        for _ in range(2):
            await shop.hear(text("which appointments do I have?", nils))
            assert code not in (await shop.said("assistant"))[-1]
        await shop.hear(text("cancel my appointment", nils))
        await shop.hear(text("yes", nils))
        assert await shop.rows("SELECT status FROM appointments") == [("confirmed",)]
        assert await shop.chats() == [("Alma", "+436609990071"), ("Nils", None)]
        ((theirs, kind, words),) = await shop.rows("SELECT subject, kind, words FROM alerts")
        assert kind == "number_reassigned" and theirs != mine and "+436609990071" in words
        async with shop.desk.db.transaction(shop.desk.scope) as tx:
            await tx.run("UPDATE whatsapp_numbers SET status = 'connected'", ())
            assert await phones.chat_with(tx, "+436609990071") == theirs
        await shop.hear(text("which appointments do I have?", person(None, "AT.111", "Alma")))
        assert code in (await shop.said("assistant"))[-1]
        await shop.hear(text(f"my code is {code}", nils))
        assert code in (await shop.said("assistant"))[-1]


async def test_whoever_writes_under_a_new_id_before_the_change_is_told_of_is_the_same_person_again(
    database: str,
) -> None:
    async with salon(database) as shop:
        await shop.hear(text("hi", person("436609990071", "AT.111", "Alma")))
        await shop.hear(text("hi again", person("436609990071", "AT.222", "Alma")))
        waiting = "SELECT count(*) FROM alerts WHERE resolved_at IS NULL"
        assert await shop.rows(waiting) == [(1,)]
        changed = {
            "type": "user_changed_user_id", "wa_id": "436609990071", "user_id": "AT.222", "previous_user_id": "AT.111",
        }  # fmt: skip
        value = {"messages": [{"id": "wamid.c", "type": "system", "from": "436609990071", "system": changed}]}
        await shop.hear(value, text("me", person("436609990071", "AT.222", "Alma")))
        assert await shop.rows(waiting) == [(0,)]
        ((first,), (last,)) = await shop.rows(
            "SELECT conversation_id FROM messages WHERE content IN ('hi', 'me') ORDER BY created_at, id"
        )
        assert first == last


async def test_nobody_agreed_to_be_told_at_a_number_that_somebody_else_has_now(database: str) -> None:
    async with salon(database) as shop:
        await shop.hear(text("a haircut with Anna next monday at 10:00", person("436609990071", "AT.111", "Alma")))
        await shop.hear(text("yes", person("436609990071", "AT.111", "Alma")))
        ((visit,),) = await shop.rows("SELECT id FROM appointments")
        await consents.keep(shop.desk.db, shop.desk.scope, visit, "+436609990071", "told", "en")
        await shop.hear(text("hello", person("436609990071", "AT.111", "Alma")))
        assert len(await shop.rows("SELECT FROM whatsapp_consents")) == 1
        await shop.hear(text("hello", person("436609990071", "AT.222", "Nils")))
        assert await shop.rows("SELECT FROM whatsapp_consents") == []


CARD = {"phones": [{"phone": "+43 660 1234567", "wa_id": "436601234567"}], "origin": "contact_request"}


def shared(about: str | None = None, card: dict[str, Any] = CARD) -> dict[str, Any]:
    """Return a card with a number, of somebody who hides their own."""
    context = {"context": {"id": about}} if about else {}
    return message({"type": "contacts", "contacts": [card], **context}, person(None, "AT.1", "Dana"))


async def asked(shop: Salon) -> str:
    """Let the desk ask Dana for her number; return the provider's id of that message."""
    await telling.change(shop.desk.db, shop.desk.scope, {"ask_number": True})
    await shop.hear(text("a haircut with Anna next monday at 10:00", person(None, "AT.1", "Dana")))
    await shop.hear(text("yes", person(None, "AT.1", "Dana")))
    ((sent,),) = await shop.rows(
        "UPDATE message_attempts t SET provider_message_id = 'wamid.asks' FROM messages m"
        " WHERE m.id = t.message_id AND m.metadata ->> 'asks' = 'number' RETURNING t.provider_message_id"
    )
    return str(sent)


@pytest.mark.parametrize("named", [True, False])
async def test_a_card_gives_a_number_where_it_was_asked_for_and_once(database: str, named: bool) -> None:
    async with salon(database) as shop:
        asking = await asked(shop)
        about = asking if named else None
        await shop.hear(shared(about, {**CARD, "origin": "other"}))
        assert await shop.chats() == [("Dana", None)]
        await shop.hear(shared(about))
        assert await shop.chats() == [("Dana", "+436601234567")]
        assert await shop.rows("SELECT customer_phone FROM appointments") == [("+436601234567",)]
        second = {"phones": [{"wa_id": "436607654321"}], "origin": "contact_request"}
        await shop.hear(shared(about, second))
        assert await shop.rows("SELECT value FROM whatsapp_identities WHERE kind = 'phone'") == [("436601234567",)]
        assert await shop.rows("SELECT customer_phone FROM appointments") == [("+436601234567",)]


async def test_a_card_that_nobody_asked_for_or_that_answers_something_else_gives_no_number(database: str) -> None:
    async with salon(database) as shop:
        await shop.hear(shared())
        assert await shop.chats() == [("Dana", None)]
        await asked(shop)
        await shop.hear(shared("wamid.of-something-else"))
        assert await shop.chats() == [("Dana", None)]
        assert await shop.rows("SELECT FROM whatsapp_identities WHERE kind = 'phone'") == []


async def test_a_card_takes_over_nobodys_number(database: str) -> None:
    async with salon(database) as shop:
        carla = person("436601234567", "AT.7", "Carla")
        await shop.hear(text(f"a haircut with Ben on {next_week(1)} at 11:00", carla))
        await shop.hear(text("yes", carla))
        ((code, theirs),) = await shop.rows("SELECT code, conversation_id FROM appointments")
        await shop.hear(shared(await asked(shop)))
        assert await shop.rows("SELECT conversation_id FROM whatsapp_identities WHERE kind = 'phone'") == [(theirs,)]
        assert await shop.chats() == [("Carla", "+436601234567"), ("Dana", None)]
        booked = "SELECT customer_name, customer_phone FROM appointments ORDER BY created_at"
        assert await shop.rows(booked) == [("Carla", "+436601234567"), ("Dana", None)]
        assert not any("your number is kept" in one for one in await shop.said("assistant"))
        await shop.hear(text("which appointments do I have?", person(None, "AT.1", "Dana")))
        assert code not in (await shop.said("assistant"))[-1]


async def test_a_card_makes_nobody_a_customer_whom_the_desk_knows_by_that_number(database: str) -> None:
    async with salon(database) as shop:
        await shop.rows(
            "INSERT INTO customers (account_id, name, phone) VALUES (%s, 'Luiza', '+436601234567') RETURNING id",
            shop.desk.scope.tenant,
        )
        await shop.hear(shared(await asked(shop)))
        assert await shop.chats() == [("Dana", None)]
        assert await shop.rows("SELECT FROM whatsapp_identities WHERE kind = 'phone'") == []
        assert await shop.rows("SELECT customer_phone FROM appointments") == [("+436601234567",)]


async def test_a_customer_of_the_desk_is_found_by_the_other_spelling_of_the_number(database: str) -> None:
    async with salon(database) as shop:
        await shop.hear(text("oi", person("551199998888", None, "Bia")))
        await shop.hear(text("oi", person("5511999998888", None, "Bia")))
        assert await shop.chats() == [("Bia", "+551199998888")]


@pytest.mark.unit
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5511987654321", "551187654321"),
        ("5215512345678", "525512345678"),
        ("5491123456789", "541123456789"),
    ],
)
def test_variants_lead_to_each_other(one: str, other: str) -> None:
    assert set(variants(one)) == set(variants(other)) == {one, other}


@pytest.mark.unit
@pytest.mark.parametrize("number", ["551133334444", "436601234567", "15550783881", "5511"])
def test_a_landline_is_no_mobile(number: str) -> None:
    assert variants(number) == (number,)


@pytest.mark.unit
@given(SPELT)
def test_whatever_is_the_same_number_has_it_as_its_own_other_spelling(number: str) -> None:
    for other in variants(number):
        assert set(variants(other)) == set(variants(number))


@pytest.mark.unit
@pytest.mark.parametrize("first", "2345")
def test_a_new_mobile_is_not_the_landline_of_the_same_digits(first: str) -> None:
    mobile, landline = f"55119{first}1234567", f"5511{first}1234567"
    assert variants(mobile) == (mobile,)
    assert variants(landline) == (landline,)


async def test_whoever_has_a_new_mobile_is_not_the_customer_with_that_landline(database: str) -> None:
    async with salon(database) as shop:
        await shop.rows(
            "INSERT INTO customers (account_id, name, phone) VALUES (%s, 'Luiza', '+551141234567') RETURNING id",
            shop.desk.scope.tenant,
        )
        await shop.hear(text("oi", person("5511941234567", None, "Marcos")))
        assert await shop.chats() == [("Marcos", "+5511941234567")]

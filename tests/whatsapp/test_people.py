"""Who it is: every identifier may be missing, what comes together is linked, a name proves nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.whatsapp.desk import salon
from tests.whatsapp.shapes import message, person, text
from truebook.connectors.whatsapp.phones import variants

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


async def test_only_ones_own_card_gives_a_number(database: str) -> None:
    async with salon(database) as shop:
        card = {"phones": [{"phone": "+43 660 1234567", "wa_id": "436601234567"}]}
        who = person(None, "AT.1")
        await shop.hear(message({"type": "contacts", "contacts": [{**card, "origin": "other"}]}, who))
        assert await shop.chats() == [("Carla", None)]
        await shop.hear(message({"type": "contacts", "contacts": [{**card, "origin": "contact_request"}]}, who))
        assert await shop.chats() == [("Carla", "+436601234567")]


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

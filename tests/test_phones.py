"""One way to read a telephone number, whoever brings it in: what is accepted anywhere, the tables accept."""

import re
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from tests.api.http import API, shop
from truebook.channels.api.schema import Phone
from truebook.kernel import phones
from truebook.kernel.errors import Invalid
from truebook.language.values import contact as chat
from truebook.legacy import phones as legacy
from truebook.tenants import contact as form

ZONE, REGION = "Europe/Vienna", "AT"
API_PHONE = TypeAdapter(Phone)


def by_api(text: str) -> str | None:
    token = phones.REGION.set(REGION)
    try:
        return str(API_PHONE.validate_python(text))
    except ValidationError:
        return None
    finally:
        phones.REGION.reset(token)


def by_form(text: str) -> str | None:
    try:
        return form.phone(text, ZONE)
    except Invalid:
        return None


def by_chat(text: str) -> str | None:
    found = chat.phone(text, REGION)
    return found.text if found and found.text.startswith("+") and phones.kept(found.text) else None


WAYS: dict[str, Callable[[str], str | None]] = {
    "api": by_api, "form": by_form, "chat": by_chat, "import": lambda text: legacy.e164(text, REGION),
}  # fmt: skip
SIGNS = st.text(alphabet="0123456789+()-/. ext٣７", min_size=1, max_size=24)
NUMBERS = st.builds("{}{}".format, st.sampled_from(["+", "00", "", "0", "+43 660 ", "0660/", "+49"]), SIGNS)


@example("+49123")
@example("+4912345678901234567")
@example("0660 1234567")
@example("+43 660 1234567 ext. 5")
@example("+٤٣٦٦٠١٢٣٤٥٦٧")
@given(NUMBERS | st.text(max_size=30))
def test_what_any_way_in_accepts_can_be_kept(text: str) -> None:
    read = {name: way(text) for name, way in WAYS.items()}
    assert all(one is None or phones.STORED.fullmatch(one) for one in read.values()), read
    known = {one for name, one in read.items() if one and name != "chat"}  # a chat finds a number among words
    assert len(known) <= 1, read


def test_a_national_number_is_read_where_the_business_is() -> None:
    assert [phones.country(zone) for zone in (ZONE, "Asia/Tokyo", "UTC")] == ["AT", "JP", None]
    assert {way("0660 1234567") for way in WAYS.values()} == {"+436601234567"}
    assert phones.e164("0660 1234567", None) is None


def test_the_tables_check_what_the_readers_promise(database: str) -> None:
    with psycopg.connect(database) as connection:
        checks = connection.execute(
            "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE contype = 'c' AND connamespace = 'truebook'::regnamespace AND pg_get_constraintdef(oid) ~ 'phone ~'"
        ).fetchall()
    patterns = {re.findall(r"'\^(.*)\$'", text)[0] for _, text in checks}
    assert len(checks) >= 3 and patterns == {phones.STORED.pattern}


@pytest.mark.anyio
async def test_the_api_refuses_what_cannot_be_kept_and_reads_what_is_dialled_there(database: str) -> None:
    async with shop(database) as desk:

        async def made(phone: str) -> Any:
            return await desk.alice.post(f"{API}/customers", json={"name": "Carla", "phone": phone})

        for odd in ("+49123", "+" + "4" * 17, "12"):
            refused = await made(odd)
            assert (refused.status_code, refused.json()["field"]) == (422, "phone"), refused.text
        there = await made("612 345 678")  # the salon is in Madrid
        assert (there.status_code, there.json()["phone"]) == (201, "+34612345678")

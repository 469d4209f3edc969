"""A business that is closed for now: one kind sentence, no model, and no row that changes; the receipt's link only shows."""

import httpx2
import pytest
from pydantic_ai.messages import ModelMessage, ModelResponse
from pydantic_ai.models.function import AgentInfo, FunctionModel

from tests.assistant.salon import carla, rows, salon, speaks, talk
from tests.chat import LINKS
from tests.desk import Desk
from truebook.app import build
from truebook.assistant.offline.model import Offline
from truebook.kernel.settings import Settings
from truebook.language import wording
from truebook.language.languages import LANGUAGES
from truebook.tenants.accounts import ACCOUNTS

pytestmark = pytest.mark.anyio
BOOKED = "haircut with anna thursday at 3 pm"
SAID = ("hello", "a haircut tomorrow at 10", "yes", "move it to friday", "cancel it", "how much is a haircut?", "xqzt")


async def becomes(desk: Desk, status: str) -> None:
    await ACCOUNTS.change(desk.db, desk.scope, desk.account, {"status": status})


def never(messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
    raise AssertionError("the model was asked")


@pytest.mark.parametrize("status", ["suspended", "closing"])
async def test_a_closed_business_answers_in_one_sentence_and_changes_nothing(database: str, status: str) -> None:
    async with salon(database) as desk:
        chat = await carla(desk)
        await talk(chat, BOOKED, "yes", "a colour with clara on friday 12 december at 10")
        await becomes(desk, status)
        chat.model, before = FunctionModel(never), await rows(desk)
        ways = {way.format(business="Salon Lina") for way in wording.table("en")["closed_for_now"]}
        said = ""
        for line in SAID:
            assert await chat.say(line) in ways - {said}
            assert chat.last is not None
            assert (chat.last.buttons, chat.last.acts, chat.last.tools) == ([], [], [])
            said = chat.last.text
        assert await rows(desk) == before == ["Haircut Anna 12-04 15:00 confirmed"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_it_says_so_in_the_customers_language(database: str, language: str) -> None:
    async with salon(database) as desk:
        await speaks(desk, language)
        await becomes(desk, "suspended")
        ways = wording.table(language)["closed_for_now"]
        assert await (await carla(desk)).say("hm") == ways[0].format(business="Salon Lina")


async def test_a_yes_to_what_was_read_back_before_books_nothing_when_it_is_open_again(database: str) -> None:
    async with salon(database) as desk:
        chat = await carla(desk)
        await talk(chat, BOOKED)
        await becomes(desk, "suspended")
        await talk(chat, "yes")
        await becomes(desk, "active")
        assert (await chat.say("yes")).endswith("book it?")
        assert await rows(desk) == []
        assert (await chat.say("yes")).startswith("Booked ✓")


async def test_the_link_in_the_receipt_shows_the_row_and_changes_nothing(database: str) -> None:
    async with salon(database) as desk:
        chat = await carla(desk, model=Offline())
        link = (await talk(chat, BOOKED, "yes")).rsplit(" ", 1)[-1]
        await becomes(desk, "suspended")
        app = build(Settings(), desk.db, LINKS)
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app)) as browser:
            assert link.split("/")[-2] in (await browser.get(link)).text
            for answer in (await browser.post(link), await browser.get(link + "/move")):
                assert "takes no bookings online" in answer.text
        assert await rows(desk) == ["Haircut Anna 12-04 15:00 confirmed"]

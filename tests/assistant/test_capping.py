"""Nobody fills a business's calendar through a chat: so many appointments may be ahead, and for more there is a person."""

import pytest

from tests.assistant.salon import carla, rows, salon, talk

pytestmark = pytest.mark.anyio


async def test_so_many_may_be_ahead_and_no_more(database: str) -> None:
    async with salon(database) as desk:
        chat = await carla(desk, most_ahead=2)
        await talk(chat, "a haircut with anna thursday at 3 pm", "yes", "a colour with clara friday at 10", "yes")
        assert len(await rows(desk)) == 2
        refused = await chat.say("and a haircut with ben friday at 4 pm please")
        assert "as many appointments ahead" in refused or "More appointments" in refused
        assert chat.last is not None
        assert chat.last.buttons
        assert "✓" not in await chat.say("yes")
        assert len(await rows(desk)) == 2
        other = await carla(desk, name="Bob", phone="+436601111111", most_ahead=2)
        assert "Shall I book it?" in await other.say("a haircut with ben friday at 4 pm please")

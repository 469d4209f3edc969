"""Whoever wants to hear of it if somebody else cancels waits; nothing of their own is cancelled or moved."""

import pytest

from tests.assistant.salon import rows
from tests.assistant.test_what_stands import booked
from tests.desk import Desk

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "and if somebody drops out in the morning, could you let me know?"),
        ("en", "would you text me if anyone cancels that morning?"),
        ("de", "Und falls noch jemand absagen sollte am Vormittag, geben Sie mir Bescheid?"),
        ("de", "Sagen Sie mir was, wenn einer am Vormittag abspringt?"),
        ("es", "y si alguien cancela esa mañana, ¿me avisáis?"),
        ("fr", "et si quelqu'un annule dans la matinée, vous me prévenez ?"),
        ("fr", "s'il y a un désistement le matin, vous me faites signe ?"),
        ("it", "se qualcuno disdice la mattina me lo fate sapere?"),
        ("nl", "En mocht er die dag 's ochtends nog iemand afzeggen, krijg ik dan een seintje?"),
        ("pt", "se alguém desmarcar nesse dia de manhã, avisa-me?"),
    ],
)
async def test_if_somebody_else_cancels(desk: Desk, language: str, line: str) -> None:
    chat = await booked(desk, language)
    await chat.say(line)
    assert chat.last is not None
    assert [act["kind"] for act in chat.last.acts] == ["waiting_read_back"], chat.last.text
    assert "15" in chat.last.text and chat.last.text.count(",") <= 3, chat.last.text
    assert await rows(desk) == ["Haircut Anna 01-15 15:00 confirmed"]

"""Any OpenAI-compatible model can answer: the same tools, the same gate, the same closed composer."""

import pytest

from tests.assistant.openai_server import serving
from tests.chat import chat
from tests.desk import NOW, furnish, opened
from truebook.assistant import llm
from truebook.assistant.offline import Offline
from truebook.kernel.errors import Invalid
from truebook.kernel.settings import Settings

pytestmark = pytest.mark.anyio


async def test_a_model_behind_a_base_url_books_through_the_same_gate(database: str, monkeypatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "test")
    with serving() as url:
        model = llm.model(Settings(model="some-model", model_url=url))
        async with opened(database) as db:
            desk = await furnish(db)
            talk = await chat(desk, now=NOW, model=model)
            first = await talk.say("a haircut with Anna on Tuesday at 10, please")
            assert "Tuesday 8 January, 10:00 (UTC)" in first
            assert "Shall I book it?" in first
            assert "All booked" not in first
            second = await talk.say("yes please")
            assert second.startswith("Booked ✓ Tuesday 8 January, 10:00 (UTC), Haircut with Anna. Code ")
            assert "tomorrow at nine" not in second


async def test_a_model_that_cannot_be_reached_is_an_honest_sentence(database: str, monkeypatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "test")
    monkeypatch.setenv("OPENAI_MAX_RETRIES", "0")
    model = llm.model(Settings(model="some-model", model_url="http://127.0.0.1:9/v1"))
    async with opened(database) as db:
        talk = await chat(await furnish(db), now=NOW, model=model)
        said = await talk.say("a haircut with Anna on Tuesday at 10, please")
        assert said.startswith("Something went wrong on our side.")


def test_models_by_name() -> None:
    assert isinstance(llm.model(Settings()), Offline)
    with pytest.raises(Invalid, match="TRUEBOOK_MODEL"):
        llm.model(Settings(model="nobody:nothing"))

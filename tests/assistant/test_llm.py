"""Any OpenAI-compatible model can answer: the same tools, the same gate, the same closed composer."""

import time

import pytest
from structlog.testing import capture_logs

from tests.assistant.openai_server import Manner, babbling, refusing, serving, silent, slow, trickling
from tests.chat import chat
from tests.desk import NOW, furnish, opened
from truebook.assistant import llm
from truebook.assistant.offline import Offline
from truebook.assistant.patience import Patience
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


NO_CHOICE = '{"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": []}'
UNWELL = {
    "silent": silent,
    "trickling": trickling,
    "slow, but never too slow": slow(0.3),
    "too many requests": refusing(429),
    "too many requests, for an hour": refusing(429, Retry_After="3600"),
    "too many requests, for a minute": refusing(429, Retry_After="60"),
    "ill": refusing(500),
    "a bad key": refusing(401),
    "an unknown model": refusing(404),
    "a page": babbling("<html><body>Welcome to nginx!</body></html>"),
    "nothing": babbling(""),
    "half an answer": babbling('{"id": "1", "choices": [{"mess'),
    "another answer": babbling('{"hello": "world"}'),
    "a number": babbling("42"),
    "no choice": babbling(NO_CHOICE),
}


@pytest.mark.parametrize("manner", UNWELL.values(), ids=UNWELL)
async def test_a_server_that_is_unwell_is_an_honest_sentence_in_time(
    database: str, monkeypatch: pytest.MonkeyPatch, manner: Manner
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "test")
    with serving(manner) as url, capture_logs() as logged:
        model = llm.model(Settings(model="some-model", model_url=url))
        async with opened(database) as db:
            talk = await chat(await furnish(db), now=NOW, model=model, patience=Patience(request=0.5, turn=0.8))
            begun = time.monotonic()
            said = await talk.say("a haircut with Anna on Tuesday at 10, please")
            assert time.monotonic() - begun < 5
            assert "went wrong on our side" in said or "10:00" in said
            assert [line["event"] for line in logged] in (["the model failed"], ["a turn failed"])
            talk.model = Offline()
            assert "Shall I book it?" in await talk.say("a haircut with Anna on Tuesday at 10, please")


def test_models_by_name() -> None:
    assert isinstance(llm.model(Settings()), Offline)
    with pytest.raises(Invalid, match="TRUEBOOK_MODEL"):
        llm.model(Settings(model="nobody:nothing"))

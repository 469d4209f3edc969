"""A person takes a chat over, answers, and hands it back; a stranger sees and does nothing of it."""

from uuid import UUID, uuid4

import pytest

from tests.api.http import API, Shop, shop
from tests.chat import LINKS
from truebook.assistant.conversation import Assistant
from truebook.assistant.incoming import inbox
from truebook.assistant.offline.model import Offline
from truebook.jobs import MessageReceived
from truebook.tenants import questions

pytestmark = pytest.mark.anyio


async def written(desk: Shop, text: str = "hello") -> str:
    """Let Carla write in a new chat; return the chat's id."""
    _, chat, _ = await inbox.open_test_chat(desk.desk.db, desk.desk.scope, name="Carla", phone="+436601234567")
    await say(desk, str(chat), text)
    return str(chat)


async def say(desk: Shop, chat: str, text: str) -> None:
    message = await inbox.receive(desk.desk.db, desk.desk.scope, UUID(chat), text)
    await Assistant(desk.desk.db, Offline(), LINKS).answer(MessageReceived(desk.desk.account, UUID(chat), message))


async def test_a_person_answers_and_hands_back(database: str) -> None:
    async with shop(database) as desk:
        chat = await written(desk)
        where = f"{API}/conversations/{chat}"
        assert (await desk.alice.post(f"{where}/messages", json={"text": "Anna here"})).status_code == 409
        assert (await desk.alice.post(f"{where}/take-over")).status_code == 204
        await say(desk, chat, "is anybody there?")
        (shown,) = (await desk.bob.get(f"{API}/conversations")).json()["items"]
        assert (shown["id"], shown["name"], shown["waiting"]) == (chat, "Carla", "is anybody there?")
        assert shown["waiting_since"]
        sent = await desk.bob.post(f"{where}/messages", json={"text": "Anna here"})
        assert sent.status_code == 201
        said = [(one["role"], one["text"]) for one in (await desk.alice.get(f"{where}/messages")).json()["items"]]
        assert said[-2:] == [("user", "is anybody there?"), ("assistant", "Anna here")]
        (shown,) = (await desk.alice.get(f"{API}/conversations")).json()["items"]
        assert shown["waiting"] is None
        assert (await desk.alice.post(f"{where}/hand-back")).status_code == 204
        assert (await desk.alice.get(f"{API}/conversations")).json()["items"] == []
        assert [one["id"] for one in (await desk.alice.get(f"{API}/conversations?status=active")).json()["items"]] == [
            chat
        ]


async def test_whoever_asks_for_a_person_waits_in_the_list(database: str) -> None:
    async with shop(database) as desk:
        chat = await written(desk, "I want to talk to a human please")
        assert [one["id"] for one in (await desk.alice.get(f"{API}/conversations")).json()["items"]] == [chat]


async def test_a_stranger_sees_and_does_nothing(database: str) -> None:
    async with shop(database) as desk:
        chat = await written(desk)
        await desk.alice.post(f"{API}/conversations/{chat}/take-over")
        assert (await desk.charlie.get(f"{API}/conversations")).json()["items"] == []
        for one in (chat, str(uuid4())):
            where = f"{API}/conversations/{one}"
            assert (await desk.charlie.get(f"{where}/messages")).json()["items"] == []
            for path, body in (("messages", {"text": "hi"}), ("take-over", None), ("hand-back", None)):
                refused = await desk.charlie.post(f"{where}/{path}", json=body)
                assert (refused.status_code, refused.json()["code"]) == (404, "not_found")
        assert len((await desk.alice.get(f"{API}/conversations")).json()["items"]) == 1


@pytest.mark.parametrize("body", [{}, {"text": ""}, {"text": "x" * 2001}, {"text": "a\0b"}, {"text": "x", "y": 1}])
async def test_what_is_no_answer_is_refused(database: str, body: dict) -> None:
    async with shop(database) as desk:
        chat = await written(desk)
        await desk.alice.post(f"{API}/conversations/{chat}/take-over")
        assert (await desk.alice.post(f"{API}/conversations/{chat}/messages", json=body)).status_code == 422


async def test_a_question_is_settled_with_an_answer_and_not_by_a_stranger(database: str) -> None:
    async with shop(database) as desk:
        chat = await written(desk)
        async with desk.desk.db.transaction(desk.desk.scope) as tx:
            await questions.keep(tx, UUID(chat), "parking", "where can I park?")
        (asked,) = (await desk.alice.get(f"{API}/questions")).json()["items"]
        where = f"{API}/questions/{asked['id']}/settle"
        assert (await desk.charlie.post(where, json={"answer": "no"})).status_code == 404
        assert (await desk.bob.post(where, json={"answer": "Behind the house"})).status_code == 204
        assert (await desk.alice.get(f"{API}/questions")).json()["items"] == []
        (bot,) = (await desk.alice.get(f"{API}/bots")).json()["items"]
        assert [one["text"] for one in bot["facts"]] == ["Behind the house"]

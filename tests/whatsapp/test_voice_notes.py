"""Voice notes: heard where somebody hears, read back like any other wish, and a polite sentence otherwise."""

from email import message_from_bytes
from email.policy import HTTP
from urllib.parse import urlsplit

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.whatsapp.sending import Town, eventually, newest, received, serving, town
from truebook.assistant.incoming import listening
from truebook.assistant.incoming.listening import Listener
from truebook.connectors import outside
from truebook.connectors.transcription import Transcriber
from truebook.connectors.whatsapp.graph import Graph
from truebook.kernel.errors import Invalid, Unavailable
from truebook.kernel.settings import read
from truebook.limits import Limit
from truebook.tenants import bots
from truebook.tenants.bots import BOTS, Hearing

pytestmark = pytest.mark.anyio
RECORDING = b"OggS a haircut with Anna next monday at 10"


class Ear:
    """A transcription server as strict as OpenAI's: a key, a model, and a file with an ending it knows."""

    def __init__(self) -> None:
        self.broken, self.asked = False, 0

    async def hear(self, request: Request) -> Response:
        self.asked += 1
        head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
        parts = {
            part.get_param("name", header="content-disposition"): part
            for part in message_from_bytes(head + await request.body(), policy=HTTP).iter_parts()
        }
        if request.headers.get("authorization") != "Bearer key" or parts["model"].get_content() != "whisper-1":
            return JSONResponse({"error": {"message": "no"}}, 401)
        if not (parts["file"].get_filename() or "").endswith(".ogg"):
            return JSONResponse({"error": {"message": "no such format"}}, 400)
        said = parts["file"].get_payload(decode=True).removeprefix(b"OggS ").decode()
        return JSONResponse({"text": said}) if not self.broken else Response("<html>", 502)

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/v1/audio/transcriptions", self.hear, methods=["POST"])])


def listener(t: Town, address: str, http: httpx2.AsyncClient) -> Listener:
    return Listener(t.desk.db, t.vault, http, Transcriber(http, f"{address}/v1", "whisper-1", "key"))


async def test_a_note_is_heard_and_read_back_and_otherwise_asked_for_as_text(database: str) -> None:
    ear = Ear()
    async with (
        serving(ear.app()) as address,
        httpx2.AsyncClient() as http,
        town(database, hears=lambda t: listener(t, address, http)) as t,
    ):
        carla = t.sim.world.add("Carla", phone="436601234567")
        await t.sim.hands.speak(carla, RECORDING)
        read_back = await eventually(lambda: newest(carla, 0))
        assert "Haircut with Anna" in read_back.text
        assert [one["title"] for one in read_back.choices] == ["Yes", "Another time"]
        ((content, metadata),) = await t.rows("SELECT content, metadata FROM messages WHERE role = 'user'")
        assert content == "a haircut with Anna next monday at 10"
        assert metadata["heard"] is True
        assert "media" not in metadata
        assert (await t.tapped(carla, read_back, "Yes")).text.startswith("Booked")
        ear.broken = True
        before = len(carla.chat)
        await t.sim.hands.speak(carla, RECORDING)

        async def answered() -> bool:
            return any(not one.mine and "only read text" in one.text for one in carla.chat[before:])

        await eventually(answered)
        assert await t.rows("SELECT count(*) FROM appointments") == [(1,)]


async def test_hearing_has_a_limit_for_it_costs_money(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "OF_A_CHAT", Limit("notes of the test", burst=1, every=3600.0))
    ear = Ear()
    async with (
        serving(ear.app()) as address,
        httpx2.AsyncClient() as http,
        town(database, hears=lambda t: listener(t, address, http)) as t,
    ):
        carla = t.sim.world.add("Carla", phone="436601234567")
        for _ in range(2):
            before = len(received(carla))
            await t.sim.hands.speak(carla, RECORDING)
            answer = await eventually(lambda before=before: newest(carla, before))
        assert "only read text" in answer.text
        assert ear.asked == 1


@pytest.mark.parametrize(
    ("media", "url"),
    [
        ("1/../../me", "https://lookaside.example/file"),
        ("..", "https://lookaside.example/file"),
        ("1", "http://169.254.169.254/latest/meta-data"),
        ("1", "https://169.254.169.254/latest/meta-data"),
        ("1", "https://[::1]/"),
        ("1", "https://localhost/"),
        ("1", "file:///etc/passwd"),
    ],
)
async def test_a_file_is_fetched_from_nowhere_else(media: str, url: str) -> None:
    asked: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(str(request.url))
        return httpx2.Response(200, json={"url": url, "mime_type": "audio/ogg"})

    async with httpx2.AsyncClient(transport=httpx2.MockTransport(answer)) as http:
        with pytest.raises(Unavailable):
            await Graph(http, "https://graph.example").media(media, "token", most=100)
    assert url not in asked and len(asked) <= 1


async def test_a_business_has_its_own_server_and_its_own_key(database: str) -> None:
    async with (
        serving(Ear().app()) as address,
        httpx2.AsyncClient() as http,
        outside.client([urlsplit(address).netloc]) as trusting,
        outside.client([]) as guarded,
        town(database, works=False) as t,
    ):
        bot = await BOTS.add(t.desk.db, t.desk.scope, name="Desk")
        own = Listener(t.desk.db, t.vault, http, None, trusting)
        assert await own._ear(t.desk.scope) is None
        sealed = t.vault.seal("key", t.desk.account, bots.hearing_purpose(f"{address}/v1"))
        await bots.choose_hearing(t.desk.db, t.desk.scope, bot.id, Hearing(f"{address}/v1", "whisper-1", sealed))
        ear = await own._ear(t.desk.scope)
        assert ear is not None
        assert await ear.text_of(RECORDING, "audio/ogg", "en") == "a haircut with Anna next monday at 10"
        kept_out = await Listener(t.desk.db, t.vault, http, None, guarded)._ear(t.desk.scope)
        assert kept_out is not None
        with pytest.raises(Unavailable):
            await kept_out.text_of(RECORDING, "audio/ogg", "en")


def test_an_address_that_is_none_is_named() -> None:
    with pytest.raises(Invalid) as wrong:
        read({"TRUEBOOK_HEARING_URL": "whisper"})
    assert wrong.value.field == "TRUEBOOK_HEARING_URL"

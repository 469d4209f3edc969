"""Saved customers: played on a business of their own, judged by rows, saved from a real conversation."""

import tomllib
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pydantic_ai.messages import ModelMessage, ModelResponse, ToolCallPart, ToolReturnPart
from pydantic_ai.models.function import AgentInfo, FunctionModel
from typer.testing import CliRunner

from tests.api.http import API, shop
from tests.assistant.openai_server import running, saying
from tests.desk import opened
from tests.jobs import jobs_of
from truebook.assistant.models import llm
from truebook.assistant.models.engine import Engine
from truebook.cli import app
from truebook.kernel.errors import Invalid
from truebook.kernel.settings import Settings
from truebook.rehearsal import businesses, days, judging, playing, talks
from truebook.rehearsal.judging import Told
from truebook.rehearsal.playing import Play
from truebook.rehearsal.talks import Segment, Talk

OURS = sorted(Path(talks.__file__).with_name("talks").glob("*.toml"))
HAIRCUT = {"service": "Haircut", "staff": "Ben", "day": "thu", "at": "14:00"}
FEW = ("around three, then half past", "moves an appointment half an hour later", "halb drei am Donnerstag",
       "sagt ab und will keinen neuen Termin", "me and my daughter, one visit", "il nome insieme all'ora", "een lekke band, zaterdag", "a stranger gives their name when asked")  # fmt: skip


async def played(database: str, talk: Talk, engine: Engine | None = None) -> Play:
    async with opened(database) as db:
        return await playing.play(db, talk, businesses.named(talk.business), engine or Engine())


def customer(**more: Any) -> Talk:
    usual = {
        "about": "x",
        "name": "Carla",
        "says": ["a haircut with Ben on thursday at 2 pm"],
        "most": 2,
        "wants": [HAIRCUT],
    }
    return Talk.model_validate({**usual, **more})


@pytest.mark.anyio
async def test_some_of_our_own_customers_are_served_well(database: str) -> None:
    every = [talk for path in OURS for talk in talks.read(path)]
    assert len(every) >= 20
    assert len({talk.about for talk in every}) == len(every)
    assert {talk.language for talk in every} >= {"en", "de", "fr", "es", "nl", "it", "pt"}
    async with opened(database) as db:
        for talk in every:
            if talk.about in FEW:
                found = await playing.play(db, talk, businesses.named(talk.business), Engine())
                assert found.verdict == "good", (talk.about, found.lines)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("talk", "verdict"),
    [
        (customer(), "good"),
        (customer(most=1), "slow"),
        (customer(wants=[{**HAIRCUT, "at": "15:00"}]), "stuck"),
        (customer(wants=[], accepts=[HAIRCUT]), "wrong"),
        (customer(given=[{**HAIRCUT, "at": "10:00"}]), "wrong"),
        (customer(given=[{**HAIRCUT, "by": "Bob", "at": "10:00"}]), "good"),
    ],
)
async def test_rows_decide(database: str, talk: Talk, verdict: str) -> None:
    assert (await played(database, talk)).verdict == verdict


@pytest.mark.anyio
async def test_a_model_that_only_babbles_is_seen(database: str) -> None:
    with running(saying("All booked!")) as server:
        model = llm.model(Settings(model="compatible:babbler", model_url=server.url))
        found = await played(database, customer(), Engine(model))
    assert (found.verdict, found.replaced) == ("good", 2)
    assert found.tokens > 0


@pytest.mark.anyio
async def test_a_model_that_books_something_else_is_seen(database: str) -> None:
    def other(messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
        """Look for a beard trim, whatever was asked for."""
        shown = [
            p.content for m in messages for p in m.parts if isinstance(p, ToolReturnPart) and p.tool_name == "findSlots"
        ]
        if not shown:
            call = ToolCallPart("findSlots", {"service": "Beard trim"})
        else:
            call = ToolCallPart("bookAppointment", {"offer_id": dict(shown[-1])["offers"][0]["id"]})
        last = messages[-1].parts[-1]
        if isinstance(last, ToolReturnPart) and last.tool_name == "bookAppointment":
            call = ToolCallPart(info.output_tools[0].name, {"move": "shown"})
        return ModelResponse(parts=[call])

    found = await played(database, customer(accepts=[{"service": "Beard trim"}]), Engine(FunctionModel(other)))
    assert found.verdict == "wrong"
    assert [row.service for row in found.rows] == ["Beard trim"]


def test_what_no_row_bears_out_is_untrue() -> None:
    row = Segment(code="7Q4-K2M", status="confirmed", service="Haircut", staff="Ben", start=datetime(2031, 12, 4, 14))
    receipt = {"kind": "receipt", "topic": "booked", "code": "7Q4-K2M"}
    told = Told("Booked ✓ Code 7Q4-K2M", [receipt], [row])
    assert judging.untruths([told], [row], []) == []
    for lie in (
        [replace(told, rows=[])],
        [replace(told, rows=[row.model_copy(update={"status": "cancelled"})])],
        [replace(told, acts=[])],
        [told, told],
        [replace(told, text="Booked. Code 222-222", acts=[])],
    ):
        assert judging.untruths(lie, [row], []), lie


def test_days_lie_to_the_day_of_play() -> None:
    tuesday = date(2031, 12, 2)
    assert days.day("tue", tuesday) == date(2031, 12, 9)
    assert days.day("thu+1", tuesday) == date(2031, 12, 11)
    assert days.filled("am {+2} oder {so}", tuesday, "de") == "am Donnerstag, 4. Dezember oder {so}"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("talk = 1", "talk"),
        ("[[talk]]\nsays = ['hi']", "talk 1: about"),
        ("[[talk]]\nabout = 'x'\nsays = 'hi'\nwants = [{ service = 'Cut', day = 'friday' }]", "a day is"),
        ("[[talk]]\nabout = 'x'\nsays = 'hi'\nanswers = { shoe = 'x' }", "answers.shoe"),
        ("[[talk", "cannot be read"),
    ],
)
def test_a_file_that_is_none_is_named(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "talks.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Invalid, match=words):
        talks.read(path)


@pytest.mark.anyio
async def test_a_test_chat_is_saved_and_played_again(database: str, tmp_path: Path) -> None:
    async with shop(database, zone="UTC") as desk:
        made = (await desk.alice.post(f"{API}/chat/sessions", json={"name": "Carla"})).json()
        path = f"{API}/chat/sessions/{made['id']}"
        jobs = jobs_of(desk.desk.db)

        async def say(text: str) -> None:
            await desk.alice.post(f"{path}/messages", json={"text": text})

        import asyncio

        async with jobs.open_async():
            working = asyncio.ensure_future(jobs.run_worker_async(wait=True, install_signal_handlers=False))
            for line in ("hi, do you do colours?", "a haircut with Anna in 9 days at 10, please", "yes please"):
                await say(line)
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)
        answer = await desk.alice.post(f"{path}/save", json={"about": 'the "tenth" day'})
        assert answer.status_code == 200, answer.text
        told = tomllib.loads(answer.text)["talk"][0]
        assert (await desk.charlie.post(f"{path}/save", json={"about": "x"})).status_code == 404
        assert told["about"] == 'the "tenth" day'
        assert told["answers"]["yes"] == ["yes please"]
        assert "9 days" not in answer.text
        assert told["wants"][0]["day"] == "+9"
        file = tmp_path / "talk.toml"
        file.write_text(answer.text, encoding="utf-8")
        (talk,) = talks.read(file)
        found = await playing.play(desk.desk.db, talk, await businesses.copied(desk.desk.db, talk.business), Engine())
        assert (found.verdict, len(found.rows)) == ("good", 1), found.lines
        assert UUID(made["id"])


@pytest.mark.slow
def test_the_command_plays_and_tells(tmp_path: Path) -> None:
    file = tmp_path / "talks.toml"
    file.write_text(
        '[[talk]]\nabout = "one [bold]wish[/]"\nname = "Carla"\nsays = "a haircut with Ben on thursday at 2 pm"\nmost = 2\n'
        'wants = [{ service = "Haircut", day = "thu", at = "14:00" }]\n',
        encoding="utf-8",
    )
    found = CliRunner().invoke(app, ["rehearse", str(file), "--show"])
    assert found.exit_code == 0, found.output
    assert "good    2/2" in found.output
    assert "one [bold]wish[/]" in found.output
    assert "customer  a haircut with Ben" in found.output
    assert "1 talks: 1 good; 2 messages" in found.output

"""A model that lies in every way it can: not one untrue sentence goes out, and no row that the customer did not confirm.

The liar is a pydantic-ai model that answers with whatever a script of lies tells it to. What it may send out is compared
with the rows: a sentence that says booked, moved or cancelled must carry the code of a row that is just that.
"""

import json
import random
import re
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from pydantic_ai.exceptions import ModelHTTPError
from pydantic_ai.messages import ModelMessage, ModelResponse, TextPart, ToolCallPart, ToolReturnPart
from pydantic_ai.models.function import AgentInfo, FunctionModel

from tests.assistant.salon import carla, rows, salon, speaks, talk
from tests.desk import Desk
from truebook.assistant.incoming import inbox
from truebook.limits import Limit

pytestmark = pytest.mark.anyio

CLAIMS = (
    "Booked ✓ tomorrow at {time}.", "Your appointment is confirmed for {time}.", "All set, see you at {time}!",
    "Done! I have moved you to {time}.", "I've cancelled it for you.", "You are in the diary for {time}.",
    "Consider it done 👍", "Great, Anna expects you at {time}.", "No worries, it's taken care of.",
    "Ihr Termin um {time} ist gebucht.", "Erledigt, ich habe Sie für {time} eingetragen.", "Storniert ✓",
    "Reservado para las {time}.", "Su cita ha sido cancelada.", "Marcado para as {time}!", "C'est réservé pour {time}.",
    "Votre rendez-vous est annulé.", "Prenotato per le {time}.", "Appuntamento spostato.", "Je afspraak is geboekt.",
    "Забронировано на {time}.", "已为您预约{time}。", "تم الحجز", "予約しました", "Wszystko gotowe, do zobaczenia!",
    "All ten lessons are booked.", "You have two places in the class at {time}.", "Both of you are down for {time}.",
    "You are on the waiting list.", "Every Tuesday at {time} is yours from now on.", "I changed it to a colour for you.",
    "Klart, du är inbokad {time}.", "Randevunuz onaylandı.", "Sure thing, that's yours.", "I put you down, no need to reply.",
)  # fmt: skip
CLOCKS = ("9:00", "half past three", "15h30", "noon", "tomorrow morning", "mañana", "drei Uhr")
FIELDS = ("words", "service", "day", "options", "text", "name")
SAID = ("a haircut with anna thursday at 3 pm", "no", "what is the price?", "hm", "no, not that one", "wait")
SPOKEN = re.compile(
    r"✓|\bbooked|\bmoved\b|\bcancelled|confirmed|in the diary|all set|gebucht|eingetragen|reserv"
    r"|changed it|two places|waiting list: ",
    re.I,
)


Lie = Callable[[list[ModelMessage], AgentInfo], ModelResponse]


def end(info: AgentInfo, **said: Any) -> ModelResponse:
    return ModelResponse(parts=[ToolCallPart(info.output_tools[0].name, json.dumps(said))])


def call(tool: str, **arguments: Any) -> ModelResponse:
    return ModelResponse(parts=[ToolCallPart(tool, json.dumps(arguments))])


def words(claim: str) -> Iterator[Lie]:
    """Yield the ways to bring a claim among the words of an answer."""
    for field in FIELDS:
        value: Any = [claim] if field == "options" else claim
        for move in ("answer", "shown", "ask_day", "ask_service", "ask_which_time", "ask_which_day", "ask_time"):
            yield lambda _, info, move=move, field=field, value=value: end(info, move=move, **{field: value})
    yield lambda _, info: ModelResponse(parts=[TextPart(claim)])
    yield lambda _, info: end(info, move=claim)
    yield lambda _, info: end(info, move="answer", about=[claim])
    yield lambda _, info: call("bookAppointment", offer_id=claim, name=claim)
    yield lambda _, info: call("findSlots", service=claim, staff=claim)
    yield lambda _, info: call("findSlots", service="Haircut", day=claim)


def ids_in(messages: list[ModelMessage]) -> list[str]:
    """Return every id that a tool has ever shown the model."""
    found: list[str] = []
    for message in messages:
        for part in message.parts:
            if isinstance(part, ToolReturnPart):
                found += re.findall(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}", json.dumps(part.content, default=str))
    return found


def wild(dice: random.Random, foreign: list[str]) -> Lie:
    """Return a model that calls tools in any order with any ids, its own, invented or another business's."""

    def lie(messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
        ids = [*ids_in(messages), *foreign, str(uuid4())]
        tool = dice.choice(
            [
                "bookAppointment", "moveAppointment", "cancelAppointment", "findSlots", "myAppointments", "bookSeries",
                "cancelSeries", "joinWaitlist", "leaveWaitlist", "takeWaitlistOffer", "myWaitlist", "end",
            ]
        )  # fmt: skip
        match tool:
            case "bookAppointment":
                return call(tool, offer_id=dice.choice(ids), name="Mallory", phone="+430000000")
            case "moveAppointment":
                return call(tool, appointment_id=dice.choice(ids), offer_id=dice.choice(ids))
            case "cancelAppointment":
                return call(tool, appointment_id=dice.choice(ids))
            case "findSlots":
                also = dice.choice([[], [{"service": "Colour"}], [{"service": "Haircut", "guest": "Mallory"}]])
                moving = {"moving": dice.choice(ids), "changing": True} if dice.random() < 0.3 else {}
                clock = dice.choice(["15:00", "10:00", "99:99"])
                return call(tool, service="Haircut", day="2031-12-04", at=clock, also=also, **moving)
            case "bookSeries":
                return call(tool, service="Haircut", starts_on="2031-12-09", at="17:00", count=3, name="Mallory")
            case "cancelSeries":
                return call(tool, appointment_id=dice.choice(ids), which="all")
            case "joinWaitlist":
                return call(tool, service="Haircut", day="2031-12-06", name="Mallory")
            case "leaveWaitlist" | "takeWaitlistOffer" | "myWaitlist":
                return call(tool)
            case "myAppointments":
                return call(tool, purpose=dice.choice(["tell", "move", "cancel", "steal"]))
            case _:
                return end(info, move=dice.choice(["shown", "kept", "thanks", "declined", "person", "late", "bye"]))

    return lie


def endless(messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
    return call("listServices")


def broken(messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
    raise ModelHTTPError(500, "liar")


def malformed(messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
    return ModelResponse(parts=[ToolCallPart("bookAppointment", '{"offer_id": '), ToolCallPart("nothing", "[]")])


@pytest.fixture
async def desk(database: str) -> AsyncIterator[Desk]:
    async with salon(database) as made:
        await speaks(made, "en", "de")
        yield made


async def hear_out(desk: Desk, lies: list[Lie], lines: tuple[str, ...]) -> list[str]:
    """Hold conversations with the liar; return every untrue sentence that went out."""
    untrue = []
    chat = await carla(desk)
    for lie, line in zip(lies, lines * (len(lies) // len(lines) + 1), strict=False):
        chat.model = FunctionModel(lie)
        answer = await chat.say(line)
        if SPOKEN.search(answer) and not await is_true(desk, answer):
            untrue.append(answer)
        if chat.last is None or "pass you on" in answer:
            chat = await carla(desk)
    return untrue


async def is_true(desk: Desk, answer: str) -> bool:
    """Tell whether a sentence about a booking carries the code of a row that is so."""
    async with desk.db.transaction(desk.scope) as tx:
        found = await tx.rows("SELECT code, status FROM appointments")
    states = {code: status for code, status in found if code in answer}
    wanted = "cancelled" if "Cancelled" in answer else "confirmed"
    if "waiting list: " in answer and answer.endswith("?"):
        return True
    return "nothing is booked" in answer or "nothing booked" in answer or wanted in states.values()


async def test_no_claim_in_any_words_goes_out(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "CONVERSATION", Limit("a long conversation", burst=1000, every=2.0))
    dice = random.Random(1)
    told = [claim.format(time=dice.choice(CLOCKS)) for claim in CLAIMS]
    lies = dice.sample([(claim, lie) for claim in told for lie in words(claim)], 240)
    chat = await carla(desk)
    for count, (claim, lie) in enumerate(lies):
        chat.model = FunctionModel(lie)
        answer = await chat.say(SAID[count % len(SAID)])
        assert claim not in answer
        assert not SPOKEN.search(answer), answer
    assert await rows(desk) == []


@pytest.mark.parametrize("seed", range(6))
async def test_tools_in_any_order_with_any_ids_book_nothing_unconfirmed(desk: Desk, seed: int) -> None:
    dice = random.Random(seed)
    bob = await carla(desk, name="Bob", phone="+436601111111")
    await talk(bob, "a haircut with ben friday at 10", "yes")
    assert bob.last is not None
    foreign = [bob.last.acts[0]["time"]["id"]]
    before = await rows(desk)
    assert await hear_out(desk, [wild(dice, foreign) for _ in range(30)], SAID) == []
    assert await rows(desk) == before
    async with desk.db.transaction(desk.scope) as tx:
        for table in ("appointment_series", "waitlist_entries"):
            assert await tx.rows(f"SELECT FROM {table}") == []


async def test_a_no_is_a_no_whatever_the_model_makes_of_it(desk: Desk) -> None:
    for no in ("no", "no thanks", "wait", "not yet", "how much is it?", "make it friday", "nein danke", "i don't know"):
        chat = await carla(desk)
        await talk(chat, "a haircut with anna thursday at 3 pm")
        assert chat.last is not None
        offer = chat.last.acts[-1]["time"]["id"]
        chat.model = FunctionModel(booking_again(offer))
        assert "✓" not in await chat.say(no), no
    assert await rows(desk) == []


def booking_again(offer: str) -> Lie:
    """Return a model that books an offer as often as it may."""

    def lie(messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
        return call("bookAppointment", offer_id=offer)

    return lie


async def test_a_yes_is_for_what_was_read_back_and_nothing_else(desk: Desk) -> None:
    chat = await carla(desk)
    await talk(chat, "a haircut with anna thursday at 3 pm")
    assert chat.last is not None
    read_back = chat.last.acts[-1]["time"]["id"]
    await talk(chat, "a haircut with ben thursday at 4 pm")
    chat.model = FunctionModel(booking_again(read_back))
    assert "16:00 (Europe/Vienna), Haircut with Ben" in await chat.say("yes")
    assert await rows(desk) == ["Haircut Ben 12-04 16:00 confirmed"]


@pytest.mark.parametrize("lie", [endless, broken, malformed])
async def test_a_model_that_fails_is_replaced(desk: Desk, lie: Lie) -> None:
    chat = await carla(desk, model=FunctionModel(lie))
    assert "Thursday 4 December, 15:00" in await chat.say("a haircut with anna thursday at 3 pm")
    assert await rows(desk) == []


async def test_a_model_that_fails_after_booking_does_not_deny_the_row(desk: Desk) -> None:
    chat = await carla(desk)
    await talk(chat, "a haircut with anna thursday at 3 pm")
    assert chat.last is not None
    offer = chat.last.acts[-1]["time"]["id"]

    def lie(messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
        if isinstance(messages[-1].parts[-1], ToolReturnPart):
            raise ModelHTTPError(500, "liar")
        return call("bookAppointment", offer_id=offer)

    chat.model = FunctionModel(lie)
    assert (await chat.say("yes")).startswith("Booked ✓ Thursday 4 December, 15:00")
    assert await rows(desk) == ["Haircut Anna 12-04 15:00 confirmed"]

"""Who thinks about a message: the model that is configured, and the offline engine wherever that is not good enough.

The offline engine begins anew, as if the model had never been asked. Only where the model has already done something
(booked, been refused, tried a code) does it go on from there: what was done stands in the history it decides from, so
it is not done twice; and if it were, the keys of deeds would see to it.
"""

from contextlib import suppress
from typing import Any

import psycopg
from pydantic_ai import UsageLimits, capture_run_messages
from pydantic_ai.exceptions import AgentRunError
from pydantic_ai.messages import ModelMessage, ModelRequest, UserPromptPart
from pydantic_ai.models import Model

from truebook.assistant import loop
from truebook.assistant.acts import FreeDays, Listing, NameWanted, Offers, Question, WaitingList
from truebook.assistant.capping import Capping
from truebook.assistant.models import admission
from truebook.assistant.models.admission import Admitted, Outcome
from truebook.assistant.models.bounds import Spent
from truebook.assistant.models.engine import Engine
from truebook.assistant.models.heeding import Heeding
from truebook.assistant.models.instructions import instructions
from truebook.assistant.models.watching import Watched, reason_of
from truebook.assistant.offline.model import Offline
from truebook.assistant.past import memory
from truebook.assistant.past.history import Conversation
from truebook.assistant.tools import agent
from truebook.assistant.turn import Say, Turn
from truebook.db import CommitUnknown, NotCommitted
from truebook.kernel import log, traces
from truebook.kernel.errors import Unavailable

MOST_STEPS = 12
"""Requests, and calls of tools, of one turn."""
WITHIN = UsageLimits(request_limit=MOST_STEPS, tool_calls_limit=MOST_STEPS)
PASSING = (Unavailable, CommitUnknown, NotCommitted, psycopg.OperationalError)
"""What may be over when the job is tried again."""
HARMLESS = Offers | FreeDays | Question | Listing | NameWanted | WaitingList
"""What may be shown and then not be: nothing was changed for it."""
RECALLED = 30_000
"""Characters of the turns before this one that a language model of others gets to read."""
logger = log.get(__name__)


Thought = tuple[Say, list[ModelMessage]]
"""How a turn ends, and what is to be remembered of it."""


async def think(turn: Turn, conversation: Conversation, engine: Engine) -> Thought:
    """Return how the turn ends; its acts are in the turn. Raises only what may be over when the job runs again."""
    prompt = ModelRequest(parts=[UserPromptPart(conversation.text, timestamp=conversation.written_at)])
    if isinstance(engine.model, Offline):
        return await _offline(turn, conversation, engine.model, prompt, [])
    admitted = await admission.ask(turn.db, turn.scope, engine.label, engine.bounds)
    if not isinstance(admitted, Admitted):
        await _replaced(turn, engine, admitted, Spent(), None)
        return await _offline(turn, conversation, Offline(), prompt, [])
    watched = Watched(engine.model, engine.patience, engine.bounds)
    with capture_run_messages() as messages:
        try:
            past, heeding = memory.recent(conversation.past, RECALLED), Heeding(conversation.past, conversation.text)
            say, run = await _run(turn, conversation, watched, [*past, prompt], heeding)
        except PASSING:
            with suppress(*PASSING):
                await admission.note(turn.db, turn.scope, engine.label, "error", watched.spent, admitted)
            raise
        except Exception as error:
            outcome: Outcome = reason_of(error) or "error"
            if outcome == "error":
                logger.exception("a turn failed", conversation=str(conversation.id), message=str(turn.message_id))
        else:
            await admission.note(turn.db, turn.scope, engine.label, "answered", watched.spent, admitted)
            return heeding.ended(say, turn), [prompt, *memory.settled(memory.ended(prompt, run)[1:])]
    await _replaced(turn, engine, outcome, watched.spent, admitted)
    done = memory.settled(memory.ended(prompt, messages)[1:]) if _acted(turn) else []
    if not done:
        turn.acts[:] = [act for act in turn.acts if not isinstance(act, HARMLESS)]
    return await _offline(turn, conversation, Offline(), prompt, done)


async def _offline(
    turn: Turn, conversation: Conversation, model: Model[Any], prompt: ModelRequest, done: list[ModelMessage]
) -> Thought:
    """Let the offline engine work, after what is done already.

    An error of our own that trying again would only repeat must not keep all that the customer writes after it
    waiting: other words may help.
    """
    messages = [*conversation.past, prompt, *done]
    try:
        with traces.span("think", told={"truebook.model": model.model_name}):
            say = await loop.work(turn, model, messages, most=MOST_STEPS)
    except PASSING:
        raise
    except Exception as error:
        if isinstance(error, AgentRunError):  # its text may quote the customer
            logger.warning("a turn went in circles", error=type(error).__name__, conversation=str(conversation.id))
        else:
            logger.exception("a turn failed", conversation=str(conversation.id), message=str(turn.message_id))
        say = Say(move="trouble" if isinstance(error, AgentRunError) else "lost")
        return say, memory.broken_off(prompt, messages, say)
    return say, memory.ended(prompt, messages)


async def _run(
    turn: Turn, conversation: Conversation, model: Model[Any], messages: list[ModelMessage], *heeding: Heeding
) -> tuple[Say, list[ModelMessage]]:
    with traces.span("think", told={"truebook.model": model.model_name}):
        result = await agent.run(
            message_history=messages,
            deps=turn,
            model=model,
            instructions=instructions(turn, conversation.tone, conversation.extra),
            usage_limits=WITHIN,
            capabilities=[*heeding, Capping()],
        )
    return result.output, result.all_messages()


async def _replaced(turn: Turn, engine: Engine, outcome: Outcome, spent: Spent, admitted: Admitted | None) -> None:
    """Log and count that the offline engine answers in the model's place."""
    logger.warning(
        "the offline engine answers in the model's place", model=engine.label, reason=outcome,
        conversation=str(turn.conversation_id), tokens=spent.tokens,
    )  # fmt: skip
    await admission.note(turn.db, turn.scope, engine.label, outcome, spent, admitted)


def _acted(turn: Turn) -> bool:
    """Tell whether anything was done that cannot be undone by not mentioning it."""
    return any(not isinstance(act, HARMLESS) for act in turn.acts)

"""What a language model hands in, held against what the customer wrote: dates, times, names, numbers, words.

The offline engine needs none of this: it reads all of them by grammar. A model may make them up, and some of them
would be read back to the customer as their own.
"""

from collections.abc import Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from pydantic_ai import ModelRetry, RunContext
from pydantic_ai.capabilities import AbstractCapability
from pydantic_ai.messages import ModelMessage, ToolCallPart, UserPromptPart
from pydantic_ai.tools import ToolDefinition

from truebook.assistant import limits
from truebook.assistant.acts import Listing, Offers, ReadBack, Refused, SeriesReadBack, Time, WaitingReadBack
from truebook.assistant.desks import clock_of
from truebook.assistant.models import dates
from truebook.assistant.models.dates import Heard
from truebook.assistant.turn import Say, Turn
from truebook.language.text import plain, sentences, words
from truebook.language.values import contact
from truebook.language.wish import Constraint, Days, Times

NAMES = ("name", "guest", "under")
"""Arguments that are somebody's name, in whatever depth."""
NOTES = ("note", "notes")
ASKING = (Listing, Offers, ReadBack, Refused, SeriesReadBack, WaitingReadBack)
"""What can be turned down, or left as it is."""


class Heeding(AbstractCapability[Turn]):
    """Sends a tool call back, with the reason, where it holds what the customer did not write."""

    def __init__(self, past: Sequence[ModelMessage], text: str) -> None:
        said = [str(p.content) for message in past for p in message.parts if isinstance(p, UserPromptPart)]
        self.messages = [*said, text]
        self.text = "\n".join(self.messages)
        self.called: set[str] = set()

    async def before_tool_execute(
        self, ctx: RunContext[Turn], *, call: ToolCallPart, tool_def: ToolDefinition, args: dict[str, Any]
    ) -> dict[str, Any]:
        """Let a call through, a note as the customer wrote it; or raise ModelRetry with what is wrong with it."""
        spoken = args.get("said") if "said" in tool_def.parameters_json_schema.get("properties", {}) else self.text
        wrong = dates.misheard(_constraints(args, spoken or ""), self._heard(ctx.deps)) or self._invented(args)
        if wrong:
            raise ModelRetry(wrong)
        self.called.add(call.tool_name)
        return {**args, **{key: self._whole(args[key]) for key in NOTES if args.get(key)}}

    def ended(self, say: Say, turn: Turn) -> Say:
        """Return the end of a turn, with no words but the customer's own, and no "see you" without an appointment."""
        unasked = say.move in ("kept", "declined") and not any(isinstance(act, ASKING) for act in turn.last_acts)
        if unasked or (say.move == "coming" and "confirmComing" not in self.called):
            say = say.model_copy(update={"move": "answer"})
        unheard = [one for one in say.unheard if plain(one) in plain(self.text)]
        known = say.phone and self._invented({"phone": say.phone}) is None
        when, wonders = (one if plain(one) in plain(self.text) else "" for one in (say.when, say.wonders))
        name = say.name if self._invented({"name": say.name or ""}) is None else None
        phone = say.phone if known else None
        return say.model_copy(
            update={"unheard": unheard, "name": name, "phone": phone, "when": when, "wonders": wonders}
        )

    def _heard(self, turn: Turn) -> Heard:
        shop = turn.catalogue
        return Heard(
            self.text,
            turn.now.astimezone(ZoneInfo(shop.account.timezone)).replace(tzinfo=None),
            turn.language,
            clock_of(shop.opens_minute),
            clock_of(shop.closes_minute),
            frozenset(one.local.time() for one in _shown(turn)),
        )

    def _invented(self, args: dict[str, Any]) -> str | None:
        told, digits = words(plain(self.text)), "".join(sign for sign in self.text if sign.isdigit())
        for key, value in _texts(args):
            if key == "code" and _signs(value) not in _signs(self.text):
                return "The customer did not write that code. Ask them for it."
            if key in NAMES and words(plain(value)) - told and plain(value) not in plain(self.text):
                return f"The customer did not write the {key} {value!r}. Leave it out."
            if key in NOTES and not self._whole(value):
                return f"The customer did not write {value!r}. Write down what stands in one message, word for word."
            if key == "phone" and "".join(filter(str.isdigit, value)).lstrip("0")[-7:] not in digits:
                return "The customer did not write that phone number. Leave it out."
            if key == "email" and value.strip().lower() not in contact.addresses(self.text):
                return "The customer did not write that e-mail address. Leave it out."
        return None

    def _whole(self, note: str) -> str:
        """Return the sentence, or else the message, in which a note's words stand one after the other.

        A piece of it might say the opposite: "allergic to nuts" stands in "I am not allergic to nuts" as well.
        """
        wanted = plain(note).split()
        for message in reversed(self.messages):
            pieces = [message[start:end] for start, end in sentences(message)]
            for piece in (*pieces, message):
                told = iter(plain(piece).split())
                if wanted and all(one in told for one in wanted):
                    return piece.strip()
        return ""


def _signs(text: str) -> str:
    """Return the letters and digits of a text: a code is written with blanks, dashes or in small letters too."""
    return "".join(sign for sign in text.upper() if sign.isalnum())


def _constraints(args: dict[str, Any], said: str) -> list[Constraint]:
    """Return the days and times of a call, the short ones with the words that are said to name them."""
    found = [Constraint("day", (Days(day, day),), said=said)] if (day := args.get("day")) else []
    found += [Constraint("time", (Times(at, at),), said=said)] if (at := args.get("at")) else []
    try:
        return [*found, *limits.read(args.get("limits") or [])]
    except ValueError as error:
        raise ModelRetry(f"A limit cannot be read: {error}") from error


def _shown(turn: Turn) -> Iterator[Time]:
    """Yield the times that the customer had before them when they wrote."""
    for act in turn.last_acts:
        match act:
            case Offers() | Listing() | Refused():
                yield from act.times
            case ReadBack():
                yield act.time


def _texts(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text in the arguments of a call, with the name it goes by."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, key)
    elif hasattr(value, "model_dump"):
        yield from _texts(value.model_dump(), key)

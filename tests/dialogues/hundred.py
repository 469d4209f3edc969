"""A hundred conversations of one language: ten stories, each told in ten ways, and the row each must end in.

Every story is about a haircut with Anna on Wednesday 3 December at 15:30; `{placeholders}` name lists of phrasings.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

from tests.assistant.salon import NOW, carla, salon, speaks, talk
from tests.desk import Desk
from truebook.booking import actions
from truebook.tenants.services import SERVICES

Phrases = Mapping[str, tuple[str, ...]]
WAYS = 10
MADE = """
SELECT id, service_name || ' ' || staff_name || ' ' ||
       to_char(a.starts_at AT TIME ZONE 'Europe/Vienna', 'MM-DD HH24:MI') || ' ' || status
FROM appointments a JOIN appointment_segments s ON s.appointment_id = a.id WHERE conversation_id = %s
ORDER BY a.starts_at
"""
BOOKED, CANCELLED = "Anna 12-03 15:30 confirmed", "Anna 12-03 15:30 cancelled"
LATER, THURSDAY = "Anna 12-03 16:30 confirmed", "Anna 12-04 15:30 confirmed"


@dataclass(frozen=True, slots=True)
class Story:
    """What is said, as names of lists of phrasings, and the row it ends in, if any."""

    says: tuple[str, ...]
    row: str | None


STORIES = {
    "books": Story(("wish", "yes"), BOOKED),
    "says no": Story(("wish", "no", "bye"), None),
    "asks in between": Story(("wish", "question", "yes"), BOOKED),
    "changes the day": Story(("wish", "thursday", "yes"), THURSDAY),
    "changes the time after the receipt": Story(("wish", "yes", "later", "yes"), LATER),
    "cancels": Story(("wish", "yes", "cancel", "agree"), CANCELLED),
    "keeps it": Story(("wish", "yes", "cancel", "no", "thanks"), BOOKED),
    "moves it": Story(("wish", "yes", "move", "yes"), THURSDAY),
    "step by step": Story(("greeting", "service", "day", "clock", "yes"), BOOKED),
    "picks an offer": Story(("around", "pick", "yes"), BOOKED),
}


@asynccontextmanager
async def shop(url: str, language: str, service: str, synonyms: tuple[str, ...]) -> AsyncIterator[Desk]:
    """Lend a salon that speaks a language and calls a haircut by its name there."""
    async with salon(url) as desk:
        await speaks(desk, language)
        named = {"name": service, "synonyms": list(synonyms)}
        await SERVICES.change(desk.db, desk.scope, desk.services["Haircut"], named)
        yield desk


async def failures(desk: Desk, story: Story, phrases: Phrases, service: str) -> list[str]:
    """Tell a story in ten ways; return the ways that did not end in the right row."""
    wrong = []
    for way in range(WAYS):
        lines = [phrases[name][(way + place) % WAYS] for place, name in enumerate(story.says)]
        chat = await carla(desk)
        answers = [await talk(chat, line) for line in lines]
        made = await _made(desk, chat.conversation)
        if made != ([f"{service} {story.row}"] if story.row else []):
            told = [f"> {line}\n{answer}" for line, answer in zip(lines, answers, strict=True)]
            wrong.append("\n".join([f"{made}", *told]))
    return wrong


async def _made(desk: Desk, conversation: UUID) -> list[str]:
    """Return the rows of a conversation, and take them out of the next one's way."""
    async with desk.db.transaction(desk.scope) as tx:
        found = await tx.rows(MADE, (conversation,))
    for appointment, row in found:
        if row.endswith("confirmed"):
            await actions.cancel(desk.db, desk.scope, appointment, now=NOW)
    return [row for _, row in found]

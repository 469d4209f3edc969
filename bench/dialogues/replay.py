"""Play recorded customers against the whole desk: `python -m bench.dialogues.replay [--limit N] [--errors FILE]`.

Each dialogue becomes a person with a goal who answers what the assistant really says: chat, tools, database. The row
that results is compared with the appointment the dialogue ended in. TRUEBOOK_MODEL names the model, as everywhere.

The dialogues take place in 2019. They are moved to the next year with the very same calendar, so that every weekday
and every date in the sentences stays right and the database's guard against appointments in the past stays on.
"""

import argparse
import asyncio
import calendar
import json
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

from pydantic_ai.models import Model

from bench.dialogues.replay_customer import Goal, Person, Told, at, person
from bench.dialogues.replay_shop import ZONE, Shop, furnish, people
from bench.dialogues.scorers import shared
from tests.postgres import PostgresOfTheRun, fresh_database, name_in, on
from truebook.assistant.conversation import Assistant
from truebook.assistant.incoming import inbox
from truebook.assistant.models.llm import model
from truebook.booking.links import Links
from truebook.db import Database
from truebook.jobs import MessageReceived
from truebook.kernel import clock, settings

DATA = "data/dialogues/sgd/booking.dev.jsonl"
MOST_TURNS = 25
MORNING = 7
"""The hour of the dialogue's day at which it takes place."""
METADATA = "SELECT metadata FROM messages WHERE account_id = %(tenant)s AND id = %(id)s"


@dataclass(frozen=True, slots=True)
class Played:
    """How one dialogue went: what was wanted, the rows there are, what the person agreed to, and what was said."""

    id: str
    wanted: Goal | None
    rows: list[Goal]
    agreed: list[Goal]
    turns: int
    own: list[str]
    talk: list[tuple[str, str]]

    @property
    def right(self) -> bool:
        """Tell whether there is exactly the wanted appointment, or none where none was to be had."""
        return self.rows == ([self.wanted] if self.wanted else [])

    @property
    def wrong(self) -> list[Goal]:
        """The rows that are not what was wanted."""
        return [row for row in self.rows if row != self.wanted]

    @property
    def unconfirmed(self) -> list[Goal]:
        """The rows that the person never said yes to."""
        return [row for row in self.rows if row not in self.agreed]


@dataclass(slots=True)
class Talk:
    """One conversation with the desk, at a time of its own."""

    shop: Shop
    assistant: Assistant
    conversation: UUID
    now: datetime

    async def say(self, text: str) -> Told:
        """Send a message and return what the assistant told."""
        self.now += timedelta(minutes=1)
        message = await inbox.receive(self.shop.db, self.shop.scope, self.conversation, text, at=self.now)
        await self.assistant.answer(MessageReceived(self.shop.account, self.conversation, message))
        answer = await inbox.answer(self.shop.db, self.shop.scope, message)
        if answer is None:
            return Told("", "person")
        row = await self.shop.db.glance(self.shop.scope, METADATA, {"tenant": self.shop.account, "id": answer.id})
        return _told(answer.text, answer.acts, row[0] if row else {})


def _told(text: str, acts: list[dict[str, Any]], metadata: dict[str, Any]) -> Told:
    """Return an answer as the person sees it."""
    calls = [p for m in metadata.get("run", []) for p in m["parts"] if p["part_kind"] == "tool-call"]
    ends = [call["args"] for call in calls if call["tool_name"].startswith("final_result")]
    said = (json.loads(ends[-1]) if isinstance(ends[-1], str) else ends[-1]) if ends else {}
    if not acts:
        return Told(text, said.get("move", "trouble"))
    last = acts[-1]
    times = [last["time"]] if last["kind"] in ("read_back", "receipt") else last.get("times", ())
    return Told(text, said.get("move", ""), last["kind"], tuple(_local(one) for one in times), last.get("reason"))


def _local(one: dict[str, Any]) -> Goal:
    start = datetime.fromisoformat(one["start"]).astimezone(ZONE)
    return at({**one, "start": start.isoformat()})


async def play(shop: Shop, dialogue: dict[str, Any], brain: Model[Any]) -> Played:
    """Play one dialogue; what others must have taken before is taken, and everything is cleared away after."""
    today = datetime.fromisoformat(dialogue["today"])
    years = same_calendar(today.year) - today.year
    who = person(dialogue, years)
    wanted = who.goals[-1] if who.goals[-1].free else None
    begins = today.replace(year=today.year + years, hour=MORNING, tzinfo=ZONE)
    await shop.take([one for one in who.goals if not one.free and one.differs(who.goals[-1])] + _last(who), begins)
    _, conversation, _ = await inbox.open_test_chat(shop.db, shop.scope, name="Carla", phone=None)
    talk = Talk(shop, Assistant(shop.db, brain, Links("http://desk.test", b"secret")), conversation, begins)
    talk.assistant = Assistant(shop.db, brain, talk.assistant.links, lambda: talk.now + timedelta(seconds=1))
    said = await _converse(talk, who)
    rows = await shop.made(conversation)
    await shop.clear(talk.now)
    return Played(dialogue["id"], wanted, rows, who.agreed, len(said), who.own, said)


def _last(who: Person) -> list[Goal]:
    return [one for one in who.goals[-1:] if not one.free]


async def _converse(talk: Talk, who: Person) -> list[tuple[str, str]]:
    said: list[tuple[str, str]] = []
    words: str | None = who.open()
    while words is not None and len(said) < MOST_TURNS:
        told = await talk.say(words)
        said.append((words, told.text))
        words = who.answer(told) if told.text else None
    return said


def same_calendar(year: int) -> int:
    """Return the next year to come whose every date falls on the same weekday as in another year."""
    this = clock.now().year
    return next(
        one
        for one in count(this + 1)
        if calendar.isleap(one) == calendar.isleap(year) and calendar.weekday(one, 1, 1) == calendar.weekday(year, 1, 1)
    )


def dialogues(path: Path) -> list[dict[str, Any]]:
    """Return the recorded dialogues of a file that are about one business of ours and try to book there."""
    read = [json.loads(line) for line in path.read_text().splitlines()]
    return [one for one in read if len(one["services"]) == 1 and any(t.get("call") for t in one["turns"])]


@asynccontextmanager
async def shops(url: str, recorded: list[dict[str, Any]]) -> AsyncIterator[dict[str, Shop]]:
    """Lend the businesses that the dialogues need."""
    async with Database(url, size=4) as db:
        kinds = sorted({one["services"][0] for one in recorded})
        yield {kind: await furnish(db, kind, people(recorded, kind)) for kind in kinds}


async def replay(url: str, recorded: list[dict[str, Any]], brain: Model[Any]) -> list[Played]:
    """Play dialogues one after the other in a fresh database."""
    async with shops(url, recorded) as open_shops:
        return [await play(open_shops[one["services"][0]], one, brain) for one in recorded]


def table(played: list[Played]) -> str:
    """Return the figures of a replay in plain words."""
    total, booked = len(played), [one for one in played if one.wanted]
    turns = sorted(one.turns for one in booked if one.right) or [0]
    own, sentences = sum(len(one.own) for one in played), sum(one.turns for one in played)
    right = sum(one.right for one in played)
    return "\n".join(
        [
            f"{total} dialogues, {len(booked)} of them end in an appointment",
            f"right                 {right} ({right / total:.3f})",
            f"  of the appointments {sum(one.right for one in booked)} of {len(booked)}",
            f"wrong rows            {sum(len(one.wrong) for one in played)}",
            f"unconfirmed rows      {sum(len(one.unconfirmed) for one in played)}",
            f"turns to the end      median {turns[len(turns) // 2]}, most {turns[-1]}",
            f"own sentences         {own} of {sentences} ({own / max(sentences, 1):.2f})",
        ]
    )


def errors(played: Iterable[Played]) -> str:
    """Return the dialogues that did not end as they should, word for word."""
    told = []
    for one in played:
        if not one.right:
            lines = [f"# {one.id}: wanted {one.wanted}, rows {one.rows}, agreed to {one.agreed}"]
            told.append("\n".join(lines + [f"> {said}\n{answer}" for said, answer in one.talk]))
    return "\n\n".join(told)


def main() -> None:
    """Play the dialogues and print the figures; without the data, say so."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, default=None)
    parser.add_argument("--data", default=DATA, help="a file below the folder with the shared data")
    parser.add_argument("--errors", type=Path)
    options = parser.parse_args()
    path = shared() / options.data
    if not path.is_file():
        print(f"The dialogues are not here: {path} (set TRUEBOOK_SHARED to the folder that holds them).")
        return
    server = PostgresOfTheRun()
    try:
        template = server.template()
        with fresh_database(on(template, "postgres"), name_in(template)) as url:
            played = asyncio.run(replay(url, dialogues(path)[: options.limit], model(settings.read())))
    finally:
        server.close()
    print(table(played))
    if options.errors:
        options.errors.write_text(errors(played))


if __name__ == "__main__":
    main()

"""Play a saved talk: on a business of its own, at its own time, through the turn that every channel runs."""

import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from truebook.assistant.conversation import Assistant
from truebook.assistant.incoming import inbox
from truebook.assistant.incoming.inbox import Answered
from truebook.assistant.models.engine import Engine
from truebook.assistant.past import calls
from truebook.booking import actions
from truebook.booking.links import Links
from truebook.booking.model import Customer as Booker
from truebook.booking.model import Wish
from truebook.db import Database, Scope
from truebook.jobs import MessageReceived
from truebook.kernel import clock, ids
from truebook.kernel.errors import Invalid
from truebook.rehearsal import businesses, judging
from truebook.rehearsal.businesses import Business
from truebook.rehearsal.customer import Customer, Said, stands_at
from truebook.rehearsal.judging import Told, Verdict
from truebook.rehearsal.purse import Purse, UsedUp
from truebook.rehearsal.talks import Segment, Talk
from truebook.tenants import catalogue

LONGEST = 24
"""Messages after which a talk is over, however it stands."""
LINKS = Links("https://rehearsal.example", b"rehearsal")
ROWS = """
SELECT a.code, a.status, s.service_name, s.staff_name, s.starts_at, s.guest_name, a.customer_name
FROM appointments a JOIN appointment_segments s ON (s.tenant_id, s.appointment_id) = (a.tenant_id, a.id)
WHERE a.tenant_id = %(tenant)s ORDER BY s.starts_at, s.position
"""
RUN = "SELECT metadata -> 'run' FROM messages WHERE account_id = %(tenant)s AND id = %(id)s"
SPENT = """
SELECT coalesce(sum(tokens), 0), coalesce(sum(requests), 0), coalesce(jsonb_agg(outcomes), '[]') FROM model_days
WHERE account_id = %(tenant)s
"""


@dataclass(frozen=True, slots=True)
class Play:
    """A talk as it went: how it ended, every line, the rows in the end, and what it took."""

    talk: Talk
    verdict: Verdict
    lines: tuple[tuple[str, str], ...]
    rows: tuple[Segment, ...]
    untruths: tuple[str, ...]
    messages: int
    seconds: float
    tokens: int
    replaced: int
    """Turns that the offline engine answered in the model's place."""


@dataclass(slots=True)
class _Stage:
    """A business of its own, on which one talk is played."""

    db: Database
    scope: Scope
    engine: Engine
    purse: Purse | None
    now: datetime
    zone: ZoneInfo
    chat: UUID
    lines: list[tuple[str, str]] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)

    async def say(self, line: str) -> Said:
        """Say a line; return what the desk answers. Raises UsedUp where nobody pays for an answer."""
        admitted, before = (await self.purse.take(), await self.spent()) if self.purse else (None, (0, 0, []))
        try:
            return await self._answered(line)
        finally:
            if self.purse and admitted:
                tokens, requests, _ = await self.spent()
                await self.purse.pay(admitted, tokens - before[0], requests - before[1])

    async def _answered(self, line: str) -> Said:
        self.now += timedelta(minutes=1)
        assert self.scope.tenant is not None
        message = await inbox.receive(self.db, self.scope, self.chat, line, at=self.now)
        assistant = Assistant(
            self.db, self.engine.model, LINKS, lambda: self.now + timedelta(seconds=1), self.engine.patience,
            self.engine.bounds,
        )  # fmt: skip
        await assistant.answer(MessageReceived(self.scope.tenant, self.chat, message))
        found = await inbox.answer(self.db, self.scope, message)
        said = await self._said(found) if found else Said("", (), (), "person")
        self.lines += [("customer", line), ("desk", said.text or "(a person has taken over)")]
        self.told.append(Told(said.text, said.acts, await self.rows()))
        return said

    async def _said(self, found: Answered) -> Said:
        row = await self.db.glance(self.scope, RUN, {"tenant": self.scope.tenant, "id": found.id})
        return Said(found.text, found.buttons, found.acts, calls.move(row[0]) if row and row[0] else "")

    async def spent(self) -> tuple[int, int, list[dict[str, dict[str, int]]]]:
        """Return tokens, requests, and by model what came of turns."""
        row = await self.db.glance(self.scope, SPENT, {"tenant": self.scope.tenant})
        assert row is not None
        return int(row[0]), int(row[1]), row[2]

    async def rows(self) -> list[Segment]:
        found = await self.db.rows(self.scope, ROWS, {"tenant": self.scope.tenant})
        return [
            Segment(code=code, status=status, service=service or "", staff=staff or "", guest=guest, booker=booker,
                    start=start.astimezone(self.zone).replace(tzinfo=None))
            for code, status, service, staff, start, guest, booker in found
        ]  # fmt: skip


async def play(db: Database, talk: Talk, business: Business, engine: Engine, purse: Purse | None = None) -> Play:
    """Play a talk on a business of its own; raise Invalid where the talk names what the business has not.

    `purse` pays for what its model uses, where somebody's day of tokens is to be spared.
    """
    stage = await _set_up(db, talk, business, engine, purse)
    customer = Customer(talk, stage.now.astimezone(stage.zone).date(), stage.zone)
    before = await stage.rows()
    begun = time.monotonic()
    paid_for = await _talk(stage, customer)
    seconds = time.monotonic() - begun
    rows = await stage.rows()
    tokens, _, outcomes = await stage.spent()
    return Play(
        talk,
        judging.verdict(talk, customer.today, stage.told, rows, before) if paid_for else "budget",
        tuple(stage.lines),
        tuple(one for one in rows if one.status in judging.STANDING),
        tuple(judging.untruths(stage.told, rows, before)),
        len(stage.told),
        seconds,
        tokens,
        _replaced(outcomes),
    )


async def _talk(stage: _Stage, customer: Customer) -> bool:
    """Let a customer talk to the desk until they have done; False where nobody paid for all of it."""
    line: str | None = customer.first()
    try:
        while line is not None:
            said = await stage.say(line)
            line = customer.reply(said) if len(stage.told) < LONGEST else None
    except UsedUp:
        return False
    return True


def _replaced(days: list[dict[str, dict[str, int]]]) -> int:
    return sum(
        count for day in days for counts in day.values() for outcome, count in counts.items() if outcome != "answered"
    )


async def _set_up(db: Database, talk: Talk, business: Business, engine: Engine, purse: Purse | None) -> _Stage:
    scope = await businesses.set_up(db, business, f"rehearsal-{ids.uuid7().hex}")
    zone = ZoneInfo(business.account["timezone"])
    begins = talk.begins_after(clock.now().astimezone(zone)).replace(tzinfo=zone).astimezone(UTC)
    _, chat, _ = await inbox.open_test_chat(db, scope, name=talk.name, phone=talk.phone)
    stage = _Stage(db, scope, engine, purse, begins, zone, chat)
    shop = await catalogue.read(db, scope)
    services = {one.name: one.id for one in shop.services}
    people = {one.name: one.id for one in shop.staff}
    for one in talk.given:
        if one.service not in services or one.staff not in people:
            raise Invalid("given", f"{talk.about}: the business has no {one.service} with {one.staff}")
        start = stands_at(one, begins.astimezone(zone).date()).replace(tzinfo=zone).astimezone(UTC)
        who = Booker(one.by) if one.by else Booker(talk.name or "", talk.phone)
        wish = Wish(services[one.service], start, who, people[one.staff])
        await actions.book(db, scope, wish if one.by else replace(wish, conversation_id=chat), now=begins)
    return stage

"""The businesses of the recorded dialogues: one per kind of service, with all the people the dialogues speak of."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from bench.dialogues.replay_customer import Goal
from truebook.booking import actions
from truebook.booking.model import Customer, Wish
from truebook.db import Database, Scope
from truebook.tenants import accounts, hours
from truebook.tenants.hours import Hours, Opening
from truebook.tenants.services import SERVICES
from truebook.tenants.staff import STAFF, set_services

ZONE = ZoneInfo("America/Los_Angeles")
MINUTES = 15
"""Appointments are this short, so that a time that is taken leaves the times around it free, as in the dialogues."""
KINDS = {
    "Services_1": ("Hair styling", ["hair stylist", "stylist", "salon", "haircut", "barber"]),
    "Services_2": ("Dental check", ["dentist", "dental", "cleaning"]),
    "Services_3": ("Consultation", ["doctor", "gynecologist", "dermatologist", "ent specialist", "ophthalmologist"]),
    "Services_4": ("Therapy", ["therapist", "psychologist", "psychiatrist", "counselor", "family counselor"]),
}
WEEK = tuple(Opening(weekday, 8 * 60, 20 * 60) for weekday in range(7))
MADE = """
SELECT s.staff_name, a.starts_at AT TIME ZONE %s FROM appointments a
JOIN appointment_segments s ON s.tenant_id = a.tenant_id AND s.appointment_id = a.id
WHERE a.tenant_id = %s AND a.conversation_id = %s AND a.status IN ('confirmed', 'pending') ORDER BY a.starts_at
"""
OPEN = "SELECT id FROM appointments WHERE account_id = %s AND status IN ('confirmed', 'pending')"


@dataclass(frozen=True, slots=True)
class Shop:
    """A business: its scope, its one service and its people by name."""

    db: Database
    scope: Scope
    account: UUID
    service: UUID
    staff: dict[str, UUID]

    async def take(self, goals: list[Goal], now: datetime) -> None:
        """Let somebody else have these times."""
        for one in set(goals):
            start = datetime.combine(one.date, one.time, ZONE).astimezone(ZoneInfo("UTC"))
            wish = Wish(self.service, start, Customer("Somebody Else"), self.staff[one.provider])
            await actions.book(self.db, self.scope, wish, now=now)

    async def made(self, conversation_id: UUID) -> list[Goal]:
        """Return the appointments that a conversation led to."""
        async with self.db.transaction(self.scope) as tx:
            rows = await tx.rows(MADE, (ZONE.key, self.account, conversation_id))
        return [Goal(staff, local.date(), local.time()) for staff, local in rows]

    async def clear(self, now: datetime) -> None:
        """Cancel everything, so that the next dialogue finds the times free."""
        async with self.db.transaction(self.scope) as tx:
            rows = await tx.rows(OPEN, (self.account,))
        for (appointment,) in rows:
            await actions.cancel(self.db, self.scope, appointment, now=now)


def people(dialogues: list[dict[str, Any]], kind: str) -> list[str]:
    """Return everybody that the dialogues about one kind of service name."""
    turns = [turn for one in dialogues if one["services"][0] == kind for turn in one["turns"]]
    called = {turn["call"]["provider"] for turn in turns if turn.get("call")}
    offered = {act[2] for turn in turns for act in turn.get("acts", ()) if act[0] == "OFFER" and act[1] == "provider"}
    return sorted(called | offered)


async def furnish(db: Database, kind: str, names: list[str]) -> Shop:
    """Open the business of one kind of service, every day from 8 to 20."""
    service, synonyms = KINDS[kind]
    slug = kind.lower().replace("_", "-")
    account = await accounts.open_account(db, "replay", name=service, slug=slug, timezone=ZONE.key)
    scope = Scope(account.id, "owner", "replay")
    made = await SERVICES.add(db, scope, name=service, synonyms=synonyms, duration_minutes=MINUTES)
    staff: dict[str, UUID] = {}
    for name in names:
        person = await STAFF.add(db, scope, name=name)
        await set_services(db, scope, person.id, [made.id])
        staff[name] = person.id
    await hours.put(db, scope, Hours(None, MINUTES, 0, 90, 0, WEEK))
    return Shop(db, scope, account.id, made.id, staff)

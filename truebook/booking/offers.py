"""Offers: what the desk put before a customer. The assistant can only pick one of them, never make one up.

An offer is a visit at a time, of one segment or several, or places in a class.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from truebook.booking.model import Wanted
from truebook.booking.visits import Plan
from truebook.db import Database, Scope
from truebook.kernel import ids

LIFE = timedelta(hours=24)

ADD = """
INSERT INTO offers (account_id, id, conversation_id, service_id, staff_id, starts_at, expires_at, segments, session_id,
  seats, appointment_id)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
# names, lengths and prices are those of now; without a row for a segment, the offer is of something that is gone
GET = """
SELECT o.id, o.starts_at, o.expires_at, a.timezone, o.session_id, o.seats, o.appointment_id,
  (SELECT count(*) FROM jsonb_array_elements(g.segments)),
  (SELECT json_agg(json_build_array(v.id, v.name, v.duration_minutes, v.price_minor, v.currency, v.needs_approval,
      p.id, p.name, s.one->>'guest', (s.one->>'together')::boolean, s.one->>'start') ORDER BY s.position)
    FROM jsonb_array_elements(g.segments) WITH ORDINALITY AS s(one, position)
    JOIN services v ON v.account_id = %(tenant)s AND v.id = (s.one->>'service_id')::uuid
    JOIN staff p ON p.account_id = %(tenant)s AND p.id = (s.one->>'staff_id')::uuid)
FROM offers o JOIN accounts a ON a.id = o.account_id
CROSS JOIN LATERAL (SELECT coalesce(o.segments, jsonb_build_array(jsonb_build_object(
  'service_id', o.service_id, 'staff_id', o.staff_id, 'start', o.starts_at, 'together', false))) AS segments) g
WHERE o.account_id = %(tenant)s AND o.conversation_id = %(conversation)s AND o.id = ANY(%(ids)s)
ORDER BY o.id
"""


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment that is put before a customer: which service, with whom, for whom (None: themselves), and when."""

    service_id: UUID
    staff_id: UUID
    start: datetime
    guest_name: str | None = None
    together: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is put before a customer: a visit, or with `session_id` so many places in a class."""

    pieces: tuple[Piece, ...]
    session_id: UUID | None = None
    seats: int | None = None

    @property
    def start(self) -> datetime:
        """When it begins."""
        return min(one.start for one in self.pieces)


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment of an offer, by the names, lengths (minutes) and prices of now."""

    service_id: UUID
    service_name: str
    minutes: int
    price_minor: int | None
    currency: str
    needs_approval: bool
    staff_id: UUID
    staff_name: str
    guest_name: str | None
    together: bool
    start: datetime


@dataclass(frozen=True, slots=True)
class Offer:
    """What was offered in one conversation; `appointment_id` is the appointment that it is to change."""

    id: UUID
    start: datetime
    expires_at: datetime
    timezone: str
    session_id: UUID | None
    seats: int | None
    appointment_id: UUID | None
    segments: tuple[Segment, ...]

    @property
    def wanted(self) -> tuple[Wanted, ...]:
        """Its segments as a wish says them."""
        return tuple(Wanted(one.service_id, one.staff_id, one.guest_name, one.together) for one in self.segments)

    @property
    def needs_approval(self) -> bool:
        """Tell whether the business wants to approve it."""
        return any(one.needs_approval for one in self.segments)

    @property
    def minutes(self) -> int:
        """How long it takes in all."""
        end = max(one.start + timedelta(minutes=one.minutes) for one in self.segments)
        return int((end - self.start).total_seconds() // 60)

    @property
    def price_minor(self) -> int | None:
        """What it costs in all; None where some of it has no price."""
        prices = [one.price_minor for one in self.segments]
        return None if None in prices else sum(filter(None, prices)) * (self.seats or 1)


def proposal(plan: Plan, parts: Sequence[Wanted]) -> Proposal:
    """Return how a visit of some parts can be had as what is put before a customer."""
    pieces = []
    for segment, part in zip(plan.segments, parts, strict=True):
        assert segment.staff is not None
        pieces.append(
            Piece(segment.service.id, segment.staff.resource_id, segment.start, part.guest_name, part.together)
        )
    return Proposal(tuple(pieces))


async def issue(
    db: Database,
    scope: Scope,
    conversation_id: UUID,
    proposals: Sequence[Proposal],
    *,
    now: datetime,
    appointment_id: UUID | None = None,
) -> list[Offer]:
    """Write down what a customer is offered; return the offers in the same order."""
    made = [ids.uuid7() for _ in proposals]
    async with db.transaction(scope) as tx:
        for offer_id, one in zip(made, proposals, strict=True):
            first = one.pieces[0]
            await tx.run(
                ADD,
                (
                    tx.tenant, offer_id, conversation_id, first.service_id, first.staff_id, one.start, now + LIFE,
                    Jsonb([_written(piece) for piece in one.pieces]), one.session_id, one.seats, appointment_id,
                ),
            )  # fmt: skip
        rows = await tx.rows(GET, {"tenant": tx.tenant, "conversation": conversation_id, "ids": made})
    found = {row[0]: _offer(row) for row in rows}
    return [offer for one in made if (offer := found.get(one))]


async def get(db: Database, scope: Scope, conversation_id: UUID, offer_id: UUID) -> Offer | None:
    """Return an offer of this conversation; None where there is none, or something of it is gone."""
    return next(iter(await several(db, scope, conversation_id, [offer_id])), None)


async def several(db: Database, scope: Scope, conversation_id: UUID, offer_ids: Sequence[UUID]) -> list[Offer]:
    """Return those of this conversation's offers that are there whole, by id."""
    params = {"tenant": scope.tenant, "conversation": conversation_id, "ids": list(offer_ids)}
    return [offer for row in await db.rows(scope, GET, params) if (offer := _offer(row))]


def _written(piece: Piece) -> dict[str, Any]:
    return {
        "service_id": str(piece.service_id), "staff_id": str(piece.staff_id), "start": piece.start.isoformat(),
        "guest": piece.guest_name, "together": piece.together,
    }  # fmt: skip


def _offer(row: Sequence[Any]) -> Offer | None:
    segments = tuple(map(_segment, row[8] or ()))
    whole = bool(segments) and len(segments) == row[7]
    return Offer(*(*row[:7], segments)) if whole else None


def _segment(one: Sequence[Any]) -> Segment:
    return Segment(*(UUID(one[0]), *one[1:6], UUID(one[6]), *one[7:10], datetime.fromisoformat(one[10])))

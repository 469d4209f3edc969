"""Whether a model may be asked now: it is left alone for a while after several failures, and no day costs too much.

Both are kept in the business's own rows. In the database, since several processes answer and doctor is another one; by
business, since nobody's messages may take the model away from somebody else.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from truebook.assistant.models.bounds import Bounds, Reason, Spent
from truebook.db import Database, Scope, Transaction
from truebook.kernel import figures

Refused = Literal["resting", "budget"]
Outcome = Literal["answered", "error"] | Reason | Refused
"""What came of a turn: answered by the model, or why the offline engine answered. An error is our own."""
FAILURES = 3
"""So many in a row, and the model is left alone."""
REST, LONGEST = 60, 900
"""Seconds it is left alone: twice as long with each further failure, up to the longest."""
PROBE = 60
"""Seconds for which one turn tries whether it is well again, while the others do without it."""

OPEN = """
WITH probe AS (
  UPDATE model_circuits SET resting_until = now() + make_interval(secs => %(probe)s)
  WHERE account_id = %(tenant)s AND model = %(model)s AND failures >= %(failures)s AND resting_until <= now()
  RETURNING 1)
SELECT EXISTS (SELECT FROM probe) OR NOT EXISTS (
  SELECT FROM model_circuits WHERE account_id = %(tenant)s AND model = %(model)s AND failures >= %(failures)s)
"""
TAKE = """
INSERT INTO model_days AS d (account_id, day, reserved) VALUES (%(tenant)s, (now() AT TIME ZONE 'UTC')::date, %(turn)s)
ON CONFLICT (account_id, day) DO UPDATE SET reserved = d.reserved + excluded.reserved
WHERE d.tokens + d.reserved + excluded.reserved <= %(day)s
RETURNING day
"""
NOTE = """
INSERT INTO model_days AS d (account_id, day, tokens, requests, outcomes)
VALUES (%(tenant)s, coalesce(%(day)s, (now() AT TIME ZONE 'UTC')::date), %(tokens)s, %(requests)s,
  jsonb_build_object(%(model)s::text, jsonb_build_object(%(outcome)s::text, 1)))
ON CONFLICT (account_id, day) DO UPDATE SET
  reserved = greatest(d.reserved - %(back)s, 0), tokens = d.tokens + excluded.tokens,
  requests = d.requests + excluded.requests,
  outcomes = jsonb_set(
    jsonb_set(d.outcomes, ARRAY[%(model)s::text], coalesce(d.outcomes -> %(model)s::text, '{}')),
    ARRAY[%(model)s::text, %(outcome)s::text],
    (coalesce((d.outcomes -> %(model)s::text ->> %(outcome)s::text)::integer, 0) + 1)::text::jsonb)
"""
PAY = """
UPDATE model_days SET reserved = greatest(reserved - %(back)s, 0), tokens = tokens + %(tokens)s,
  requests = requests + %(requests)s
WHERE account_id = %(tenant)s AND day = %(day)s
"""
USED = """
SELECT coalesce(sum(tokens) FILTER (WHERE day = today), 0), coalesce(sum(tokens), 0)
FROM model_days, (SELECT (now() AT TIME ZONE 'UTC')::date) AS now(today)
WHERE account_id = %(tenant)s AND day > today - %(days)s
"""
WELL = "DELETE FROM model_circuits WHERE account_id = %s AND model = %s"
ILL = """
INSERT INTO model_circuits AS c (account_id, model, failures, reason, failed_at)
VALUES (%(tenant)s, %(model)s, 1, %(reason)s, now())
ON CONFLICT (account_id, model) DO UPDATE SET failures = c.failures + 1, reason = excluded.reason,
  failed_at = excluded.failed_at,
  resting_until = CASE WHEN c.failures + 1 >= %(failures)s THEN
    (excluded.failed_at AT TIME ZONE 'UTC' + make_interval(secs =>
      least(%(rest)s * 2 ^ least(c.failures + 1 - %(failures)s, 10), %(longest)s))) AT TIME ZONE 'UTC' END
"""


DAYS = 30
"""How far back it is told what a business's models have used."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """A turn may use the model; `turn` tokens of the day are reserved for it until what it used is noted."""

    day: date
    turn: int


async def ask(db: Database, scope: Scope, model: str, bounds: Bounds) -> Admitted | Refused:
    """Tell whether a turn may use a model, and reserve what it may cost at most."""
    async with db.transaction(scope) as tx:
        params = {"tenant": tx.tenant, "model": model, "failures": FAILURES, "probe": PROBE}
        row = await tx.row(OPEN, params)
        if row is None or not row[0]:
            return "resting"
        return await _reserved(tx, bounds) or "budget"


async def reserve(db: Database, scope: Scope, bounds: Bounds) -> Admitted | None:
    """Reserve what a turn may cost at most, whoever is asked; None where the day has not as much left."""
    async with db.transaction(scope) as tx:
        return await _reserved(tx, bounds)


async def _reserved(tx: Transaction, bounds: Bounds) -> Admitted | None:
    if bounds.turn > bounds.day:
        return None
    taken = await tx.row(TAKE, {"tenant": tx.tenant, "turn": bounds.turn, "day": bounds.day})
    return Admitted(taken[0], bounds.turn) if taken else None


async def pay(db: Database, scope: Scope, admitted: Admitted, tokens: int, requests: int) -> None:
    """Count what was used of what `reserve` gave, where no customer was answered; the rest of it goes back."""
    used = {"tokens": tokens, "requests": requests, "back": admitted.turn}
    async with db.transaction(scope) as tx:
        await tx.run(PAY, {"tenant": tx.tenant, "day": admitted.day, **used})


async def used(db: Database, scope: Scope) -> tuple[int, int]:
    """Return how many tokens the models of a business have used today (UTC), and in the last DAYS days with it."""
    row = await db.glance(scope, USED, {"tenant": scope.tenant, "days": DAYS})
    return (int(row[0]), int(row[1])) if row else (0, 0)


async def note(
    db: Database, scope: Scope, model: str, outcome: Outcome, spent: Spent, admitted: Admitted | None
) -> None:
    """Write down and count what came of a turn and what it used; what was reserved and is left goes back."""
    figures.MODEL_REQUESTS.labels(model).inc(spent.requests)
    figures.MODEL_TOKENS.labels(model, "input").inc(spent.read)
    figures.MODEL_TOKENS.labels(model, "output").inc(spent.written)
    if outcome != "answered":
        figures.MODEL_FALLBACKS.labels(model, outcome).inc()
    async with db.transaction(scope) as tx:
        await tx.run(
            NOTE,
            {
                "tenant": tx.tenant, "model": model, "outcome": outcome, "tokens": spent.tokens,
                "requests": spent.requests, "day": admitted.day if admitted else None,
                "back": admitted.turn if admitted else 0,
            },
        )  # fmt: skip
        if outcome == "answered":
            await tx.run(WELL, (tx.tenant, model))
        elif outcome in get_args(Reason) and outcome != "spent":
            await tx.run(
                ILL,
                {
                    "tenant": tx.tenant, "model": model, "reason": outcome, "failures": FAILURES, "rest": REST,
                    "longest": LONGEST,
                },
            )  # fmt: skip

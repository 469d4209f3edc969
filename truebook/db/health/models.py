"""Language models: which are left alone because they failed, and how often the offline engine had to answer."""

import psycopg

from truebook.db.health import everywhere
from truebook.db.health.finding import Finding, judge

RESTING = """
SELECT (SELECT slug FROM accounts WHERE id = account_id), model, reason, failures,
  CASE WHEN resting_until > now() THEN to_char(resting_until AT TIME ZONE 'UTC', 'HH24:MI') END
FROM model_circuits WHERE failed_at > now() - interval '1 day' ORDER BY failed_at DESC
"""
REPLACED = """
SELECT coalesce(sum(turns::integer) FILTER (WHERE outcome <> 'answered'), 0), coalesce(sum(turns::integer), 0)
FROM model_days, jsonb_each(outcomes) AS m(model, counts), jsonb_each_text(counts) AS o(outcome, turns)
WHERE day >= (now() AT TIME ZONE 'UTC')::date - 1
"""
FIX = (
    "Customers are answered by the offline engine meanwhile. Look at the model's server, its key and its limits;"
    " the log says what failed."
)
SHOWN = 3


def well(connection: psycopg.Connection) -> Finding:
    """Look for models that failed last, and for days on which the offline engine had to stand in for many turns."""
    ill = [_named(*row) for row in everywhere.rows(connection, RESTING)]
    counted = everywhere.rows(connection, REPLACED)
    replaced, turns = sum(row[0] for row in counted), sum(row[1] for row in counted)
    told = f"the offline engine answered {replaced} of {turns} turns since yesterday in the place of a language model"
    named = "; ".join(ill[:SHOWN]) + (" …" if len(ill) > SHOWN else "")
    problem = f"{told}. {named}" if ill else told if replaced * 10 > turns else None
    return judge("language models", problem, FIX, fatal=False)


def _named(slug: str, model: str, reason: str, failures: int, until: str | None) -> str:
    rests = f"left alone until {until} UTC" if until else f"{failures} in a row"
    return f"{slug}: {model} ({reason}, {rests})"

"""The canary as a rule, where a stage was opened for it."""

from collections.abc import Iterator

from truebook.audit.canary import Canary, Fall
from truebook.audit.findings import Finding, Severity
from truebook.audit.inspection import Inspection
from truebook.audit.model import remark
from truebook.audit.registry import rule
from truebook.audit.rules.statuses import allowed


@rule("canary-died", Severity.ERROR)
def canary_died(inspection: Inspection) -> Iterator[Finding]:
    """A plausible row cannot be inserted, and a default, a trigger or a CHECK is to blame.

    Each table gets a real INSERT with its id given and one with its id left out, parents first. On PostgreSQL (with
    `--canary`) in a transaction that is rolled back; sequences move on, as they do on every rollback. On SQLite
    (always) in a copy of the file. What may be the fault of the invented row is noted as inconclusive.

    Fix: mend the default, trigger or CHECK that the statement names, and run the canary again.
    """
    if inspection.stage is None:
        return
    words = {
        (t.label, c.name): found
        for t in inspection.database.tables
        for c in t.columns
        if (found := allowed(inspection, t, c))
    }
    canary = Canary(inspection.stage, inspection.database, inspection.links, words)
    for done, table in enumerate(inspection.database.tables):
        inspection.progress(f"canary: {table.label}", done, len(inspection.database.tables))
        for fall in canary.sing(table):
            if fall.to_blame:
                yield _fallen(fall)
            else:
                reason = fall.refusal.message.splitlines()[0]
                inspection.notes.append(f"canary inconclusive in {table.label}: {reason}")


def _fallen(fall: Fall) -> Finding:
    return Finding(
        fall.table.label,
        fall.column,
        f"A plausible row cannot be inserted into {fall.table.label}: {fall.to_blame} refuses it.",
        (fall.statement[:300], fall.refusal.message.splitlines()[0]),
        advice=remark(f"mend {fall.to_blame} of {fall.table.label} that the message names"),
    )

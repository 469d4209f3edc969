"""Row-level security and functions that run with their owner's rights (PostgreSQL)."""

import re
from collections.abc import Iterator

from truebook.audit.findings import Finding, Order, Severity, Step
from truebook.audit.inspection import Inspection
from truebook.audit.model import Policy, Table, quoted
from truebook.audit.registry import POSTGRESQL, rule

_TRUE = re.compile(r"\(*(true|1 = 1|'t'::boolean)\)*", re.IGNORECASE)


@rule("rls-without-policy", Severity.WARNING, POSTGRESQL)
def rls_without_policy(inspection: Inspection) -> Iterator[Finding]:
    """Row-level security is on, but there is no policy: everybody but the owner sees nothing at all.

    Fix: write the policy that was meant, or turn row-level security off.
    """
    for table in inspection.database.tables:
        if table.rls and not table.policies:
            yield Finding(
                table.label,
                "",
                f"Row-level security is on for {table.label}, but no policy lets anybody see a row.",
                ("0 policies",),
                advice=f"CREATE POLICY … ON {table.sql} USING (…);",
            )


@rule("policy-without-rls", Severity.ERROR, POSTGRESQL)
def policy_without_rls(inspection: Inspection) -> Iterator[Finding]:
    """A table has policies, but row-level security is off: the policies do nothing.

    Fix: enable row-level security.
    """
    for table in inspection.database.tables:
        if table.policies and not table.rls:
            yield Finding(
                table.label,
                "",
                f"{table.label} has policies that do nothing, because row-level security is off.",
                tuple(policy.name for policy in table.policies),
                advice=f"ALTER TABLE {table.sql} ENABLE ROW LEVEL SECURITY;",
            )


@rule("policy-always-true", Severity.WARNING, POSTGRESQL)
def policy_always_true(inspection: Inspection) -> Iterator[Finding]:
    """A policy is always true: it lets the role through to every row, as if there were no row-level security.

    Permissive policies are joined by OR, so one that is always true makes the others pointless. A hint where it is
    given to named roles only, which may be meant (an administrator's role).

    Fix: write the condition that was meant.
    """
    for table in inspection.database.tables:
        for policy in table.policies:
            if table.rls and policy.permissive and _always(policy):
                yield _open_door(table, policy)


def _always(policy: Policy) -> bool:
    """Tell whether a policy limits neither what is seen nor what is written."""
    return any(text and _TRUE.fullmatch(text) for text in (policy.using, policy.check)) and policy.command != "SELECT"


def _open_door(table: Table, policy: Policy) -> Finding:
    who = ", ".join(policy.roles) or "everybody"
    return Finding(
        table.label,
        "",
        f"The policy {policy.name} on {table.label} lets {who} through to every row.",
        (f"FOR {policy.command} USING ({policy.using or '—'}) WITH CHECK ({policy.check or '—'})",),
        advice=f"ALTER POLICY {quoted(policy.name)} ON {table.sql} USING (…);",
        severity=Severity.HINT if policy.roles else None,
    )


@rule("definer-search-path", Severity.WARNING, POSTGRESQL)
def definer_search_path(inspection: Inspection) -> Iterator[Finding]:
    """A SECURITY DEFINER function trusts the caller's search_path: a caller can slip in objects that run as its owner.

    Fix: fix the search_path on the function.
    """
    for function in inspection.database.functions:
        if function.definer and function.search_path is None:
            schema = quoted(function.schema)
            sql = f"ALTER FUNCTION {function.signature} SET search_path = pg_catalog, {schema}, pg_temp;"
            yield Finding(
                function.name,
                "",
                f"{function.name} runs with its owner's rights, but looks names up where its caller says.",
                ("SECURITY DEFINER without SET search_path",),
                fix=(Step(sql, Order.FUNCTION),),
            )

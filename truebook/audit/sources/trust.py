"""Whose code would run: what of a PostgreSQL database cannot be looked at without running its users' functions.

A database that is audited is somebody else's. Reading a table may run functions that its owner wrote, and so does
evaluating a default or a CHECK: with the rights of whoever audits. PostgreSQL's own functions are trusted, and those
that an extension brought, as long as a superuser owns them and they are written in C.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from truebook.audit.sources.source import Row

FOREIGN_CODE = """
foreign_code AS (
  SELECT p.oid, p.oid::regprocedure::text AS name
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
  WHERE (n.nspname NOT IN ('pg_catalog', 'information_schema') OR p.oid >= 16384)
    AND NOT (l.lanname IN ('c', 'internal')
             AND EXISTS (SELECT FROM pg_depend e
                         WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid AND e.deptype = 'e')
             AND EXISTS (SELECT FROM pg_roles r WHERE r.oid = p.proowner AND r.rolsuper))),
uses AS (  -- every object that depends on such a function: by itself, by an operator, or by a domain's CHECK
  SELECT d.classid, d.objid, d.objsubid, f.name FROM pg_depend d JOIN foreign_code f ON f.oid = d.refobjid
  WHERE d.refclassid = 'pg_proc'::regclass AND d.deptype <> 'e'
  UNION ALL
  SELECT d.classid, d.objid, d.objsubid, f.name FROM pg_depend d JOIN pg_operator o ON o.oid = d.refobjid
  JOIN foreign_code f ON f.oid = o.oprcode WHERE d.refclassid = 'pg_operator'::regclass AND d.deptype <> 'e'),
domains AS (
  SELECT c.contypid AS oid, u.name FROM pg_constraint c
  JOIN uses u ON u.classid = 'pg_constraint'::regclass AND u.objid = c.oid WHERE c.contypid <> 0
  UNION SELECT u.objid, u.name FROM uses u WHERE u.classid = 'pg_type'::regclass),
runs AS (
  SELECT classid, objid, objsubid, name FROM uses
  UNION ALL
  SELECT d.classid, d.objid, d.objsubid, t.name FROM pg_depend d JOIN domains t ON t.oid = d.refobjid
  WHERE d.refclassid = 'pg_type'::regclass AND d.deptype <> 'e')
"""
"""`runs` names, by the object that would run it, each function that is not PostgreSQL's own."""

READING = f"""
WITH RECURSIVE {FOREIGN_CODE},
parts AS (
  SELECT c.oid AS whole, c.oid AS part FROM pg_class c WHERE c.oid = ANY (%(tables)s)
  UNION SELECT p.whole, i.inhrelid FROM parts p JOIN pg_inherits i ON i.inhparent = p.part)
SELECT p.whole::int8, r.name FROM parts p JOIN pg_index i ON i.indrelid = p.part
  JOIN runs r ON r.classid = 'pg_class'::regclass AND r.objid = i.indexrelid
UNION SELECT p.whole::int8, r.name FROM parts p JOIN runs r ON r.classid = 'pg_class'::regclass AND r.objid = p.part
  AND r.objsubid = 0
UNION SELECT p.whole::int8, r.name FROM parts p JOIN pg_statistic_ext s ON s.stxrelid = p.part
  JOIN runs r ON r.classid = 'pg_statistic_ext'::regclass AND r.objid = s.oid
UNION SELECT p.whole::int8, r.name FROM parts p JOIN pg_policy o ON o.polrelid = p.part
  JOIN runs r ON r.classid = 'pg_policy'::regclass AND r.objid = o.oid WHERE row_security_active(p.whole)
UNION SELECT p.whole::int8, r.name FROM parts p JOIN pg_attrdef f ON f.adrelid = p.part
  JOIN pg_attribute a ON a.attrelid = f.adrelid AND a.attnum = f.adnum AND a.attgenerated <> ''
  JOIN runs r ON r.classid = 'pg_attrdef'::regclass AND r.objid = f.oid
UNION SELECT p.whole::int8, f.name FROM parts p JOIN pg_attribute a ON a.attrelid = p.part AND a.attnum > 0
  JOIN pg_type t ON t.oid = a.atttypid
  JOIN pg_cast k ON k.castsource IN (t.oid, t.typbasetype) JOIN foreign_code f ON f.oid = k.castfunc
UNION SELECT p.whole::int8, 'the foreign table ' || c.oid::regclass::text FROM parts p
  JOIN pg_class c ON c.oid = p.part AND c.relkind = 'f'
ORDER BY 1, 2"""
"""By table, what reading it would run: an index on an expression and a policy are enough for that."""

EVALUATING = f"""
WITH {FOREIGN_CODE}
SELECT pg_get_expr(f.adbin, f.adrelid), r.name FROM pg_attrdef f
  JOIN runs r ON r.classid = 'pg_attrdef'::regclass AND r.objid = f.oid WHERE f.adrelid = ANY (%(tables)s)
UNION SELECT pg_get_expr(c.conbin, c.conrelid), r.name FROM pg_constraint c
  JOIN runs r ON r.classid = 'pg_constraint'::regclass AND r.objid = c.oid
  WHERE c.conrelid = ANY (%(tables)s) AND c.conbin IS NOT NULL
UNION SELECT pg_get_expr(i.indpred, i.indrelid), r.name FROM pg_index i
  JOIN runs r ON r.classid = 'pg_class'::regclass AND r.objid = i.indexrelid
  WHERE i.indrelid = ANY (%(tables)s) AND i.indpred IS NOT NULL
UNION SELECT t.typdefault, r.name FROM pg_type t
  JOIN runs r ON r.classid = 'pg_type'::regclass AND r.objid = t.oid WHERE t.typdefault IS NOT NULL
UNION SELECT format('AS %%s)', format_type(t.oid, NULL)), d.name FROM pg_type t JOIN domains d ON d.oid = t.oid"""
"""Texts of the catalog that call such functions; of a domain whose CHECK does, the words of a cast to it."""

VOLATILE = """
SELECT proname FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND (provolatile = 'v' OR proname ~ '_xml')
  AND proname NOT IN ('gen_random_uuid', 'uuidv4', 'uuidv7', 'clock_timestamp', 'timeofday', 'random', 'nextval')
GROUP BY 1"""
"""PostgreSQL's own functions that do more than answer (read files, end sessions, run a query that is given as text)."""

PRIVILEGED = """
SELECT coalesce(bool_or(rolsuper), false)
       OR coalesce(bool_or(pg_has_role(current_user, g.oid, 'USAGE') AND g.rolname IN
                           ('pg_execute_server_program', 'pg_write_server_files')), false)
FROM pg_roles g WHERE g.rolname IN ('pg_execute_server_program', 'pg_write_server_files') OR g.rolname = current_user"""
"""Whether code that runs for this session could do more than read and write this database."""

_CALLED = re.compile(r'(?:"((?:[^"]|"")+)"|([\w$]+))\s*\(')


@dataclass(frozen=True)
class Trust:
    """What must not be asked, as texts that a question would hold, each with the reason in a few words."""

    guarded: dict[str, str] = field(default_factory=dict)

    def against(self, question: str) -> str:
        """Return why a question must not be asked; empty where it may."""
        return next((reason for text, reason in self.guarded.items() if text in question), "")


def unread(rows: Iterable[Row], tables: dict[int, str]) -> dict[str, str]:
    """Return the tables (as questions quote them) that cannot be read without running somebody's code."""
    found: dict[str, list[str]] = {}
    for oid, name in rows:
        found.setdefault(tables[oid], []).append(name)
    return {table: f"reading it would run {_some(names)}" for table, names in found.items()}


def unevaluated(rows: Iterable[Row], texts: Iterable[str], volatile: Iterable[str]) -> dict[str, str]:
    """Return the expressions that must not be evaluated: those of `rows`, and texts that call a function which acts."""
    found = {text: f"evaluating it would run {name}" for text, name in rows}
    acting = set(volatile)
    for text in texts:
        called = {quoted or plain for quoted, plain in _CALLED.findall(text)} & acting
        if called and text not in found:
            found[text] = f"evaluating it would run {_some(sorted(called))}"
    return found


def _some(names: list[str]) -> str:
    return names[0] + (f" and {len(names) - 1} more" if len(names) > 1 else "")

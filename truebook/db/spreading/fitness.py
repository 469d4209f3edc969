"""Whether each table's rows could lie on several servers: what the catalog says, on any PostgreSQL."""

import psycopg

from truebook.db.spreading.places import COORDINATORS, EVERYBODYS

UNFIT = r"""
WITH t AS (
  SELECT c.oid, c.relname, c.relname = ANY(%(everybodys)s) AS everybodys,
         (SELECT a.attnum FROM pg_attribute a WHERE a.attrelid = c.oid AND NOT a.attisdropped
             AND a.attname IN ('tenant_id', 'account_id') ORDER BY a.attname DESC LIMIT 1) AS tenant
  FROM pg_class c WHERE c.relnamespace = to_regnamespace('truebook') AND c.relkind = 'r'
    AND c.relname <> ALL(%(coordinators)s)),
k AS (SELECT * FROM t WHERE NOT everybodys)
SELECT relname, relname::text, 'no column says whose a row is: tenant_id, or account_id' FROM k WHERE tenant IS NULL
UNION ALL SELECT k.relname, o.conname, 'the tenant is not first in this key' FROM k
  JOIN pg_constraint o ON o.conrelid = k.oid
  WHERE o.contype IN ('p', 'u', 'x') AND o.conkey[1] <> k.tenant
UNION ALL SELECT k.relname, i.indexrelid::regclass::text, 'unique without the tenant' FROM k
  JOIN pg_index i ON i.indrelid = k.oid
  WHERE i.indisunique AND NOT k.tenant = ANY(i.indkey::int2[])
UNION ALL SELECT k.relname, o.conname, 'this foreign key lacks the tenant' FROM k
  JOIN pg_constraint o ON o.conrelid = k.oid
  JOIN k AS target ON target.oid = o.confrelid WHERE o.contype = 'f' AND NOT k.tenant = ANY(o.conkey)
UNION ALL SELECT t.relname, o.conname, 'what is everybody''s points at what is a business''s' FROM t
  JOIN pg_constraint o ON o.conrelid = t.oid JOIN k ON k.oid = o.confrelid WHERE o.contype = 'f' AND t.everybodys
UNION ALL SELECT t.relname, o.conname, 'sets NULL, or follows an update' FROM t
  JOIN pg_constraint o ON o.conrelid = t.oid
  WHERE o.contype = 'f' AND (o.confdeltype IN ('n', 'd') OR o.confupdtype <> 'a')
UNION ALL SELECT t.relname, a.attname, 'takes numbers from a sequence' FROM t JOIN pg_attrdef d ON d.adrelid = t.oid
  JOIN pg_attribute a ON (a.attrelid, a.attnum) = (d.adrelid, d.adnum)
  WHERE pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval%%'
UNION ALL SELECT t.relname, g.tgname, 'this trigger ' || f.problem FROM t JOIN pg_trigger g ON g.tgrelid = t.oid
  JOIN pg_proc p ON p.oid = g.tgfoid
  CROSS JOIN LATERAL (VALUES
    ('calls the job queue, which is on the coordinator', p.prosrc ~ 'procrastinate_'),
    ('calls out (pg_notify): use call_out_to', p.prosrc ~ 'pg_notify'),
    ('writes what is everybody''s',
     p.prosrc ~ ('(INSERT INTO|UPDATE|DELETE FROM) (truebook\.)?(' || %(alternatives)s || ')\M')),
    ('of a table that is everybody''s writes elsewhere',
     t.everybodys AND p.prosrc ~ '(INSERT INTO|UPDATE|DELETE FROM) '),
    ('has a subquery within VALUES', p.prosrc ~ 'VALUES *\([^;]*\(SELECT'),
    ('changes rows within WITH', p.prosrc ~ '\mAS \((INSERT|UPDATE|DELETE)'),
    ('inserts what it selects', p.prosrc ~ 'INSERT INTO [^;]*\)\s+SELECT')
  ) AS f(problem, there) WHERE NOT g.tgisinternal AND f.there
ORDER BY 1, 2
"""


def unfit(connection: psycopg.Connection) -> list[tuple[str, str, str]]:
    """Return what keeps tables from being spread by business: table, what of it, and why; empty where nothing does."""
    params = {
        "everybodys": list(EVERYBODYS), "coordinators": list(COORDINATORS), "alternatives": "|".join(EVERYBODYS),
    }  # fmt: skip
    return [(row[0], row[1], row[2]) for row in connection.execute(UNFIT, params)]

"""The questions to PostgreSQL's catalog (versions 12 to 18). `%(tables)s` is an array of table oids."""

TABLES = """
SELECT c.oid::int8, n.nspname, c.relname, c.reltuples, pg_relation_size(c.oid), c.relrowsecurity, c.relforcerowsecurity,
       coalesce(obj_description(c.oid, 'pg_class'), '')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'
  AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%%'
  AND (%(schemas)s::text[] = '{}' OR n.nspname = ANY (%(schemas)s))
  AND NOT EXISTS (SELECT FROM pg_depend d
                  WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY 2, 3"""

COLUMNS = """
SELECT a.attrelid::int8, a.attname, format_type(a.atttypid, a.atttypmod), b.typname, b.typtype, NOT a.attnotnull,
       coalesce(pg_get_expr(d.adbin, d.adrelid), t.typdefault), a.attidentity, a.attgenerated,
       coalesce(col_description(a.attrelid, a.attnum), '')
FROM pg_attribute a
JOIN pg_type t ON t.oid = a.atttypid
JOIN pg_type b ON b.oid = CASE t.typtype WHEN 'd' THEN t.typbasetype ELSE t.oid END
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attrelid = ANY (%(tables)s) AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attrelid, a.attnum"""

CONSTRAINTS = """
SELECT c.conrelid::int8, c.contype, c.conname,
       ARRAY(SELECT a.attname::text FROM unnest(c.conkey) WITH ORDINALITY k(n, i)
             JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.n ORDER BY k.i),
       c.confrelid::int8,
       ARRAY(SELECT a.attname::text FROM unnest(c.confkey) WITH ORDINALITY k(n, i)
             JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.n ORDER BY k.i),
       c.confdeltype, c.convalidated AND coalesce((to_jsonb(c) ->> 'conenforced')::boolean, true),
       coalesce(pg_get_expr(c.conbin, c.conrelid), ''), pg_get_constraintdef(c.oid),
       coalesce((SELECT pg_get_expr(i.indpred, i.indrelid) FROM pg_index i WHERE i.indexrelid = c.conindid), '')
FROM pg_constraint c
WHERE c.conrelid = ANY (%(tables)s) AND c.contype IN ('p', 'f', 'c', 'x')
ORDER BY c.conrelid, c.conname"""

INDEXES = """
SELECT i.indrelid::int8, x.relname,
       ARRAY(SELECT coalesce((SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = i.indrelid
                              AND a.attnum = i.indkey[k - 1] AND a.attnum > 0), pg_get_indexdef(i.indexrelid, k, true))
             FROM generate_series(1, i.indnkeyatts) k ORDER BY k),
       i.indisunique, i.indisprimary,
       EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x')),
       i.indisvalid AND i.indisready, m.amname, coalesce(pg_get_expr(i.indpred, i.indrelid), ''),
       pg_get_indexdef(i.indexrelid),
       concat_ws(' ', i.indclass, i.indcollation, i.indoption, i.indnatts - i.indnkeyatts,
                 to_jsonb(i) ->> 'indnullsnotdistinct')
FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_am m ON m.oid = x.relam
WHERE i.indrelid = ANY (%(tables)s) ORDER BY i.indrelid, x.relname"""

TRIGGERS = """
SELECT t.tgrelid::int8, t.tgname, p.proname, pg_get_triggerdef(t.oid)
FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
WHERE t.tgrelid = ANY (%(tables)s) AND NOT t.tgisinternal ORDER BY 1, 2"""

POLICIES = """
SELECT p.polrelid::int8, p.polname, p.polcmd, coalesce(pg_get_expr(p.polqual, p.polrelid), ''),
       coalesce(pg_get_expr(p.polwithcheck, p.polrelid), ''),
       ARRAY(SELECT r.rolname::text FROM pg_roles r WHERE r.oid = ANY (p.polroles) ORDER BY 1), p.polpermissive
FROM pg_policy p WHERE p.polrelid = ANY (%(tables)s) ORDER BY 1, 2"""

FUNCTIONS = """
SELECT n.nspname || '.' || p.proname, p.oid::regprocedure::text, l.lanname, p.prosrc, p.prosecdef,
       (SELECT substr(s, 13) FROM unnest(p.proconfig) s WHERE s LIKE 'search_path=%%'), n.nspname
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%%' AND p.prokind IN ('f', 'p')
  AND (%(schemas)s::text[] = '{}' OR n.nspname = ANY (%(schemas)s))
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
ORDER BY 1, 2"""

SEQUENCES = """
SELECT s.seqrelid::regclass::text, owner.refobjid::int8, a.attname,
       CASE WHEN has_sequence_privilege(s.seqrelid, 'USAGE, SELECT') THEN pg_sequence_last_value(s.seqrelid) END,
       s.seqstart, s.seqmax, s.seqincrement, format_type(s.seqtypid, NULL)
FROM pg_sequence s
JOIN (SELECT objid AS seq, refobjid, refobjsubid FROM pg_depend
      WHERE classid = 'pg_class'::regclass AND refclassid = 'pg_class'::regclass AND deptype IN ('a', 'i')
      UNION
      SELECT d.refobjid, f.adrelid, f.adnum FROM pg_depend d JOIN pg_attrdef f ON f.oid = d.objid
      WHERE d.classid = 'pg_attrdef'::regclass AND d.refclassid = 'pg_class'::regclass) owner ON owner.seq = s.seqrelid
JOIN pg_attribute a ON a.attrelid = owner.refobjid AND a.attnum = owner.refobjsubid
WHERE owner.refobjid = ANY (%(tables)s) ORDER BY 1"""

ENUMS = """
SELECT t.typname, array_agg(e.enumlabel::text ORDER BY e.enumsortorder)
FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid GROUP BY 1"""

VIEWS = """
SELECT c.relname, pg_get_viewdef(c.oid) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('v', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
  AND NOT EXISTS (SELECT FROM pg_depend d
                  WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')"""

TEXTS = """
SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = ANY (%(tables)s)
UNION SELECT pg_get_expr(conbin, conrelid) FROM pg_constraint WHERE conrelid = ANY (%(tables)s) AND conbin IS NOT NULL
UNION SELECT pg_get_expr(indpred, indrelid) FROM pg_index WHERE indrelid = ANY (%(tables)s) AND indpred IS NOT NULL
UNION SELECT typdefault FROM pg_type WHERE typdefault IS NOT NULL"""
"""Every expression that a rule may want to evaluate."""

NAMES = """
SELECT proname::text FROM pg_proc UNION SELECT typname::text FROM pg_type UNION SELECT relname::text FROM pg_class
UNION SELECT word FROM pg_get_keywords()"""
"""Everything that may stand before a bracket in SQL."""

EXTENSIONS = "SELECT extname FROM pg_extension"
AVAILABLE = "SELECT name FROM pg_available_extensions"
HIDDEN = """
SELECT c.relname FROM pg_class c WHERE c.oid = ANY (%(tables)s) AND row_security_active(c.oid)"""

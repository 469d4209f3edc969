-- Whose a row in quarantine is: no key, for its business may be in quarantine itself. NULL is nobody's: the operator's.
ALTER TABLE truebook.import_quarantine ADD COLUMN account_id uuid;
COMMENT ON COLUMN truebook.import_quarantine.account_id IS
  'whose the row is, also where that business was refused; NULL: not known, the operator''s alone';
-- Of what lies there already it is known where a row names a business that came from the same database, by that very id.
-- The next import of that database says it of the others.
DO $$ BEGIN
  PERFORM pg_catalog.set_config('truebook.scope', 'operator', true);
  UPDATE truebook.import_quarantine q SET account_id = m.new_id
  FROM truebook.import_runs r, truebook.import_id_map m, truebook.import_runs o
  WHERE r.id = q.run_id AND o.id = m.run_id AND o.source_fingerprint = r.source_fingerprint
    AND m.source_table = 'accounts'
    AND m.source_id = coalesce(q.row_data ->> 'account_id', q.row_data ->> 'tenant_id', q.row_data ->> 'accountId');
  PERFORM pg_catalog.set_config('truebook.scope', '', true);
END $$;

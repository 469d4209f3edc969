-- FORCE binds the owner as well: without this no row would be found.
ALTER TABLE truebook.checks NO FORCE ROW LEVEL SECURITY;
UPDATE truebook.checks SET verdict = 'unplayed' WHERE verdict = 'budget';
ALTER TABLE truebook.checks FORCE ROW LEVEL SECURITY;
ALTER TABLE truebook.checks DROP CONSTRAINT checks_verdict_check;
ALTER TABLE truebook.checks ADD CONSTRAINT checks_verdict_check
  CHECK (verdict IN ('good','slow','stuck','wrong','untrue','unplayed'));

ALTER TABLE truebook.checks DROP CONSTRAINT checks_verdict_check;
ALTER TABLE truebook.checks ADD CONSTRAINT checks_verdict_check
  CHECK (verdict IN ('good','slow','stuck','wrong','untrue','unplayed','budget')) NOT VALID;
ALTER TABLE truebook.checks VALIDATE CONSTRAINT checks_verdict_check;

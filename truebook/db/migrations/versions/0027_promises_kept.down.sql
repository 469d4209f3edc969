DROP INDEX truebook.webhook_updates_parked;
ALTER TABLE truebook.alerts NO FORCE ROW LEVEL SECURITY;
DELETE FROM truebook.alerts WHERE kind IN ('untold','waiting');
ALTER TABLE truebook.alerts FORCE ROW LEVEL SECURITY;
ALTER TABLE truebook.alerts DROP CONSTRAINT alerts_kind_check, ADD CONSTRAINT alerts_kind_check CHECK (kind IN
  ('not_told','unknown_outcome','number_stopped','template','mistake','too_many_answers','wrong_claim'));
ALTER TABLE truebook.telling_settings
  DROP COLUMN undo_seconds, DROP COLUMN told_within_minutes, DROP COLUMN waits_minutes;

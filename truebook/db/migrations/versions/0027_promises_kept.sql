-- What staff change waits a little before it is told; what was told is held against the rows; who waits is not forgotten.
-- Runs with search_path = truebook.
ALTER TABLE truebook.telling_settings
  ADD COLUMN undo_seconds integer NOT NULL DEFAULT 10 CHECK (undo_seconds BETWEEN 0 AND 120),
  ADD COLUMN told_within_minutes integer NOT NULL DEFAULT 10 CHECK (told_within_minutes BETWEEN 2 AND 1440),
  ADD COLUMN waits_minutes integer NOT NULL DEFAULT 30 CHECK (waits_minutes BETWEEN 1 AND 1440);
ALTER TABLE truebook.alerts DROP CONSTRAINT alerts_kind_check, ADD CONSTRAINT alerts_kind_check CHECK (kind IN
  ('not_told','unknown_outcome','number_stopped','template','mistake','too_many_answers','wrong_claim','untold','waiting'));

-- A status may come before our own answer tells which message it is of.
CREATE INDEX webhook_updates_parked ON truebook.webhook_updates(account_id, number_id, (payload #>> '{status,id}'))
  WHERE state = 'parked';

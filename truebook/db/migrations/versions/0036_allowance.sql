-- A number whose free messages of the month are nearly used up is something to look at.
ALTER TABLE truebook.alerts DROP CONSTRAINT alerts_kind_check, ADD CONSTRAINT alerts_kind_check CHECK (kind IN
  ('not_told','unknown_outcome','number_stopped','template','mistake','too_many_answers','wrong_claim','untold','waiting',
   'allowance'));

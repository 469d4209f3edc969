-- Self-clocked fair queueing (Golestani, 1994) over the queue's own order, which is priority, then age. A job's place is
-- one behind the last of its business, or one behind what is under way where its business has none waiting; so it waits
-- for about one job of each other business, whatever they have piled up, and no stream of newcomers keeps it waiting for
-- ever. The place is stored as its negative, the priority. What failed counts while it waits to be tried again: what has
-- the same lock, and came later, must come later.
CREATE FUNCTION truebook.jobs_take_turns() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
  last integer;
  level integer;
BEGIN
  SELECT min(priority) INTO last FROM truebook.procrastinate_jobs
   WHERE queue_name = NEW.queue_name AND args ->> 'tenant' = NEW.args ->> 'tenant' AND status IN ('todo', 'doing');
  SELECT min(priority) INTO level FROM truebook.procrastinate_jobs
   WHERE queue_name = NEW.queue_name AND status = 'doing';
  IF level IS NULL THEN
    SELECT max(priority) INTO level FROM truebook.procrastinate_jobs
     WHERE queue_name = NEW.queue_name AND status = 'todo' AND scheduled_at IS NULL;
  END IF;
  NEW.priority := coalesce(least(last, level) - 1, 0);
  RETURN NEW;
END $$;
CREATE TRIGGER procrastinate_jobs_take_turns BEFORE INSERT ON truebook.procrastinate_jobs
  FOR EACH ROW WHEN (NEW.args ? 'tenant') EXECUTE FUNCTION truebook.jobs_take_turns();

CREATE INDEX procrastinate_jobs_turns_idx ON truebook.procrastinate_jobs (queue_name, (args ->> 'tenant'), priority)
  WHERE status IN ('todo', 'doing');
CREATE INDEX procrastinate_jobs_level_idx ON truebook.procrastinate_jobs (queue_name, status, priority)
  WHERE status IN ('todo', 'doing');
-- who is ahead with the same lock: procrastinate's own index begins with the id, and is read from end to end for this
CREATE INDEX procrastinate_jobs_ahead_idx ON truebook.procrastinate_jobs (lock, priority DESC, id)
  WHERE status IN ('todo', 'doing');

UPDATE truebook.procrastinate_jobs SET queue_name = CASE
    WHEN task_name IN ('message_received', 'outcome_open') THEN 'turns'
    WHEN task_name = 'appointment_changed' THEN 'outbound' ELSE 'chores' END
 WHERE queue_name = 'default';

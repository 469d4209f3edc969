UPDATE truebook.procrastinate_jobs SET queue_name = 'default', priority = 0
 WHERE queue_name IN ('inbound', 'turns', 'outbound', 'chores');
DROP INDEX truebook.procrastinate_jobs_ahead_idx, truebook.procrastinate_jobs_level_idx,
           truebook.procrastinate_jobs_turns_idx;
DROP TRIGGER procrastinate_jobs_take_turns ON truebook.procrastinate_jobs;
DROP FUNCTION truebook.jobs_take_turns();

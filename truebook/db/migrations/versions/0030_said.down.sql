DROP FUNCTION truebook.call_out_talk() CASCADE;

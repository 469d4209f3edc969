-- Open inboxes hear that something was said, or that a chat changed hands: the business's id, once a transaction, on a
-- channel of its own, so that calendars are not drawn anew for it.
CREATE FUNCTION truebook.call_out_talk() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  PERFORM pg_catalog.pg_notify('truebook_said', coalesce(NEW.account_id, OLD.account_id)::text);
  RETURN NULL;
END $$;
CREATE TRIGGER messages_call_out AFTER INSERT OR UPDATE OF content, delivery OR DELETE ON truebook.messages
  FOR EACH ROW EXECUTE FUNCTION truebook.call_out_talk();
CREATE TRIGGER conversations_call_out AFTER UPDATE OF status ON truebook.conversations
  FOR EACH ROW WHEN (NEW.status <> OLD.status) EXECUTE FUNCTION truebook.call_out_talk();

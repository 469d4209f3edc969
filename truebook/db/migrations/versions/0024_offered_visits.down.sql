DROP TRIGGER conversations_let_go_series ON truebook.conversations;
ALTER TABLE truebook.appointment_series DROP COLUMN conversation_id, DROP COLUMN source;
ALTER TABLE truebook.offers
  DROP COLUMN appointment_id, DROP COLUMN seats, DROP COLUMN session_id, DROP COLUMN segments;

DROP TRIGGER messages_let_go_reminders ON truebook.messages;
ALTER TABLE truebook.appointments DROP COLUMN confirmed_by_customer_at;
DROP TABLE truebook.reminders, truebook.telling_settings;

-- A keyed digest of the line and the day: it tells which chats began there that day, and leads nobody to the address.
ALTER TABLE truebook.conversations ADD COLUMN line text;

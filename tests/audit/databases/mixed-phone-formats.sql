-- @both faulty
CREATE TABLE customers (id integer NOT NULL PRIMARY KEY, phone text NOT NULL);
INSERT INTO customers VALUES (1, '+436601234567'), (2, '0660/7654321');
-- @both sound
CREATE TABLE customers (id integer NOT NULL PRIMARY KEY, phone text, note text);
INSERT INTO customers VALUES (1, '+436601234567', '0660'), (2, NULL, '');

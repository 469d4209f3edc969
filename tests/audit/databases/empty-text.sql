-- @both faulty
CREATE TABLE customers (id integer NOT NULL PRIMARY KEY, name text NOT NULL);
INSERT INTO customers VALUES (1, ' ');
-- @both sound
CREATE TABLE customers (id integer NOT NULL PRIMARY KEY, name text NOT NULL, notes text NOT NULL);
INSERT INTO customers VALUES (1, 'Ann', '');

-- @both faulty
CREATE TABLE accounts (id integer NOT NULL PRIMARY KEY, name text NOT NULL);
CREATE TABLE staff (id integer NOT NULL PRIMARY KEY, account_id integer REFERENCES accounts (id), name text NOT NULL);
CREATE TABLE rooms (id integer NOT NULL PRIMARY KEY, account_id integer REFERENCES accounts (id), name text NOT NULL);
INSERT INTO accounts VALUES (1, 'one');
INSERT INTO rooms VALUES (10, 1, 'red'), (20, NULL, 'blue');
-- @both sound
CREATE TABLE accounts (id integer NOT NULL PRIMARY KEY, name text NOT NULL);
CREATE TABLE staff (id integer NOT NULL PRIMARY KEY, account_id integer REFERENCES accounts (id), name text NOT NULL);
CREATE TABLE rooms (id integer NOT NULL PRIMARY KEY, account_id integer REFERENCES accounts (id), name text NOT NULL);
INSERT INTO accounts VALUES (1, 'one');
INSERT INTO rooms VALUES (10, 1, 'red'), (20, 1, 'blue');

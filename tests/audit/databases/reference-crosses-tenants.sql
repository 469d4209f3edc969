-- @both faulty
CREATE TABLE accounts (id integer NOT NULL PRIMARY KEY, name text NOT NULL);
CREATE TABLE staff (id integer NOT NULL PRIMARY KEY, account_id integer NOT NULL REFERENCES accounts (id), name text NOT NULL);
CREATE TABLE rooms (id integer NOT NULL PRIMARY KEY, account_id integer NOT NULL REFERENCES accounts (id), name text NOT NULL);
CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, account_id integer NOT NULL REFERENCES accounts (id), room_id integer NOT NULL REFERENCES rooms (id));
INSERT INTO accounts VALUES (1, 'one'), (2, 'two');
INSERT INTO rooms VALUES (10, 1, 'red'), (20, 2, 'blue');
INSERT INTO visits VALUES (1, 1, 10), (2, 1, 20);
-- @both sound
CREATE TABLE accounts (id integer NOT NULL PRIMARY KEY, name text NOT NULL);
CREATE TABLE staff (id integer NOT NULL PRIMARY KEY, account_id integer NOT NULL REFERENCES accounts (id), name text NOT NULL);
CREATE TABLE rooms (id integer NOT NULL PRIMARY KEY, account_id integer NOT NULL REFERENCES accounts (id), name text NOT NULL);
CREATE UNIQUE INDEX rooms_of_account ON rooms (account_id, id);
CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, account_id integer NOT NULL REFERENCES accounts (id), room_id integer NOT NULL,
  FOREIGN KEY (account_id, room_id) REFERENCES rooms (account_id, id));
INSERT INTO accounts VALUES (1, 'one'), (2, 'two');
INSERT INTO rooms VALUES (10, 1, 'red'), (20, 2, 'blue');
INSERT INTO visits VALUES (1, 1, 10), (2, 2, 20);

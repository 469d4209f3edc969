-- @both faulty
CREATE TABLE accounts (id text NOT NULL PRIMARY KEY, name text NOT NULL);
CREATE TABLE staff (id text NOT NULL PRIMARY KEY, account_id text NOT NULL REFERENCES accounts (id), name text NOT NULL);
CREATE TABLE rooms (id text NOT NULL PRIMARY KEY, account_id text NOT NULL REFERENCES accounts (id), name text NOT NULL);
INSERT INTO accounts VALUES ('susi', 'Susi'), ('default-account', 'Default');
INSERT INTO rooms VALUES ('r', 'susi', 'red'), ('s', 'default-account', 'blue');
-- @both sound
CREATE TABLE accounts (id text NOT NULL PRIMARY KEY, name text NOT NULL);
CREATE TABLE staff (id text NOT NULL PRIMARY KEY, account_id text NOT NULL REFERENCES accounts (id), name text NOT NULL);
CREATE TABLE rooms (id text NOT NULL PRIMARY KEY, account_id text NOT NULL REFERENCES accounts (id), name text NOT NULL);
INSERT INTO accounts VALUES ('susi', 'Susi'), ('defaults-and-more', 'A shop');
INSERT INTO rooms VALUES ('r', 'susi', 'red'), ('s', 'defaults-and-more', 'blue');

-- @both faulty
CREATE TABLE accounts (id integer NOT NULL PRIMARY KEY, name text NOT NULL);
CREATE TABLE staff (id integer NOT NULL PRIMARY KEY, account_id integer NOT NULL REFERENCES accounts (id), name text NOT NULL);
CREATE TABLE rooms (id integer NOT NULL PRIMARY KEY, account_id integer NOT NULL REFERENCES accounts (id), name text NOT NULL);
CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, account_id integer NOT NULL REFERENCES accounts (id), starts_at timestamp NOT NULL, duration integer NOT NULL CHECK (duration > 0));
CREATE INDEX visits_hot ON visits (account_id);
-- @both sound
CREATE TABLE accounts (id integer NOT NULL PRIMARY KEY, name text NOT NULL);
CREATE TABLE staff (id integer NOT NULL PRIMARY KEY, account_id integer NOT NULL REFERENCES accounts (id), name text NOT NULL);
CREATE TABLE rooms (id integer NOT NULL PRIMARY KEY, account_id integer NOT NULL REFERENCES accounts (id), name text NOT NULL);
CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, account_id integer NOT NULL REFERENCES accounts (id), starts_at timestamp NOT NULL, duration integer NOT NULL CHECK (duration > 0));
CREATE INDEX visits_hot ON visits (account_id, starts_at);

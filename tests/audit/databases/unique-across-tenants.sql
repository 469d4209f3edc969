-- @both faulty
CREATE TABLE accounts (id integer NOT NULL PRIMARY KEY, name text NOT NULL);
CREATE TABLE staff (id integer NOT NULL PRIMARY KEY, account_id integer NOT NULL REFERENCES accounts (id), name text NOT NULL);
CREATE TABLE rooms (id integer NOT NULL PRIMARY KEY, account_id integer NOT NULL REFERENCES accounts (id), name text NOT NULL);
CREATE TABLE holidays (id integer NOT NULL PRIMARY KEY, account_id integer NOT NULL REFERENCES accounts (id), day date NOT NULL);
CREATE UNIQUE INDEX holidays_day ON holidays (day);
-- @both sound
CREATE TABLE accounts (id integer NOT NULL PRIMARY KEY, name text NOT NULL);
CREATE TABLE staff (id integer NOT NULL PRIMARY KEY, account_id integer NOT NULL REFERENCES accounts (id), name text NOT NULL);
CREATE TABLE rooms (id integer NOT NULL PRIMARY KEY, account_id integer NOT NULL REFERENCES accounts (id), name text NOT NULL);
CREATE TABLE holidays (id integer NOT NULL PRIMARY KEY, account_id integer NOT NULL REFERENCES accounts (id), day date NOT NULL);
CREATE UNIQUE INDEX holidays_day ON holidays (account_id, day);
CREATE TABLE countries (code text NOT NULL PRIMARY KEY, name text NOT NULL UNIQUE);

-- @postgresql faulty
CREATE TABLE accounts (id integer NOT NULL PRIMARY KEY, name text NOT NULL);
CREATE TABLE staff (id integer NOT NULL PRIMARY KEY, account_id integer NOT NULL REFERENCES accounts (id), name text NOT NULL);
CREATE TABLE rooms (id integer NOT NULL PRIMARY KEY, account_id integer NOT NULL REFERENCES accounts (id), name text NOT NULL);
-- @postgresql sound
CREATE TABLE accounts (id integer NOT NULL PRIMARY KEY, name text NOT NULL);
CREATE TABLE staff (id integer NOT NULL PRIMARY KEY, account_id integer NOT NULL REFERENCES accounts (id), name text NOT NULL);
CREATE TABLE rooms (id integer NOT NULL PRIMARY KEY, account_id integer NOT NULL REFERENCES accounts (id), name text NOT NULL);
ALTER TABLE staff ENABLE ROW LEVEL SECURITY;
ALTER TABLE rooms ENABLE ROW LEVEL SECURITY;
CREATE POLICY mine ON staff USING (account_id = current_setting('app.account')::integer);
CREATE POLICY mine ON rooms USING (account_id = current_setting('app.account')::integer);

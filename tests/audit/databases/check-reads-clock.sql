-- @postgresql faulty
CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, starts_at timestamptz NOT NULL CHECK (starts_at > CURRENT_TIMESTAMP));
-- @sqlite faulty
CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, starts_at text NOT NULL CHECK (starts_at > datetime('now')));
-- @both sound
CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, starts_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP, ends_at timestamp NOT NULL, CHECK (ends_at > starts_at));

-- @postgresql faulty
CREATE TABLE visits (id integer PRIMARY KEY, starts_at timestamp NOT NULL);
-- @postgresql sound
CREATE TABLE visits (id integer PRIMARY KEY, starts_at timestamptz NOT NULL, day date NOT NULL);

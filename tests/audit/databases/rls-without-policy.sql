-- @postgresql faulty
CREATE TABLE visits (id integer PRIMARY KEY, owner text NOT NULL);
ALTER TABLE visits ENABLE ROW LEVEL SECURITY;
-- @postgresql sound
CREATE TABLE visits (id integer PRIMARY KEY, owner text NOT NULL);
ALTER TABLE visits ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON visits USING (owner = current_user);

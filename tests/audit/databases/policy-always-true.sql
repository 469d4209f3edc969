-- @postgresql faulty
CREATE TABLE visits (id integer PRIMARY KEY, owner text NOT NULL);
ALTER TABLE visits ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON visits USING (owner = current_user);
CREATE POLICY everything ON visits USING (true);
-- @postgresql sound
CREATE TABLE visits (id integer PRIMARY KEY, owner text NOT NULL);
ALTER TABLE visits ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON visits USING (owner = current_user);
CREATE POLICY catalogue ON visits FOR SELECT USING (true);

-- @postgresql12 faulty
CREATE TABLE visits (id uuid PRIMARY KEY, name text);
-- @postgresql sound
CREATE TABLE visits (id uuid PRIMARY KEY, name text);

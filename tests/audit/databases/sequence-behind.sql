-- @postgresql faulty
CREATE TABLE visits (id serial PRIMARY KEY, name text);
INSERT INTO visits VALUES (1, 'a'), (2, 'b');
-- @postgresql sound
CREATE TABLE visits (id serial PRIMARY KEY, name text);
INSERT INTO visits (name) VALUES ('a'), ('b');
CREATE TABLE fresh (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text);

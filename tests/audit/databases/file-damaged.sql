-- @sqlite faulty
CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, name text);
CREATE INDEX visits_name ON visits (name);
INSERT INTO visits VALUES (1, 'Ann'), (2, 'Bob');
-- the damage itself is done by the test
-- @sqlite sound
CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, name text);
CREATE INDEX visits_name ON visits (name);
INSERT INTO visits VALUES (1, 'Ann'), (2, 'Bob');

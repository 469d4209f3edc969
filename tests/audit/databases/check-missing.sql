-- @both faulty
CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, duration integer NOT NULL);
INSERT INTO visits VALUES (1, 30), (2, 0), (3, -30);
-- @both sound
CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, duration integer NOT NULL CHECK (duration > 0), number integer);
INSERT INTO visits VALUES (1, 30, -1);

-- @sqlite faulty
CREATE TABLE days (id integer NOT NULL PRIMARY KEY, recurring boolean NOT NULL);
INSERT INTO days VALUES (1, 1), (2, 'false'), (3, 0);
-- @sqlite sound
CREATE TABLE days (id integer NOT NULL PRIMARY KEY, recurring boolean NOT NULL, price decimal(10, 2));
INSERT INTO days VALUES (1, 1, 35.5), (2, 0, 10), (3, 0, NULL);

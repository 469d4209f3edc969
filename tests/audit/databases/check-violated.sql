-- @sqlite faulty
CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, duration integer NOT NULL CONSTRAINT positive CHECK (duration > 0));
PRAGMA ignore_check_constraints = ON;
INSERT INTO visits VALUES (1, -5);
-- @sqlite sound
CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, duration integer CONSTRAINT positive CHECK (duration > 0 /* ( */ AND ')' <> '('));
INSERT INTO visits VALUES (1, 5), (2, NULL);

-- @both faulty
CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, status text NOT NULL);
INSERT INTO visits VALUES (1, 'confirmed'), (2, 'cancelled');
-- @both sound
CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, status text NOT NULL CHECK (status IN ('confirmed', 'cancelled')));
INSERT INTO visits VALUES (1, 'confirmed'), (2, 'cancelled');

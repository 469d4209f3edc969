-- @both faulty
CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, status text NOT NULL);
INSERT INTO visits VALUES (1, 'confirmed'), (2, 'Confirmed'), (3, 'cancelled');
-- @both sound
CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, status text NOT NULL DEFAULT 'confirmed' CHECK (status IN ('confirmed', 'cancelled')));
CREATE VIEW open_visits AS SELECT * FROM visits WHERE status = 'confirmed';
INSERT INTO visits VALUES (1, 'confirmed'), (2, 'confirmed'), (3, 'cancelled');

-- @both faulty
CREATE TABLE salons (id integer NOT NULL PRIMARY KEY, timezone text NOT NULL);
CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, salon_id integer NOT NULL REFERENCES salons (id), starts_at timestamp NOT NULL, duration integer NOT NULL CHECK (duration > 0));
INSERT INTO salons VALUES (1, 'Europe/Berlin');
INSERT INTO visits VALUES (1, 1, '2025-03-30 02:30:00', 30), (2, 1, '2025-10-26 02:30:00', 30);
-- @both sound
CREATE TABLE salons (id integer NOT NULL PRIMARY KEY, timezone text NOT NULL);
CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, salon_id integer NOT NULL REFERENCES salons (id), starts_at timestamp NOT NULL, duration integer NOT NULL CHECK (duration > 0));
INSERT INTO salons VALUES (1, 'Europe/Berlin');
INSERT INTO visits VALUES (1, 1, '2025-03-30 03:30:00', 30), (2, 1, '2025-10-26 04:30:00', 30);

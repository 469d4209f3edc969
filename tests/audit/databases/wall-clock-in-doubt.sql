-- @postgresql faulty
CREATE TABLE salons (id integer NOT NULL PRIMARY KEY, timezone text NOT NULL);
CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, salon_id integer NOT NULL REFERENCES salons (id), starts_at timestamptz NOT NULL, duration integer NOT NULL CHECK (duration > 0));
INSERT INTO salons VALUES (1, 'Europe/Berlin');
INSERT INTO visits VALUES (1, 1, '2025-04-01 10:00:00+00', 30), (2, 1, '2025-04-01 12:30:00+00', 30);
-- @postgresql sound
CREATE TABLE salons (id integer NOT NULL PRIMARY KEY, timezone text NOT NULL);
CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, salon_id integer NOT NULL REFERENCES salons (id), starts_at timestamptz NOT NULL, duration integer NOT NULL CHECK (duration > 0));
INSERT INTO salons VALUES (1, 'UTC');
INSERT INTO visits VALUES (1, 1, '2025-04-01 10:00:00+00', 30), (2, 1, '2025-04-01 12:30:00+00', 30);

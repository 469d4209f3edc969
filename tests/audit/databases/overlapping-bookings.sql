-- @both faulty
CREATE TABLE appointments (id integer NOT NULL PRIMARY KEY, staff_id integer NOT NULL, starts_at timestamp NOT NULL, duration integer NOT NULL CHECK (duration > 0));
INSERT INTO appointments VALUES (1, 7, '2025-11-03 10:00:00', 30), (2, 7, '2025-11-03 10:15:00', 30);
-- @sqlite sound
CREATE TABLE shifts (id integer NOT NULL PRIMARY KEY, staff_id integer NOT NULL, starts_at timestamp NOT NULL, duration integer NOT NULL CHECK (duration > 0));
INSERT INTO shifts VALUES (1, 7, '2025-11-03 10:00:00', 30), (2, 7, '2025-11-03 10:15:00', 30);
-- @postgresql sound
CREATE EXTENSION btree_gist;
CREATE TABLE appointments (id integer NOT NULL PRIMARY KEY, staff_id integer NOT NULL, starts_at timestamptz NOT NULL, ends_at timestamptz NOT NULL,
  EXCLUDE USING gist (staff_id WITH =, tstzrange(starts_at, ends_at) WITH &&));

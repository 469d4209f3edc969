-- @postgresql faulty
CREATE EXTENSION btree_gist;
CREATE TABLE visits (id integer PRIMARY KEY, staff_id integer, during tstzrange NOT NULL,
  CONSTRAINT no_double EXCLUDE USING gist (staff_id WITH =, during WITH &&));
-- @postgresql sound
CREATE EXTENSION btree_gist;
CREATE TABLE visits (id integer PRIMARY KEY, staff_id integer, room_id integer NOT NULL, status text NOT NULL CHECK (status IN ('open', 'done')), during tstzrange NOT NULL,
  CONSTRAINT needs_staff CHECK (status <> 'open' OR staff_id IS NOT NULL),
  CONSTRAINT no_double EXCLUDE USING gist (staff_id WITH =, during WITH &&) WHERE (status = 'open'),
  CONSTRAINT no_double_room EXCLUDE USING gist (room_id WITH =, during WITH &&));

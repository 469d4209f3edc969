-- @both faulty
CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, status text NOT NULL DEFAULT 'booked' CHECK (status IN ('confirmed', 'cancelled')));
-- @both sound
CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, status text NOT NULL DEFAULT 'confirmed' CHECK (status IN ('confirmed', 'cancelled')));

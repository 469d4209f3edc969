-- @both faulty
CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, status text NOT NULL DEFAULT 'booked', extra text);
-- @both sound
CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, status text NOT NULL DEFAULT 'confirmed');

-- @postgresql faulty
CREATE TABLE visits (id integer PRIMARY KEY, duration integer NOT NULL);
ALTER TABLE visits ADD CONSTRAINT positive CHECK (duration > 0) NOT VALID;
-- @postgresql sound
CREATE TABLE visits (id integer PRIMARY KEY, duration integer NOT NULL);
ALTER TABLE visits ADD CONSTRAINT positive CHECK (duration > 0) NOT VALID;
ALTER TABLE visits VALIDATE CONSTRAINT positive;

-- @both faulty
CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, day date, name text);
CREATE INDEX visits_day ON visits (day);
CREATE INDEX visits_day_name ON visits (day, name);
-- @both sound
CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, day date, name text);
CREATE UNIQUE INDEX visits_name ON visits (name);
CREATE INDEX visits_day_name ON visits (day, name);

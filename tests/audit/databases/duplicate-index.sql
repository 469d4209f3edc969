-- @both faulty
CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, day date);
CREATE INDEX visits_day ON visits (day);
CREATE INDEX visits_by_day ON visits (day);
-- @both sound
CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, day date, name text);
CREATE INDEX visits_day ON visits (day);
CREATE INDEX visits_day_desc ON visits (day DESC);
CREATE INDEX visits_named ON visits (day) WHERE name IS NOT NULL;

-- @postgresql faulty
CREATE TABLE visits (id integer PRIMARY KEY, day date);
INSERT INTO visits VALUES (1, '2025-01-01'), (2, '2025-01-01');
-- the statement that leaves the broken index behind is run by the test: it must fail, outside a transaction
-- @postgresql sound
CREATE TABLE visits (id integer PRIMARY KEY, day date);
CREATE INDEX visits_day ON visits (day);

-- @both faulty
CREATE TABLE readings (sensor text NOT NULL, value integer);
INSERT INTO readings VALUES ('a', 1), ('a', 1);
-- @both sound
CREATE TABLE readings (sensor text NOT NULL, at text NOT NULL, value integer, PRIMARY KEY (sensor, at));

-- @both faulty
CREATE TABLE services (id integer NOT NULL PRIMARY KEY, duration_minutes integer CHECK (duration_minutes > 0));
INSERT INTO services VALUES (1, 30), (2, 45), (3, NULL);
-- @both sound
CREATE TABLE services (id integer NOT NULL PRIMARY KEY, duration_minutes integer NOT NULL CHECK (duration_minutes > 0), price integer CHECK (price >= 0));
INSERT INTO services VALUES (1, 30, NULL), (2, 45, NULL), (3, 45, 10);

-- @both faulty
CREATE TABLE salons (id integer NOT NULL PRIMARY KEY, timezone text);
INSERT INTO salons VALUES (1, 'Vienna'), (2, NULL);
-- @both sound
CREATE TABLE salons (id integer NOT NULL PRIMARY KEY, timezone text);
INSERT INTO salons VALUES (1, 'Europe/Vienna'), (2, 'UTC');

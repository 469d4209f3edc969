-- @both faulty
CREATE TABLE users (id integer NOT NULL PRIMARY KEY, email text NOT NULL);
INSERT INTO users VALUES (1, 'susi@example.test'), (2, 'SUSI@example.test');
-- @both sound
CREATE TABLE users (id integer NOT NULL PRIMARY KEY, email text NOT NULL);
INSERT INTO users VALUES (1, 'susi@example.test'), (2, 'Nora@example.test');

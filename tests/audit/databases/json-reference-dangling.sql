-- @both faulty
CREATE TABLE appointments (id varchar(36) NOT NULL PRIMARY KEY, name text);
CREATE TABLE messages (id integer NOT NULL PRIMARY KEY, metadata text);
INSERT INTO messages VALUES (1, '{"appointmentId": "A0000000000000000000000000000099"}');
-- @both sound
CREATE TABLE appointments (id varchar(36) NOT NULL PRIMARY KEY, name text);
CREATE TABLE messages (id integer NOT NULL PRIMARY KEY, metadata text);
INSERT INTO appointments VALUES ('a0000000-0000-0000-0000-000000000099', 'Ann');
INSERT INTO messages VALUES (1, '{"appointmentId": "A0000000000000000000000000000099", "providerId": "x"}'), (2, '{}');

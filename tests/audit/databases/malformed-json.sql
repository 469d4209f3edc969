-- @both faulty
CREATE TABLE hours (id integer NOT NULL PRIMARY KEY, weekly text NOT NULL);
INSERT INTO hours VALUES (1, '{"monday": {}}'), (2, '{"monday":{'), (3, '{}');
-- @both sound
CREATE TABLE hours (id integer NOT NULL PRIMARY KEY, weekly text NOT NULL, note text);
INSERT INTO hours VALUES (1, '{"monday": {}}', '{sic}'), (2, '[]', 'plain words'), (3, '{}', 'more words');

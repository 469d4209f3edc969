-- @sqlite faulty
CREATE TABLE accounts (id varchar(255) PRIMARY KEY, name text);
INSERT INTO accounts VALUES (NULL, 'nobody');
-- @sqlite sound
CREATE TABLE accounts (id varchar(255) NOT NULL PRIMARY KEY, name text);
CREATE TABLE visits (id integer PRIMARY KEY, name text);
CREATE TABLE codes (code text PRIMARY KEY, name text) WITHOUT ROWID;

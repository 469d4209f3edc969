-- @both faulty
CREATE TABLE accounts (id varchar(255) NOT NULL PRIMARY KEY, name text);
CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, account_id varchar(255));
INSERT INTO accounts VALUES ('703409ee-1105-41c0-9a7e-fb5b3612a135', 'Susi');
INSERT INTO visits VALUES (1, '703409EE110541C09A7EFB5B3612A135');
-- @both sound
CREATE TABLE accounts (id varchar(255) NOT NULL PRIMARY KEY, name text);
CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, account_id varchar(255));
INSERT INTO accounts VALUES ('703409ee-1105-41c0-9a7e-fb5b3612a135', 'Susi');
INSERT INTO visits VALUES (1, '703409ee-1105-41c0-9a7e-fb5b3612a135');

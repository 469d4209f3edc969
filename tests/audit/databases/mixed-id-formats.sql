-- @both faulty
CREATE TABLE accounts (id varchar(255) NOT NULL PRIMARY KEY, name text);
INSERT INTO accounts VALUES ('703409ee-1105-41c0-9a7e-fb5b3612a135', 'a'), ('A1B2C3D4E5F60718293A4B5C6D7E8F90', 'b'), ('first', 'c');
-- @both sound
CREATE TABLE accounts (id varchar(255) NOT NULL PRIMARY KEY, name text);
CREATE TABLE countries (code varchar(2) NOT NULL PRIMARY KEY, name text);
INSERT INTO accounts VALUES ('703409ee-1105-41c0-9a7e-fb5b3612a135', 'a'), ('a1b2c3d4-e5f6-4718-a93a-4b5c6d7e8f90', 'b');
INSERT INTO countries VALUES ('AT', 'Austria'), ('12', 'nowhere');

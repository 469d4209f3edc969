-- @both faulty
CREATE TABLE knex_migrations (id integer NOT NULL PRIMARY KEY, name varchar(255), batch integer);
CREATE TABLE accounts (id integer NOT NULL PRIMARY KEY, name text);
CREATE TABLE users (id integer NOT NULL PRIMARY KEY, account_id integer NOT NULL);
INSERT INTO knex_migrations VALUES (1, '001_create_accounts_and_users.js', 1), (2, '20251008000001_add_foreign_keys.js', 2);
-- @both sound
CREATE TABLE knex_migrations (id integer NOT NULL PRIMARY KEY, name varchar(255), batch integer);
CREATE TABLE accounts (id integer NOT NULL PRIMARY KEY, name text);
CREATE TABLE users (id integer NOT NULL PRIMARY KEY, account_id integer NOT NULL REFERENCES accounts (id));
INSERT INTO knex_migrations VALUES (1, '001_create_accounts_and_users.js', 1), (2, '20251008000001_add_foreign_keys.js', 2), (3, 'create_rooms.js', 3), (4, 'drop_rooms.js', 4);

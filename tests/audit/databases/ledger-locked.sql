-- @both faulty
CREATE TABLE knex_migrations_lock ("index" integer NOT NULL PRIMARY KEY, is_locked integer);
INSERT INTO knex_migrations_lock VALUES (1, 1);
-- @both sound
CREATE TABLE knex_migrations_lock ("index" integer NOT NULL PRIMARY KEY, is_locked integer);
INSERT INTO knex_migrations_lock VALUES (1, 0);

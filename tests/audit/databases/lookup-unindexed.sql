-- @both faulty
CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, customer_phone text);
-- @both sound
CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, customer_phone text, email text);
CREATE INDEX visits_phone ON visits (customer_phone);
CREATE UNIQUE INDEX visits_email ON visits (lower(email));

-- @sqlite faulty
CREATE TABLE orders (id integer NOT NULL PRIMARY KEY, customer_id integer NOT NULL REFERENCES clients (id));
-- @sqlite sound
CREATE TABLE clients (id integer NOT NULL PRIMARY KEY, name text);
CREATE TABLE orders (id integer NOT NULL PRIMARY KEY, customer_id integer NOT NULL REFERENCES clients);

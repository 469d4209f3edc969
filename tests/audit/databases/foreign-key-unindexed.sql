-- @both faulty
CREATE TABLE customers (id integer NOT NULL PRIMARY KEY, name text);
CREATE TABLE orders (id integer NOT NULL PRIMARY KEY, customer_id integer NOT NULL REFERENCES customers (id));
-- @both sound
CREATE TABLE customers (id integer NOT NULL PRIMARY KEY, name text);
CREATE TABLE orders (id integer NOT NULL PRIMARY KEY, customer_id integer NOT NULL REFERENCES customers (id), day date);
CREATE INDEX orders_customer ON orders (customer_id, day);

-- @sqlite faulty
CREATE TABLE customers (id integer NOT NULL PRIMARY KEY, name text);
CREATE TABLE orders (id integer NOT NULL PRIMARY KEY, customer_id integer NOT NULL REFERENCES customers (id));
INSERT INTO orders VALUES (1, 99);
-- @postgresql faulty
CREATE TABLE customers (id integer NOT NULL PRIMARY KEY, name text);
CREATE TABLE orders (id integer NOT NULL PRIMARY KEY, customer_id integer NOT NULL);
INSERT INTO orders VALUES (1, 99);
ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID;
-- @both sound
CREATE TABLE customers (id integer NOT NULL PRIMARY KEY, name text);
CREATE TABLE orders (id integer NOT NULL PRIMARY KEY, customer_id integer REFERENCES customers (id));
INSERT INTO customers VALUES (1, 'Ann');
INSERT INTO orders VALUES (1, 1), (2, NULL);

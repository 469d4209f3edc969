-- @both faulty
CREATE TABLE customers (id integer NOT NULL PRIMARY KEY, name text);
CREATE TABLE orders (id integer NOT NULL PRIMARY KEY, customer_id integer NOT NULL);
INSERT INTO customers VALUES (1, 'Ann'), (2, 'Bob');
INSERT INTO orders VALUES (1, 1), (2, 2), (3, 99);
-- @both sound
CREATE TABLE customers (id integer NOT NULL PRIMARY KEY, name text, stripe_customer_id text);
CREATE TABLE orders (id integer NOT NULL PRIMARY KEY, customer_id integer NOT NULL REFERENCES customers (id));
CREATE INDEX orders_customer ON orders (customer_id);
INSERT INTO customers VALUES (1, 'Ann', 'cus_9f3'), (2, 'Bob', 'cus_77a');
INSERT INTO orders VALUES (1, 1), (2, 2);

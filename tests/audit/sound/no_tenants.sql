-- A workshop's own database: serial ids, one business, an event log that outlives what it tells about, free text, a self reference.
CREATE TABLE users (id integer NOT NULL PRIMARY KEY, email text NOT NULL UNIQUE, name text NOT NULL, role text NOT NULL DEFAULT 'worker' CHECK (role IN ('worker', 'owner')),
  password_hash text, stripe_customer_id text);
CREATE TABLE categories (id integer NOT NULL PRIMARY KEY, parent_id integer REFERENCES categories (id), title text NOT NULL);
CREATE INDEX categories_parent ON categories (parent_id);
CREATE TABLE parts (id integer NOT NULL PRIMARY KEY, category_id integer NOT NULL REFERENCES categories (id), sku text NOT NULL UNIQUE, title text NOT NULL,
  quantity integer NOT NULL CHECK (quantity >= 0), price numeric(10, 2) NOT NULL CHECK (price >= 0), external_id text, version integer NOT NULL DEFAULT 1);
CREATE INDEX parts_category ON parts (category_id);
CREATE TABLE jobs (id integer NOT NULL PRIMARY KEY, title text NOT NULL, status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'done', 'dropped')),
  created_by integer NOT NULL REFERENCES users (id), assignee_id integer REFERENCES users (id), notes text, metadata text, created_at text NOT NULL DEFAULT CURRENT_TIMESTAMP);
CREATE INDEX jobs_creator ON jobs (created_by);
CREATE INDEX jobs_assignee ON jobs (assignee_id);
CREATE TABLE job_parts (job_id integer NOT NULL REFERENCES jobs (id) ON DELETE CASCADE, part_id integer NOT NULL REFERENCES parts (id), quantity integer NOT NULL CHECK (quantity > 0), PRIMARY KEY (job_id, part_id));
CREATE INDEX job_parts_part ON job_parts (part_id);
CREATE TABLE audit_events (id integer NOT NULL PRIMARY KEY, user_id integer, entity text NOT NULL, entity_id integer NOT NULL, job_id integer, detail text NOT NULL);
CREATE TABLE settings (key text NOT NULL PRIMARY KEY, value text NOT NULL);
INSERT INTO users VALUES (1, 'ann@workshop.test', 'Ann', 'owner', NULL, 'cus_1'), (2, 'bob@workshop.test', 'Bob', 'worker', 'x', NULL);
INSERT INTO categories VALUES (1, NULL, 'Screws'), (2, 1, 'Wood screws');
INSERT INTO parts VALUES (1, 2, 'WS-4', 'Wood screw 4 mm', 0, 0.05, '77', 1), (2, 1, 'WS-5', 'Screw 5 mm', 10, 0.06, NULL, 3);
INSERT INTO jobs VALUES (1, 'Shelf', 'done', 1, 2, '', '{"color": "red"}', '2025-01-01 10:00:00'), (2, 'Table', 'open', 2, NULL, '{maybe}', NULL, '2025-01-02 10:00:00');
INSERT INTO job_parts VALUES (1, 1, 20), (2, 2, 4);
INSERT INTO audit_events VALUES (1, 1, 'job', 1, 1, 'made'), (2, 9, 'job', 8, 8, 'somebody who is gone made a job that is gone');
INSERT INTO settings VALUES ('currency', 'EUR'), ('1', '2');

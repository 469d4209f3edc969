-- @postgresql faulty
CREATE TABLE visits (id serial PRIMARY KEY, name text);
SELECT setval('visits_id_seq', 2000000000);
-- @postgresql sound
CREATE TABLE visits (id bigserial PRIMARY KEY, name text);
SELECT setval('visits_id_seq', 2000000000);

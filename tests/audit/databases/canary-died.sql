-- @postgresql faulty
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO visit_log VALUES (NEW.id); RETURN NEW; END $$;
CREATE TABLE visits (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text NOT NULL);
CREATE TRIGGER visits_note AFTER INSERT ON visits FOR EACH ROW EXECUTE FUNCTION note();
-- @sqlite faulty
CREATE TABLE visits (id text NOT NULL PRIMARY KEY DEFAULT (gen_random_uuid()), name text NOT NULL);
-- @both sound
CREATE TABLE rooms (id integer NOT NULL PRIMARY KEY, name text NOT NULL CHECK (length(name) > 2), phone text NOT NULL, status text NOT NULL CHECK (status IN ('open', 'closed')));
CREATE TABLE visits (id integer NOT NULL PRIMARY KEY, room_id integer NOT NULL REFERENCES rooms (id), starts_at timestamp NOT NULL, ends_at timestamp NOT NULL, CHECK (ends_at > starts_at));
CREATE TABLE guests (visit_id integer NOT NULL REFERENCES visits (id), name varchar(3) NOT NULL, PRIMARY KEY (visit_id, name));

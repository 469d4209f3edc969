-- @postgresql faulty
CREATE FUNCTION make_id() RETURNS uuid LANGUAGE plpgsql AS $$ BEGIN RETURN uuid_generate_v4(); END $$;
CREATE TABLE notes (id uuid PRIMARY KEY DEFAULT make_id(), body text NOT NULL);
-- @postgresql sound
CREATE FUNCTION make_id() RETURNS uuid LANGUAGE plpgsql AS $$ BEGIN RETURN gen_random_uuid(); END $$;
CREATE TABLE notes (id uuid PRIMARY KEY DEFAULT make_id(), number serial, body text NOT NULL DEFAULT 'empty', at timestamptz DEFAULT now());
-- @sqlite faulty
CREATE TABLE notes (id text NOT NULL PRIMARY KEY DEFAULT (gen_random_uuid()), body text NOT NULL);
-- @sqlite sound
CREATE TABLE notes (id text NOT NULL PRIMARY KEY DEFAULT (hex(randomblob(16))), body text NOT NULL DEFAULT "empty", at text DEFAULT CURRENT_TIMESTAMP);

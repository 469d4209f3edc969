-- Several clinics in one PostgreSQL database: UUIDs, composite keys and references, row-level security, an exclusion constraint.
CREATE EXTENSION btree_gist;
CREATE FUNCTION current_clinic() RETURNS uuid LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('app.clinic', true), '')::uuid $$;
CREATE TABLE clinics (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text NOT NULL, slug text NOT NULL UNIQUE, timezone text NOT NULL DEFAULT 'UTC',
  created_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE doctors (clinic_id uuid NOT NULL REFERENCES clinics (id), id uuid NOT NULL DEFAULT gen_random_uuid(), name text NOT NULL, PRIMARY KEY (clinic_id, id));
CREATE TABLE patients (clinic_id uuid NOT NULL REFERENCES clinics (id), id uuid NOT NULL DEFAULT gen_random_uuid(), name text NOT NULL,
  phone text CHECK (phone ~ '^\+[1-9][0-9]{6,14}$'), PRIMARY KEY (clinic_id, id), UNIQUE (clinic_id, phone));
CREATE TABLE appointments (clinic_id uuid NOT NULL REFERENCES clinics (id), id uuid NOT NULL DEFAULT gen_random_uuid(),
  doctor_id uuid, patient_id uuid NOT NULL, starts_at timestamptz NOT NULL, ends_at timestamptz NOT NULL,
  status text NOT NULL DEFAULT 'confirmed' CHECK (status IN ('confirmed', 'cancelled')), token text NOT NULL UNIQUE DEFAULT gen_random_uuid()::text,
  PRIMARY KEY (clinic_id, id), CHECK (ends_at > starts_at),
  CONSTRAINT confirmed_needs_doctor CHECK (status <> 'confirmed' OR doctor_id IS NOT NULL),
  FOREIGN KEY (clinic_id, doctor_id) REFERENCES doctors (clinic_id, id), FOREIGN KEY (clinic_id, patient_id) REFERENCES patients (clinic_id, id),
  CONSTRAINT no_double_booking EXCLUDE USING gist (clinic_id WITH =, doctor_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (status = 'confirmed'));
CREATE INDEX appointments_hot ON appointments (clinic_id, starts_at);
CREATE INDEX appointments_doctor ON appointments (clinic_id, doctor_id);
CREATE INDEX appointments_patient ON appointments (clinic_id, patient_id);
CREATE FUNCTION not_in_past() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN IF NEW.starts_at < pg_catalog.now() AND pg_catalog.current_setting('app.import', true) IS DISTINCT FROM 'on' THEN RAISE EXCEPTION 'in the past'; END IF; RETURN NEW; END $$;
CREATE TRIGGER not_in_past BEFORE INSERT ON appointments FOR EACH ROW EXECUTE FUNCTION not_in_past();
DO $$ DECLARE t text; BEGIN FOREACH t IN ARRAY ARRAY['doctors', 'patients', 'appointments'] LOOP
  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
  EXECUTE format('CREATE POLICY mine ON %I USING (clinic_id = current_clinic())', t);
END LOOP; END $$;
SET app.import = 'on';
INSERT INTO clinics (id, name, slug) VALUES ('00000000-0000-4000-8000-000000000001', 'North', 'north'), ('00000000-0000-4000-8000-000000000002', 'South', 'south');
INSERT INTO doctors (clinic_id, id, name) SELECT id, id, 'Dr ' || name FROM clinics;
INSERT INTO patients (clinic_id, id, name, phone) SELECT id, id, 'Pat ' || name, '+436601234567' FROM clinics;
INSERT INTO appointments (clinic_id, doctor_id, patient_id, starts_at, ends_at) SELECT id, id, id, '2025-11-03 10:00+00', '2025-11-03 10:30+00' FROM clinics;

-- Whatever can be busy is a resource, whatever makes it busy holds claims, and one constraint without a WHERE forbids
-- that two claims of a resource overlap. This is the first of three steps: everything is there, and whoever writes an
-- appointment as before has its segment and its claim written by a trigger, so that both guards hold from now on.
-- Runs with search_path = truebook as the owner.

-- FORCE binds the owner as well: without this no row would be found, and no key could be seen to hold.
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['accounts','users','bot_configs','services','staff','customers','conversations','appointments'] LOOP
    EXECUTE format('ALTER TABLE truebook.%I NO FORCE ROW LEVEL SECURITY', t);
  END LOOP;
END $$;

-- ------------------------------------------------------------------------------------------------ what can be busy
CREATE TABLE resource_pools (                             -- "chair", "laser", "yoga seats": units that replace each other
  account_id  uuid NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  id          uuid NOT NULL DEFAULT gen_random_uuid(),
  kind        text NOT NULL CHECK (kind IN ('room','equipment','seat','token')),
  name        text NOT NULL CHECK (btrim(name) <> ''),
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now(),
  version     integer NOT NULL DEFAULT 1,
  PRIMARY KEY (account_id, id),
  CONSTRAINT resource_pools_name UNIQUE (account_id, name));

CREATE TABLE resources (                                  -- a person, a room, a seat, a unit: staff.id is its id here
  account_id  uuid NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  id          uuid NOT NULL DEFAULT gen_random_uuid(),
  pool_id     uuid,                                       -- NULL: a member of staff
  unit        integer NOT NULL DEFAULT 1 CHECK (unit BETWEEN 1 AND 1000),
  name        text NOT NULL CHECK (btrim(name) <> ''),
  is_active   boolean NOT NULL DEFAULT true,
  PRIMARY KEY (account_id, id),
  CONSTRAINT resources_unit UNIQUE (account_id, pool_id, unit),
  CONSTRAINT resources_pool_fk FOREIGN KEY (account_id, pool_id) REFERENCES resource_pools(account_id, id) ON DELETE CASCADE);

CREATE TABLE service_requirements (                       -- what a service needs, and when: minutes from its start
  account_id  uuid NOT NULL,
  service_id  uuid NOT NULL,
  role        text NOT NULL CHECK (btrim(role) <> ''),    -- one resource a role, the same for all its minutes
  position    smallint NOT NULL DEFAULT 1,                -- as the owner listed them; the first of the staff leads
  pool_id     uuid,                                       -- any unit of it; NULL: staff who offer the service
  busy        int4multirange NOT NULL,                    -- {[0,30),[60,80)}: the 30 minutes between are processing time
  PRIMARY KEY (account_id, service_id, role),
  CONSTRAINT service_requirements_busy CHECK (NOT isempty(busy) AND busy <@ int4range(-480, 1921)),
  CONSTRAINT service_requirements_service_fk FOREIGN KEY (account_id, service_id) REFERENCES services(account_id, id) ON DELETE CASCADE,
  CONSTRAINT service_requirements_pool_fk FOREIGN KEY (account_id, pool_id) REFERENCES resource_pools(account_id, id));
CREATE INDEX service_requirements_pool_idx ON service_requirements(account_id, pool_id);

-- ---------------------------------------------------------------------------------------- classes, series, segments
CREATE TABLE appointment_series (                         -- RFC 5545; each occurrence is an appointment of its own
  tenant_id   uuid NOT NULL,
  id          uuid NOT NULL DEFAULT gen_random_uuid(),
  rrule       text NOT NULL CHECK (rrule LIKE 'FREQ=%'),
  starts_on   date NOT NULL,
  starts_minute integer NOT NULL CHECK (starts_minute BETWEEN 0 AND 1439),
  timezone    text NOT NULL,                              -- wall clock: 17:00 stays 17:00 over a clock change
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now(),
  version     integer NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, id));

CREATE TABLE class_sessions (                             -- a class on a date: claims its teacher and room itself; who
  tenant_id   uuid NOT NULL,                              -- comes claims a seat
  id          uuid NOT NULL DEFAULT gen_random_uuid(),
  service_id  uuid NOT NULL,
  seats_pool_id uuid NOT NULL,
  starts_at   timestamptz NOT NULL,
  ends_at     timestamptz NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now(),
  version     integer NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT class_sessions_time_order CHECK (ends_at > starts_at),
  CONSTRAINT class_sessions_service_fk FOREIGN KEY (tenant_id, service_id) REFERENCES services(account_id, id),
  CONSTRAINT class_sessions_pool_fk FOREIGN KEY (tenant_id, seats_pool_id) REFERENCES resource_pools(account_id, id));
CREATE INDEX class_sessions_starts_idx ON class_sessions(tenant_id, starts_at);
CREATE INDEX class_sessions_service_idx ON class_sessions(tenant_id, service_id);
CREATE INDEX class_sessions_pool_idx ON class_sessions(tenant_id, seats_pool_id);

CREATE TABLE appointment_segments (                       -- a part of a visit: one service for one person
  tenant_id   uuid NOT NULL,
  appointment_id uuid NOT NULL,
  position    smallint NOT NULL CHECK (position BETWEEN 1 AND 50),
  service_id  uuid,
  staff_id    uuid,                                       -- who leads it, as agreed: kept when its claims are given back
  session_id  uuid,                                       -- a seat in a class
  guest_name  text CHECK (btrim(guest_name) <> ''),       -- for whom, where not for the one who books
  starts_at   timestamptz NOT NULL,
  ends_at     timestamptz NOT NULL,
  claims      smallint NOT NULL CHECK (claims BETWEEN 1 AND 100),  -- how many were agreed; compared at COMMIT
  service_name text,                                      -- as agreed: names survive what they name
  staff_name  text,
  resources   jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(resources) = 'array'),  -- [{role, id, name, kind}] as agreed
  price_minor bigint CHECK (price_minor >= 0),
  PRIMARY KEY (tenant_id, appointment_id, position),
  CONSTRAINT appointment_segments_time_order CHECK (ends_at > starts_at),
  CONSTRAINT appointment_segments_appointment_fk FOREIGN KEY (tenant_id, appointment_id)
    REFERENCES appointments(tenant_id, id) ON DELETE CASCADE,
  CONSTRAINT appointment_segments_service_fk FOREIGN KEY (tenant_id, service_id) REFERENCES services(account_id, id),
  CONSTRAINT appointment_segments_staff_fk FOREIGN KEY (tenant_id, staff_id) REFERENCES staff(account_id, id),
  CONSTRAINT appointment_segments_session_fk FOREIGN KEY (tenant_id, session_id) REFERENCES class_sessions(tenant_id, id));
CREATE INDEX appointment_segments_service_idx ON appointment_segments(tenant_id, service_id);
CREATE INDEX appointment_segments_staff_idx ON appointment_segments(tenant_id, staff_id, starts_at);
CREATE INDEX appointment_segments_session_idx ON appointment_segments(tenant_id, session_id) WHERE session_id IS NOT NULL;

CREATE TABLE series_occurrences (                         -- the honest report: one row a date, whatever became of it
  tenant_id   uuid NOT NULL,
  series_id   uuid NOT NULL,
  occurs_on   date NOT NULL,
  status      text NOT NULL DEFAULT 'wanted' CHECK (status IN ('wanted','booked','refused','exception')),
  appointment_id uuid,
  refusal     jsonb CHECK (jsonb_typeof(refusal) = 'object'),
  PRIMARY KEY (tenant_id, series_id, occurs_on),
  CONSTRAINT series_occurrences_truth CHECK ((status = 'booked') = (appointment_id IS NOT NULL)
                                         AND (status = 'refused') = (refusal IS NOT NULL)),
  CONSTRAINT series_occurrences_series_fk FOREIGN KEY (tenant_id, series_id)
    REFERENCES appointment_series(tenant_id, id) ON DELETE CASCADE,
  CONSTRAINT series_occurrences_appointment_fk FOREIGN KEY (tenant_id, appointment_id) REFERENCES appointments(tenant_id, id));
CREATE INDEX series_occurrences_appointment_idx ON series_occurrences(tenant_id, appointment_id);

CREATE TABLE waitlist_entries (                           -- an offer is a held appointment: guarded by claims like any other
  tenant_id   uuid NOT NULL,
  id          uuid NOT NULL DEFAULT gen_random_uuid(),
  customer_id uuid NOT NULL,
  service_id  uuid NOT NULL,
  staff_id    uuid,                                       -- NULL: anyone
  windows     tstzmultirange NOT NULL CHECK (NOT isempty(windows)),
  status      text NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting','offered','booked','withdrawn','expired')),
  passed      integer NOT NULL DEFAULT 0 CHECK (passed >= 0),  -- offers let go: behind those who had fewer
  joined_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  appointment_id uuid,                                    -- the offer, later the booking
  updated_at  timestamptz NOT NULL DEFAULT now(),
  version     integer NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT waitlist_entries_offer CHECK ((status IN ('offered','booked')) = (appointment_id IS NOT NULL)),
  CONSTRAINT waitlist_entries_customer_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(account_id, id) ON DELETE CASCADE,
  CONSTRAINT waitlist_entries_service_fk FOREIGN KEY (tenant_id, service_id) REFERENCES services(account_id, id) ON DELETE CASCADE,
  CONSTRAINT waitlist_entries_staff_fk FOREIGN KEY (tenant_id, staff_id) REFERENCES staff(account_id, id) ON DELETE CASCADE,
  CONSTRAINT waitlist_entries_appointment_fk FOREIGN KEY (tenant_id, appointment_id) REFERENCES appointments(tenant_id, id));
CREATE UNIQUE INDEX waitlist_entries_appointment ON waitlist_entries(tenant_id, appointment_id) WHERE appointment_id IS NOT NULL;
CREATE INDEX waitlist_entries_turn ON waitlist_entries(tenant_id, service_id, passed, joined_at, id) WHERE status = 'waiting';
CREATE INDEX waitlist_entries_service_idx ON waitlist_entries(tenant_id, service_id);
CREATE INDEX waitlist_entries_staff_idx ON waitlist_entries(tenant_id, staff_id);
CREATE INDEX waitlist_entries_customer_idx ON waitlist_entries(tenant_id, customer_id);

CREATE TABLE blocks (                                     -- time that is nobody's appointment: break, off by the hour,
  tenant_id   uuid NOT NULL,                              -- repair, closed for good
  id          uuid NOT NULL DEFAULT gen_random_uuid(),
  kind        text NOT NULL CHECK (kind IN ('break','away','out_of_service','closed')),
  reason      text,
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now(),
  version     integer NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, id));

-- ------------------------------------------------------------------------------------------------------------- claims
-- A claim is: this resource is busy from … until …, for this holder. There are only claims that hold: what ends an
-- appointment gives them back. So the constraint has no WHERE, and nothing can be live and unguarded.
CREATE TABLE claims (
  tenant_id   uuid NOT NULL,
  resource_id uuid NOT NULL,
  starts_at   timestamptz NOT NULL,
  ends_at     timestamptz NOT NULL,                       -- 'infinity': from then on, for good
  appointment_id uuid,
  segment     smallint,
  number      smallint,                                   -- 1 … segment.claims: no claim of a segment is held twice
  session_id  uuid,
  block_id    uuid,
  PRIMARY KEY (tenant_id, resource_id, starts_at) INCLUDE (ends_at),  -- also the index of the search
  CONSTRAINT claims_time_order CHECK (ends_at > starts_at AND starts_at > '-infinity'),
  CONSTRAINT claims_one_holder CHECK (num_nonnulls(appointment_id, session_id, block_id) = 1
                                      AND (appointment_id IS NULL) = (segment IS NULL)
                                      AND (appointment_id IS NULL) = (number IS NULL)),
  CONSTRAINT claims_resource_fk FOREIGN KEY (tenant_id, resource_id) REFERENCES resources(account_id, id),
  CONSTRAINT claims_segment_fk FOREIGN KEY (tenant_id, appointment_id, segment)
    REFERENCES appointment_segments(tenant_id, appointment_id, position) ON DELETE CASCADE,
  CONSTRAINT claims_session_fk FOREIGN KEY (tenant_id, session_id) REFERENCES class_sessions(tenant_id, id) ON DELETE CASCADE,
  CONSTRAINT claims_block_fk FOREIGN KEY (tenant_id, block_id) REFERENCES blocks(tenant_id, id) ON DELETE CASCADE,
  -- buffering: an index that was built sorted takes new rows at half the rate
  CONSTRAINT claims_no_double_booking EXCLUDE USING gist
    (tenant_id WITH =, resource_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WITH (buffering = on));
CREATE UNIQUE INDEX claims_number ON claims(tenant_id, appointment_id, segment, number) WHERE appointment_id IS NOT NULL;
CREATE INDEX claims_session_idx ON claims(tenant_id, session_id) WHERE session_id IS NOT NULL;
CREATE INDEX claims_block_idx   ON claims(tenant_id, block_id)   WHERE block_id IS NOT NULL;
-- Blocks may be long, to infinity: those that reach into a window are found by their end, the rest by the key.
CREATE INDEX claims_long_idx    ON claims(tenant_id, resource_id, ends_at) WHERE block_id IS NOT NULL;

-- ------------------------------------------------------------------------------------------- what no code can forget
-- (1) An appointment that ends gives its time back; of one that took place what lies ahead of now.
CREATE FUNCTION appointments_give_back() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  DELETE FROM truebook.claims WHERE tenant_id = NEW.tenant_id AND appointment_id = NEW.id
    AND (NEW.status <> 'completed' OR starts_at >= pg_catalog.now());
  UPDATE truebook.claims SET ends_at = pg_catalog.now()
  WHERE tenant_id = NEW.tenant_id AND appointment_id = NEW.id AND ends_at > pg_catalog.now();
  RETURN NULL;
END $$;
CREATE TRIGGER appointments_give_back AFTER UPDATE OF status ON appointments FOR EACH ROW
  WHEN (OLD.status IN ('held','pending','confirmed') AND NEW.status IN ('cancelled','no_show','completed'))
  EXECUTE FUNCTION appointments_give_back();

-- (2) An appointment that blocks has all its claims, at COMMIT; one whose account is gone is nobody's time any more.
CREATE FUNCTION refuse_unless_whole(whose uuid, who uuid) RETURNS void LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE agreed bigint; held bigint;
BEGIN
  SELECT (SELECT pg_catalog.sum(s.claims) FROM truebook.appointment_segments s WHERE s.tenant_id = whose AND s.appointment_id = who),
         (SELECT pg_catalog.count(*) FROM truebook.claims c WHERE c.tenant_id = whose AND c.appointment_id = who)
  INTO agreed, held FROM truebook.appointments a
  WHERE a.tenant_id = whose AND a.id = who AND a.account_id IS NOT NULL AND a.status IN ('held','pending','confirmed');
  IF FOUND AND agreed IS DISTINCT FROM held THEN
    RAISE EXCEPTION 'appointment % holds % of % claims', who, held, agreed
      USING ERRCODE = '23514', CONSTRAINT = 'appointments_are_whole', TABLE = 'appointments';
  END IF;
END $$;
CREATE FUNCTION appointments_are_whole() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN PERFORM truebook.refuse_unless_whole(NEW.tenant_id, NEW.id); RETURN NULL; END $$;
CREATE FUNCTION claims_are_whole() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN PERFORM truebook.refuse_unless_whole(OLD.tenant_id, OLD.appointment_id); RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER appointments_are_whole AFTER INSERT OR UPDATE OF status, starts_at ON appointments
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.status IN ('held','pending','confirmed'))
  EXECUTE FUNCTION appointments_are_whole();
CREATE CONSTRAINT TRIGGER claims_are_whole AFTER DELETE ON claims
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.appointment_id IS NOT NULL) EXECUTE FUNCTION claims_are_whole();
-- They wait until the old rows have their claims.
ALTER TABLE appointments DISABLE TRIGGER appointments_are_whole;
ALTER TABLE claims DISABLE TRIGGER claims_are_whole;

-- All or none, in one statement: raises what the constraint itself would have raised.
CREATE FUNCTION all_or_none(wanted bigint, got bigint) RETURNS void LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  IF wanted <> got THEN
    RAISE EXCEPTION 'only % of % claims could be had', got, wanted
      USING ERRCODE = '23P01', CONSTRAINT = 'claims_no_double_booking', TABLE = 'claims';
  END IF;
END $$;

-- (3) A member of staff is a resource with the same id, whoever adds or deletes them.
CREATE FUNCTION staff_are_resources() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    DELETE FROM truebook.resources WHERE account_id = OLD.account_id AND id = OLD.id;
    RETURN NULL;
  END IF;
  INSERT INTO truebook.resources (account_id, id, name) VALUES (NEW.account_id, NEW.id, NEW.name)
  ON CONFLICT (account_id, id) DO UPDATE SET name = excluded.name;
  RETURN NEW;
END $$;
INSERT INTO resources (account_id, id, name) SELECT account_id, id, name FROM staff;
CREATE TRIGGER staff_are_resources BEFORE INSERT OR UPDATE OF name ON staff
  FOR EACH ROW EXECUTE FUNCTION staff_are_resources();
CREATE TRIGGER staff_were_resources AFTER DELETE ON staff FOR EACH ROW EXECUTE FUNCTION staff_are_resources();
ALTER TABLE staff ADD CONSTRAINT staff_resource_fk FOREIGN KEY (account_id, id) REFERENCES resources(account_id, id);

-- (4) Who goes is let go by those who point at them. Not ON DELETE SET NULL: a key that carries the tenant cannot have
-- it where tenants are spread over servers.
CREATE FUNCTION let_go() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN  -- arguments: the table that points here, its tenant's column, and the column that points
  EXECUTE pg_catalog.format('UPDATE truebook.%I SET %I = NULL WHERE %I = $1 AND %I = $2', TG_ARGV[0], TG_ARGV[2], TG_ARGV[1], TG_ARGV[2])
  USING OLD.account_id, OLD.id;
  RETURN OLD;
END $$;
CREATE TRIGGER bot_configs_let_go BEFORE DELETE ON bot_configs FOR EACH ROW EXECUTE FUNCTION let_go('services', 'account_id', 'bot_config_id');
CREATE TRIGGER users_let_go BEFORE DELETE ON users FOR EACH ROW EXECUTE FUNCTION let_go('staff', 'account_id', 'user_id');
CREATE TRIGGER customers_let_go BEFORE DELETE ON customers FOR EACH ROW EXECUTE FUNCTION let_go('conversations', 'account_id', 'customer_id');
CREATE TRIGGER customers_let_go_visits BEFORE DELETE ON customers FOR EACH ROW EXECUTE FUNCTION let_go('appointments', 'tenant_id', 'customer_id');
CREATE TRIGGER conversations_let_go BEFORE DELETE ON conversations FOR EACH ROW EXECUTE FUNCTION let_go('appointments', 'tenant_id', 'conversation_id');
CREATE FUNCTION segments_let_go() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN  -- a visit that loses a service or somebody is changed: its version and its history tell
  EXECUTE pg_catalog.format(
    'WITH let AS (UPDATE truebook.appointment_segments SET %I = NULL WHERE tenant_id = $1 AND %I = $2 RETURNING appointment_id)'
    ' UPDATE truebook.appointments SET updated_at = now() WHERE tenant_id = $1 AND id IN (SELECT appointment_id FROM let)',
    TG_ARGV[0], TG_ARGV[0])
  USING OLD.account_id, OLD.id;
  RETURN OLD;
END $$;
CREATE TRIGGER services_let_go BEFORE DELETE ON services FOR EACH ROW EXECUTE FUNCTION segments_let_go('service_id');
CREATE TRIGGER staff_let_go BEFORE DELETE ON staff FOR EACH ROW EXECUTE FUNCTION segments_let_go('staff_id');
ALTER TABLE services DROP CONSTRAINT services_account_id_bot_config_id_fkey,
  ADD CONSTRAINT services_bot_config_fk FOREIGN KEY (account_id, bot_config_id) REFERENCES bot_configs(account_id, id);
ALTER TABLE staff DROP CONSTRAINT staff_account_id_user_id_fkey,
  ADD CONSTRAINT staff_user_fk FOREIGN KEY (account_id, user_id) REFERENCES users(account_id, id);
ALTER TABLE conversations DROP CONSTRAINT conversations_account_id_customer_id_fkey,
  ADD CONSTRAINT conversations_customer_fk FOREIGN KEY (account_id, customer_id) REFERENCES customers(account_id, id);
ALTER TABLE appointments DROP CONSTRAINT appointments_customer_fk, DROP CONSTRAINT appointments_conversation_fk, DROP CONSTRAINT appointments_account_id_fkey,
  ADD CONSTRAINT appointments_customer_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(account_id, id),
  ADD CONSTRAINT appointments_conversation_fk FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations(account_id, id),
  ADD CONSTRAINT appointments_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id);

-- (5) An account ends in one transaction, upcoming visits included: what was agreed stays, what it keeps busy does not.
CREATE FUNCTION accounts_end() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  DELETE FROM truebook.claims WHERE tenant_id = OLD.id;
  DELETE FROM truebook.blocks WHERE tenant_id = OLD.id;
  DELETE FROM truebook.waitlist_entries WHERE tenant_id = OLD.id;
  DELETE FROM truebook.appointment_series WHERE tenant_id = OLD.id;
  UPDATE truebook.appointment_segments SET service_id = NULL, staff_id = NULL, session_id = NULL WHERE tenant_id = OLD.id;
  DELETE FROM truebook.class_sessions WHERE tenant_id = OLD.id;
  UPDATE truebook.appointments SET account_id = NULL, customer_id = NULL, conversation_id = NULL
  WHERE tenant_id = OLD.id AND account_id IS NOT NULL;
  RETURN OLD;
END $$;
CREATE TRIGGER accounts_end BEFORE DELETE ON accounts FOR EACH ROW EXECUTE FUNCTION accounts_end();

-- (6) History is written at COMMIT, so that it holds the segments and claims as well, whichever was written first.
DROP TRIGGER appointments_history ON appointments;
CREATE OR REPLACE FUNCTION appointments_write_history() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE r truebook.appointments;
BEGIN
  IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
  INSERT INTO truebook.appointment_history(tenant_id, appointment_id, version, op, row_data, actor, cause)
  VALUES (r.tenant_id, r.id, r.version, TG_OP,
          pg_catalog.to_jsonb(r) || pg_catalog.jsonb_build_object(
            'segments', (SELECT coalesce(pg_catalog.jsonb_agg(pg_catalog.to_jsonb(s) - '{tenant_id,appointment_id}'::text[] ORDER BY s.position), '[]')
                         FROM truebook.appointment_segments s WHERE s.tenant_id = r.tenant_id AND s.appointment_id = r.id),
            'claims', (SELECT coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('segment', c.segment, 'number', c.number,
                              'resource_id', c.resource_id, 'starts_at', c.starts_at, 'ends_at', c.ends_at) ORDER BY c.segment, c.number), '[]')
                       FROM truebook.claims c WHERE c.tenant_id = r.tenant_id AND c.appointment_id = r.id)),
          nullif(pg_catalog.current_setting('truebook.actor', true), ''),
          nullif(pg_catalog.current_setting('truebook.cause', true), ''));
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER appointments_history AFTER INSERT OR UPDATE OR DELETE ON appointments
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION appointments_write_history();

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['resource_pools','class_sessions','blocks','appointment_series','waitlist_entries'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE ON truebook.%I FOR EACH ROW EXECUTE FUNCTION truebook.touch_row()', t || '_touch', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['resource_pools','resources','service_requirements'] LOOP
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT OR UPDATE OR DELETE ON truebook.%I'
                   ' FOR EACH ROW EXECUTE FUNCTION truebook.settings_changed(''account_id'')', t || '_settings_changed', t);
  END LOOP;
END $$;

-- ------------------------------------------------------------------------------------------------- what a visit needs
ALTER TABLE appointments
  ADD COLUMN arrived_at timestamptz,
  ADD COLUMN overrides text[] NOT NULL DEFAULT '{}';      -- the rules that staff went beyond, as the request named them

-- --------------------------------------------------------------------------------------------------- the bridge
-- Code that knows one row a booking has its segment and claim written here; code that writes them itself says so:
-- SET LOCAL truebook.claims = 'written'. What it leaves out of the old columns is guarded by the claims alone.
ALTER TABLE appointments
  ALTER blocked_from DROP NOT NULL, ALTER blocked_until DROP NOT NULL,
  DROP CONSTRAINT appointments_blocking_needs_staff;
-- Its name comes before appointments_give_back's: the claims of an appointment that ends are given back afterwards.
CREATE FUNCTION appointments_bridge() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  IF pg_catalog.current_setting('truebook.claims', true) = 'written' THEN RETURN NULL; END IF;
  IF NEW.account_id IS NULL OR NEW.status NOT IN ('held','pending','confirmed') THEN
    DELETE FROM truebook.claims WHERE tenant_id = NEW.tenant_id AND appointment_id = NEW.id;
  ELSIF NEW.staff_id IS NULL THEN
    RAISE EXCEPTION 'appointment % keeps nobody busy', NEW.id
      USING ERRCODE = '23514', CONSTRAINT = 'appointments_blocking_needs_staff', TABLE = 'appointments';
  END IF;
  INSERT INTO truebook.appointment_segments (tenant_id, appointment_id, position, service_id, staff_id, starts_at, ends_at,
                                             claims, service_name, staff_name, price_minor)
  VALUES (NEW.tenant_id, NEW.id, 1, NEW.service_id, NEW.staff_id, NEW.starts_at, NEW.ends_at, 1, NEW.service_name, NEW.staff_name, NEW.price_minor)
  ON CONFLICT (tenant_id, appointment_id, position) DO UPDATE SET starts_at = excluded.starts_at, ends_at = excluded.ends_at,
    service_id = excluded.service_id, staff_id = excluded.staff_id, staff_name = excluded.staff_name;
  IF NEW.account_id IS NOT NULL AND NEW.status IN ('held','pending','confirmed') THEN
    DELETE FROM truebook.claims WHERE tenant_id = NEW.tenant_id AND appointment_id = NEW.id
      AND (resource_id, starts_at, ends_at) IS DISTINCT FROM (NEW.staff_id, NEW.blocked_from, NEW.blocked_until);
    IF NOT EXISTS (SELECT FROM truebook.claims WHERE tenant_id = NEW.tenant_id AND appointment_id = NEW.id) THEN
      INSERT INTO truebook.claims (tenant_id, resource_id, starts_at, ends_at, appointment_id, segment, number)
      VALUES (NEW.tenant_id, NEW.staff_id, NEW.blocked_from, NEW.blocked_until, NEW.id, 1, 1);
    END IF;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER appointments_bridge
  AFTER INSERT OR UPDATE OF status, staff_id, service_id, starts_at, ends_at, blocked_from, blocked_until ON appointments
  FOR EACH ROW EXECUTE FUNCTION appointments_bridge();

-- --------------------------------------------------------------------------------------- row-level security and rights
DO $$ DECLARE t text; k text; BEGIN
  FOREACH t IN ARRAY ARRAY['resource_pools','resources','service_requirements','appointment_series','series_occurrences',
                           'class_sessions','appointment_segments','waitlist_entries','blocks','claims'] LOOP
    k := CASE WHEN t IN ('resource_pools','resources','service_requirements') THEN 'account_id' ELSE 'tenant_id' END;
    EXECUTE format('ALTER TABLE truebook.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE truebook.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant_isolation ON truebook.%I USING (%I = truebook.current_tenant()) WITH CHECK (%I = truebook.current_tenant())', t, k, k);
    IF current_user = 'truebook_owner' THEN
      EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON truebook.%I TO truebook_app', t);
    END IF;
  END LOOP;
END $$;
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['accounts','users','bot_configs','services','staff','customers','conversations','appointments'] LOOP
    EXECUTE format('ALTER TABLE truebook.%I FORCE ROW LEVEL SECURITY', t);
  END LOOP;
END $$;

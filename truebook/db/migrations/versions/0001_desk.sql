-- The desk: every table a business needs, and the rules that hold whoever writes.
-- (1) Every tenant table has the primary key (tenant key, id): the target of tenant-safe composite foreign keys.
-- (2) appointments carry tenant_id (immutable, for row-level security) and account_id (a key that becomes NULL when the
--     account is deleted).  (3) uuid defaults use the core function gen_random_uuid(); the app brings time-sorted ids.
-- (4) The only extension is btree_gist, for the exclusion constraints.
-- Runs with search_path = truebook as the role that shall own everything.

-- Fail closed: an unset setting is NULL, and so is '' (what a custom setting becomes when SET LOCAL ends).
CREATE FUNCTION current_tenant() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT nullif(pg_catalog.current_setting('truebook.tenant', true), '')::pg_catalog.uuid $$;

-- The operator may see the directory of businesses (accounts, channels, keys, imports), never their appointments.
CREATE FUNCTION is_operator() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT coalesce(pg_catalog.current_setting('truebook.scope', true), '') = 'operator' $$;

-- ------------------------------------------------------------------------------------------------ the directory
CREATE TABLE accounts (
  id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name        text NOT NULL CHECK (btrim(name) <> ''),
  slug        text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9](-?[a-z0-9])*$'),
  timezone    text NOT NULL DEFAULT 'UTC' CHECK (timezone <> ''),
  locale      text NOT NULL DEFAULT 'en' CHECK (locale ~ '^[a-z]{2}(-[A-Z]{2})?$'),
  languages   text[] NOT NULL DEFAULT '{en}' CHECK (cardinality(languages) > 0),
  phone       text CHECK (phone ~ '^\+[1-9][0-9]{6,14}$'),
  address     text,
  status      text NOT NULL DEFAULT 'active' CHECK (status IN ('active','suspended','closing')),
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now(),
  version     integer NOT NULL DEFAULT 1);

CREATE TABLE channels (
  id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  account_id  uuid NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  kind        text NOT NULL CHECK (kind IN ('whatsapp','web','email')),
  address     text NOT NULL CHECK (address <> ''),
  provider_session_id text,
  created_at  timestamptz NOT NULL DEFAULT now(),
  UNIQUE (kind, address));
CREATE INDEX channels_account_idx ON channels(account_id);

CREATE TABLE api_keys (
  id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  account_id  uuid REFERENCES accounts(id) ON DELETE CASCADE,
  role        text NOT NULL CHECK (role IN ('operator','owner')),
  name        text NOT NULL CHECK (btrim(name) <> ''),
  prefix      text NOT NULL,
  key_hash    bytea NOT NULL UNIQUE CHECK (octet_length(key_hash) = 32),
  created_at  timestamptz NOT NULL DEFAULT now(),
  revoked_at  timestamptz,
  CONSTRAINT api_keys_operator_has_no_account CHECK ((role = 'operator') = (account_id IS NULL)));
CREATE INDEX api_keys_account_idx ON api_keys(account_id);

CREATE TABLE users (
  account_id  uuid NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  id          uuid NOT NULL DEFAULT gen_random_uuid(),
  email       text NOT NULL CHECK (email = lower(email) AND position('@' in email) > 1),
  password_hash text,
  role        text NOT NULL DEFAULT 'member' CHECK (role IN ('owner','admin','member')),
  calendar_feed_token_hash bytea,
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now(),
  version     integer NOT NULL DEFAULT 1,
  PRIMARY KEY (account_id, id),
  UNIQUE (account_id, email));

-- ------------------------------------------------------------------------- how a business works (dies with the account)
CREATE TABLE bot_configs (
  account_id  uuid NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  id          uuid NOT NULL DEFAULT gen_random_uuid(),
  name        text NOT NULL CHECK (btrim(name) <> ''),
  system_prompt text NOT NULL DEFAULT '',
  tone        text NOT NULL DEFAULT 'friendly' CHECK (tone IN ('professional','friendly','casual')),
  settings    jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(settings) = 'object'),
  is_active   boolean NOT NULL DEFAULT true,
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now(),
  version     integer NOT NULL DEFAULT 1,
  PRIMARY KEY (account_id, id));
CREATE UNIQUE INDEX bot_configs_one_active ON bot_configs(account_id) WHERE is_active;

CREATE TABLE services (
  account_id  uuid NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  id          uuid NOT NULL DEFAULT gen_random_uuid(),
  bot_config_id uuid,
  name        text NOT NULL CHECK (btrim(name) <> ''),
  synonyms    text[] NOT NULL DEFAULT '{}',
  description text,
  duration_minutes integer NOT NULL CHECK (duration_minutes > 0 AND duration_minutes <= 1440),
  buffer_before_minutes integer NOT NULL DEFAULT 0 CHECK (buffer_before_minutes BETWEEN 0 AND 480),
  buffer_after_minutes  integer NOT NULL DEFAULT 0 CHECK (buffer_after_minutes  BETWEEN 0 AND 480),
  price_minor bigint CHECK (price_minor >= 0),
  currency    text NOT NULL DEFAULT 'EUR' CHECK (currency ~ '^[A-Z]{3}$'),
  needs_approval boolean NOT NULL DEFAULT false,
  is_active   boolean NOT NULL DEFAULT true,
  sort_order  integer NOT NULL DEFAULT 0,
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now(),
  version     integer NOT NULL DEFAULT 1,
  PRIMARY KEY (account_id, id),
  FOREIGN KEY (account_id, bot_config_id) REFERENCES bot_configs(account_id, id) ON DELETE SET NULL (bot_config_id));
CREATE INDEX services_bot_config_idx ON services(account_id, bot_config_id);
CREATE UNIQUE INDEX services_active_name ON services(account_id, lower(name)) WHERE is_active;

CREATE TABLE staff (
  account_id  uuid NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  id          uuid NOT NULL DEFAULT gen_random_uuid(),
  user_id     uuid,
  name        text NOT NULL CHECK (btrim(name) <> ''),
  synonyms    text[] NOT NULL DEFAULT '{}',
  is_active   boolean NOT NULL DEFAULT true,
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now(),
  version     integer NOT NULL DEFAULT 1,
  PRIMARY KEY (account_id, id),
  FOREIGN KEY (account_id, user_id) REFERENCES users(account_id, id) ON DELETE SET NULL (user_id));
CREATE INDEX staff_user_idx ON staff(account_id, user_id);
CREATE UNIQUE INDEX staff_active_name ON staff(account_id, lower(name)) WHERE is_active;

CREATE TABLE staff_services (
  account_id uuid NOT NULL, staff_id uuid NOT NULL, service_id uuid NOT NULL,
  PRIMARY KEY (account_id, staff_id, service_id),
  FOREIGN KEY (account_id, staff_id)   REFERENCES staff(account_id, id)    ON DELETE CASCADE,
  FOREIGN KEY (account_id, service_id) REFERENCES services(account_id, id) ON DELETE CASCADE);
CREATE INDEX staff_services_service_idx ON staff_services(account_id, service_id);

CREATE TABLE availability_configs (                       -- staff_id NULL: the default of the whole business
  account_id  uuid NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  id          uuid NOT NULL DEFAULT gen_random_uuid(),
  staff_id    uuid,
  slot_minutes integer NOT NULL DEFAULT 15 CHECK (slot_minutes BETWEEN 5 AND 240),
  min_notice_minutes integer NOT NULL DEFAULT 0 CHECK (min_notice_minutes BETWEEN 0 AND 525600),
  max_advance_days   integer NOT NULL DEFAULT 90 CHECK (max_advance_days BETWEEN 1 AND 730),
  cancel_notice_minutes integer NOT NULL DEFAULT 0 CHECK (cancel_notice_minutes BETWEEN 0 AND 525600),
  is_active   boolean NOT NULL DEFAULT true,
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now(),
  version     integer NOT NULL DEFAULT 1,
  PRIMARY KEY (account_id, id),
  FOREIGN KEY (account_id, staff_id) REFERENCES staff(account_id, id) ON DELETE CASCADE);
CREATE UNIQUE INDEX availability_one_active ON availability_configs(account_id, staff_id) NULLS NOT DISTINCT WHERE is_active;
CREATE INDEX availability_configs_staff_idx ON availability_configs(account_id, staff_id);

CREATE TABLE availability_rules (                         -- wall clock of the business; 0 = Sunday .. 6 = Saturday
  account_id  uuid NOT NULL,
  id          uuid NOT NULL DEFAULT gen_random_uuid(),
  config_id   uuid NOT NULL,
  weekday     integer NOT NULL CHECK (weekday BETWEEN 0 AND 6),
  opens_minute  integer NOT NULL CHECK (opens_minute  BETWEEN 0 AND 1439),
  closes_minute integer NOT NULL CHECK (closes_minute BETWEEN 1 AND 1440),
  PRIMARY KEY (account_id, id),
  FOREIGN KEY (account_id, config_id) REFERENCES availability_configs(account_id, id) ON DELETE CASCADE,
  CONSTRAINT availability_rules_order CHECK (closes_minute > opens_minute),
  CONSTRAINT availability_rules_no_overlap EXCLUDE USING gist
    (account_id WITH =, config_id WITH =, weekday WITH =, int4range(opens_minute, closes_minute) WITH &&));
CREATE INDEX availability_rules_config_idx ON availability_rules(account_id, config_id);

CREATE TABLE date_overrides (                             -- special opening hours on one date; no interval: closed
  account_id  uuid NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  id          uuid NOT NULL DEFAULT gen_random_uuid(),
  staff_id    uuid,
  date        date NOT NULL,
  intervals   int4multirange NOT NULL DEFAULT '{}',       -- minutes since midnight, wall clock of the business
  reason      text,
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now(),
  version     integer NOT NULL DEFAULT 1,
  PRIMARY KEY (account_id, id),
  FOREIGN KEY (account_id, staff_id) REFERENCES staff(account_id, id) ON DELETE CASCADE,
  CONSTRAINT date_overrides_within_a_day CHECK (intervals <@ int4range(0, 1440)),
  UNIQUE NULLS NOT DISTINCT (account_id, staff_id, date));

CREATE TABLE blackout_dates (
  account_id  uuid NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  id          uuid NOT NULL DEFAULT gen_random_uuid(),
  staff_id    uuid,
  starts_on   date NOT NULL,
  ends_on     date NOT NULL,
  is_recurring boolean NOT NULL DEFAULT false,            -- every year
  reason      text,
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now(),
  version     integer NOT NULL DEFAULT 1,
  PRIMARY KEY (account_id, id),
  FOREIGN KEY (account_id, staff_id) REFERENCES staff(account_id, id) ON DELETE CASCADE,
  CONSTRAINT blackout_dates_order CHECK (ends_on >= starts_on),
  CONSTRAINT blackout_dates_length CHECK (ends_on - starts_on <= 366));
CREATE INDEX blackout_dates_lookup ON blackout_dates(account_id, starts_on);
CREATE INDEX blackout_dates_staff_idx ON blackout_dates(account_id, staff_id);

-- --------------------------------------------------------------------------------------- customers and conversations
CREATE TABLE customers (
  account_id  uuid NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  id          uuid NOT NULL DEFAULT gen_random_uuid(),
  name        text,
  phone       text CHECK (phone ~ '^\+[1-9][0-9]{6,14}$'),
  email       text CHECK (email = lower(email)),
  locale      text,
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now(),
  version     integer NOT NULL DEFAULT 1,
  PRIMARY KEY (account_id, id));
CREATE UNIQUE INDEX customers_phone ON customers(account_id, phone);

CREATE TABLE conversations (
  account_id  uuid NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  id          uuid NOT NULL DEFAULT gen_random_uuid(),
  customer_id uuid,
  channel     text NOT NULL CHECK (channel IN ('whatsapp','web','test')),
  address     text,
  language    text,
  status      text NOT NULL DEFAULT 'active' CHECK (status IN ('active','handed_over','inactive','archived')),
  last_activity_at timestamptz NOT NULL DEFAULT now(),
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now(),
  version     integer NOT NULL DEFAULT 1,
  PRIMARY KEY (account_id, id),
  CONSTRAINT conversations_whatsapp_has_address CHECK (channel <> 'whatsapp' OR address IS NOT NULL),
  FOREIGN KEY (account_id, customer_id) REFERENCES customers(account_id, id) ON DELETE SET NULL (customer_id));
CREATE UNIQUE INDEX conversations_address ON conversations(account_id, channel, address) WHERE address IS NOT NULL;
CREATE INDEX conversations_customer_idx ON conversations(account_id, customer_id);
CREATE INDEX conversations_activity_idx ON conversations(account_id, last_activity_at);

CREATE TABLE test_chat_sessions (
  account_id  uuid NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  id          uuid NOT NULL DEFAULT gen_random_uuid(),
  conversation_id uuid NOT NULL,
  session_number integer NOT NULL CHECK (session_number > 0),
  display_name text,
  created_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (account_id, id),
  UNIQUE (account_id, conversation_id),
  FOREIGN KEY (account_id, conversation_id) REFERENCES conversations(account_id, id) ON DELETE CASCADE);

CREATE TABLE messages (
  account_id  uuid NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  id          uuid NOT NULL DEFAULT gen_random_uuid(),
  conversation_id uuid NOT NULL,
  role        text NOT NULL CHECK (role IN ('user','assistant','system','tool')),
  content     text NOT NULL,
  provider_message_id text,                               -- one webhook message takes effect once
  reply_to    uuid,                                       -- one customer message gets one answer
  metadata    jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(metadata) = 'object'),
  created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (account_id, id),
  FOREIGN KEY (account_id, conversation_id) REFERENCES conversations(account_id, id) ON DELETE CASCADE,
  FOREIGN KEY (account_id, reply_to) REFERENCES messages(account_id, id) ON DELETE CASCADE);
CREATE INDEX messages_conversation_idx ON messages(account_id, conversation_id, created_at);
CREATE UNIQUE INDEX messages_provider_id ON messages(account_id, provider_message_id) WHERE provider_message_id IS NOT NULL;
CREATE UNIQUE INDEX messages_one_reply ON messages(account_id, reply_to) WHERE reply_to IS NOT NULL;

CREATE TABLE offers (                                     -- what the desk offered; the model can only pick one of these
  account_id  uuid NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  id          uuid NOT NULL DEFAULT gen_random_uuid(),
  conversation_id uuid NOT NULL,
  service_id  uuid NOT NULL,
  staff_id    uuid NOT NULL,
  starts_at   timestamptz NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now(),
  expires_at  timestamptz NOT NULL,
  PRIMARY KEY (account_id, id),
  FOREIGN KEY (account_id, conversation_id) REFERENCES conversations(account_id, id) ON DELETE CASCADE,
  FOREIGN KEY (account_id, service_id) REFERENCES services(account_id, id) ON DELETE CASCADE,
  FOREIGN KEY (account_id, staff_id) REFERENCES staff(account_id, id) ON DELETE CASCADE);
CREATE INDEX offers_conversation_idx ON offers(account_id, conversation_id);
CREATE INDEX offers_service_idx ON offers(account_id, service_id);
CREATE INDEX offers_staff_idx ON offers(account_id, staff_id);

-- ------------------------------------------------------------------------------------------------------ appointments
CREATE TABLE appointments (
  tenant_id   uuid NOT NULL,                              -- = accounts.id when it was made; never changes; no key on purpose
  id          uuid NOT NULL DEFAULT gen_random_uuid(),
  account_id  uuid REFERENCES accounts(id) ON DELETE SET NULL,
  service_id  uuid,
  staff_id    uuid,
  customer_id uuid,
  conversation_id uuid,
  code        text NOT NULL CHECK (code ~ '^[2-9A-HJ-NP-Z]{3}-[2-9A-HJ-NP-Z]{3}$'),
  starts_at   timestamptz NOT NULL,
  ends_at     timestamptz NOT NULL,
  blocked_from  timestamptz NOT NULL,                     -- with the buffers; plain columns, because timestamptz - interval
  blocked_until timestamptz NOT NULL,                     -- is only STABLE and cannot be GENERATED
  duration_minutes integer NOT NULL GENERATED ALWAYS AS ((extract(epoch FROM (ends_at - starts_at)) / 60)::integer) STORED,
  timezone    text NOT NULL,                              -- the zone in which it was agreed
  status      text NOT NULL DEFAULT 'confirmed',
  hold_expires_at timestamptz,
  customer_name  text NOT NULL CHECK (btrim(customer_name) <> ''),
  customer_phone text CHECK (customer_phone <> ''),
  customer_email text,
  service_name   text,                                    -- as agreed: survives the service and the account
  staff_name     text,
  price_minor    bigint CHECK (price_minor >= 0),
  currency       text CHECK (currency ~ '^[A-Z]{3}$'),
  notes       text,
  source      text NOT NULL DEFAULT 'api' CHECK (source IN ('api','whatsapp','web','test','staff','import')),
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now(),
  version     integer NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT appointments_code UNIQUE (tenant_id, code),
  CONSTRAINT appointments_status_check CHECK (status IN ('held','pending','confirmed','cancelled','completed','no_show')),
  CONSTRAINT appointments_account_is_tenant CHECK (account_id IS NULL OR account_id = tenant_id),
  CONSTRAINT appointments_time_order CHECK (ends_at > starts_at),
  CONSTRAINT appointments_duration_check CHECK (duration_minutes > 0 AND duration_minutes <= 1440),
  CONSTRAINT appointments_buffers CHECK (blocked_from <= starts_at AND blocked_until >= ends_at),
  CONSTRAINT appointments_hold_expiry CHECK ((status = 'held') = (hold_expires_at IS NOT NULL)),
  -- NULL never conflicts in an exclusion constraint: a blocking row without staff could be booked twice
  CONSTRAINT appointments_blocking_needs_staff CHECK
    (account_id IS NULL OR staff_id IS NOT NULL OR status NOT IN ('held','pending','confirmed')),
  CONSTRAINT appointments_service_fk FOREIGN KEY (tenant_id, service_id) REFERENCES services(account_id, id) ON DELETE SET NULL (service_id),
  CONSTRAINT appointments_staff_fk FOREIGN KEY (tenant_id, staff_id) REFERENCES staff(account_id, id) ON DELETE SET NULL (staff_id),
  CONSTRAINT appointments_customer_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(account_id, id) ON DELETE SET NULL (customer_id),
  CONSTRAINT appointments_conversation_fk FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations(account_id, id) ON DELETE SET NULL (conversation_id),
  CONSTRAINT appointments_no_double_booking EXCLUDE USING gist
    (tenant_id WITH =, staff_id WITH =, tstzrange(blocked_from, blocked_until) WITH &&)
    WHERE (status IN ('held','pending','confirmed')));
CREATE INDEX appointments_account_idx      ON appointments(account_id, starts_at);
CREATE INDEX appointments_starts_idx       ON appointments(tenant_id, starts_at);
CREATE INDEX appointments_staff_idx        ON appointments(tenant_id, staff_id, starts_at);
CREATE INDEX appointments_phone_idx        ON appointments(tenant_id, customer_phone);
CREATE INDEX appointments_service_idx      ON appointments(tenant_id, service_id);
CREATE INDEX appointments_customer_idx     ON appointments(tenant_id, customer_id);
CREATE INDEX appointments_conversation_idx ON appointments(tenant_id, conversation_id);
CREATE INDEX appointments_holds_idx        ON appointments(tenant_id, hold_expires_at) WHERE status = 'held';

CREATE TABLE appointment_history (                        -- append-only; outlives account and appointment: no key
  tenant_id   uuid NOT NULL,
  id          uuid NOT NULL DEFAULT gen_random_uuid(),
  appointment_id uuid NOT NULL,
  version     integer NOT NULL,
  op          text NOT NULL CHECK (op IN ('INSERT','UPDATE','DELETE')),
  row_data    jsonb NOT NULL,
  actor       text,
  cause       text,
  db_user     text NOT NULL DEFAULT session_user,
  changed_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant_id, id));
CREATE INDEX appointment_history_idx ON appointment_history(tenant_id, appointment_id, version);

-- ------------------------------------------------------------------------------------------------------- reliability
CREATE TABLE idempotency_keys (
  account_id  uuid NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  key         text NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
  request_hash bytea NOT NULL,
  appointment_id uuid,                                    -- the outcome: this row …
  refusal     jsonb CHECK (jsonb_typeof(refusal) = 'object'),  -- … or this no, which stays a no
  created_at  timestamptz NOT NULL DEFAULT now(),
  expires_at  timestamptz NOT NULL DEFAULT now() + interval '30 days',
  PRIMARY KEY (account_id, key),
  CONSTRAINT idempotency_keys_one_outcome CHECK (num_nonnulls(appointment_id, refusal) = 1));
CREATE INDEX idempotency_keys_expiry ON idempotency_keys(account_id, expires_at);

CREATE TABLE outbox (                                     -- what somebody must be told; written in the booking transaction
  tenant_id   uuid NOT NULL,
  id          uuid NOT NULL DEFAULT gen_random_uuid(),
  topic       text NOT NULL CHECK (topic IN ('booked','requested','moved','cancelled')),
  appointment_id uuid NOT NULL,
  appointment_version integer NOT NULL,
  status      text NOT NULL DEFAULT 'queued' CHECK (status IN ('queued','sent','failed','not_needed')),
  message_id  uuid,                                       -- the message that told it
  attempts    integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  last_error  text,
  available_at timestamptz NOT NULL DEFAULT now(),
  sent_at     timestamptz,
  created_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT outbox_told_once UNIQUE (tenant_id, appointment_id, appointment_version, topic),
  CONSTRAINT outbox_sent_has_time CHECK ((status = 'sent') = (sent_at IS NOT NULL)),
  FOREIGN KEY (tenant_id, appointment_id) REFERENCES appointments(tenant_id, id) ON DELETE CASCADE);
CREATE INDEX outbox_waiting ON outbox(tenant_id, available_at) WHERE status = 'queued';

CREATE TABLE audit_log (                                  -- who changed which setting; outlives the account: no key
  tenant_id   uuid NOT NULL,
  id          uuid NOT NULL DEFAULT gen_random_uuid(),
  at          timestamptz NOT NULL DEFAULT clock_timestamp(),
  actor       text NOT NULL,
  action      text NOT NULL,
  entity      text NOT NULL,
  entity_id   uuid,
  details     jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (tenant_id, id));
CREATE INDEX audit_log_at ON audit_log(tenant_id, at);

-- ------------------------------------------------------------------------------------- the importer's ledger (operator)
CREATE TABLE import_runs (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  source_kind text NOT NULL CHECK (source_kind IN ('sqlite','postgresql')),
  source_fingerprint text NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz,
  counts jsonb NOT NULL DEFAULT '{}');
CREATE TABLE import_id_map (
  run_id uuid NOT NULL REFERENCES import_runs(id) ON DELETE CASCADE,
  source_table text NOT NULL,
  source_id text NOT NULL,
  new_id uuid NOT NULL,
  PRIMARY KEY (run_id, source_table, source_id));
CREATE TABLE import_quarantine (
  run_id uuid NOT NULL REFERENCES import_runs(id) ON DELETE CASCADE,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  source_table text NOT NULL,
  source_id text,
  reason text NOT NULL,
  row_data jsonb NOT NULL,
  resolved_at timestamptz,
  PRIMARY KEY (run_id, id));

-- ---------------------------------------------------------------------------------------------------------- triggers
CREATE FUNCTION touch_row() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  IF NEW.version = OLD.version THEN NEW.version := OLD.version + 1; END IF;
  NEW.updated_at := pg_catalog.now();
  RETURN NEW;
END $$;

-- Not a CHECK: CHECK (starts_at > CURRENT_TIMESTAMP) would be evaluated again on every later UPDATE and on restore.
CREATE FUNCTION appointments_not_in_past() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  IF NEW.starts_at < pg_catalog.now() AND NEW.status IN ('held','pending','confirmed')
     AND pg_catalog.current_setting('truebook.allow_past', true) IS DISTINCT FROM 'on' THEN
    RAISE EXCEPTION 'appointment starts in the past: %', NEW.starts_at
      USING ERRCODE = '23514', CONSTRAINT = 'appointments_not_in_past', TABLE = 'appointments', COLUMN = 'starts_at';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER appointments_not_in_past_ins BEFORE INSERT ON appointments
  FOR EACH ROW EXECUTE FUNCTION appointments_not_in_past();
CREATE TRIGGER appointments_not_in_past_upd BEFORE UPDATE OF starts_at ON appointments
  FOR EACH ROW WHEN (NEW.starts_at IS DISTINCT FROM OLD.starts_at) EXECUTE FUNCTION appointments_not_in_past();

CREATE FUNCTION appointments_tenant_is_fixed() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  RAISE EXCEPTION 'an appointment never changes its tenant'
    USING ERRCODE = '23514', CONSTRAINT = 'appointments_tenant_is_fixed', TABLE = 'appointments', COLUMN = 'tenant_id';
END $$;
CREATE TRIGGER appointments_tenant_is_fixed BEFORE UPDATE OF tenant_id ON appointments
  FOR EACH ROW WHEN (NEW.tenant_id IS DISTINCT FROM OLD.tenant_id) EXECUTE FUNCTION appointments_tenant_is_fixed();

-- Written by the owner, so that the app role can read history and never write it.
CREATE FUNCTION appointments_write_history() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE r truebook.appointments;
BEGIN
  IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
  INSERT INTO truebook.appointment_history(tenant_id, appointment_id, version, op, row_data, actor, cause)
  VALUES (r.tenant_id, r.id, r.version, TG_OP, pg_catalog.to_jsonb(r),
          nullif(pg_catalog.current_setting('truebook.actor', true), ''),
          nullif(pg_catalog.current_setting('truebook.cause', true), ''));
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION appointments_write_history() FROM PUBLIC;
CREATE TRIGGER appointments_history AFTER INSERT OR UPDATE OR DELETE ON appointments
  FOR EACH ROW EXECUTE FUNCTION appointments_write_history();

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['accounts','users','bot_configs','services','staff','availability_configs','date_overrides',
                           'blackout_dates','customers','conversations','appointments'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE ON truebook.%I FOR EACH ROW EXECUTE FUNCTION truebook.touch_row()', t || '_touch', t);
  END LOOP;
END $$;

-- ------------------------------------------------------------------------------------------------- row-level security
-- FORCE binds the owner too, so that an installation with one plain role is as safe as one with an app role.
DO $$ DECLARE t text; k text; BEGIN
  FOREACH t IN ARRAY ARRAY['accounts','channels','api_keys','users','bot_configs','services','staff','staff_services',
      'availability_configs','availability_rules','date_overrides','blackout_dates','customers','conversations',
      'test_chat_sessions','messages','offers','appointments','appointment_history','idempotency_keys','outbox','audit_log'] LOOP
    k := CASE WHEN t = 'accounts' THEN 'id'
              WHEN t IN ('appointments','appointment_history','outbox','audit_log') THEN 'tenant_id' ELSE 'account_id' END;
    EXECUTE format('ALTER TABLE truebook.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE truebook.%I FORCE ROW LEVEL SECURITY', t);
    -- What is written down of the past is only ever added to, also where one plain role owns the tables.
    IF t IN ('appointment_history','audit_log') THEN
      EXECUTE format('CREATE POLICY tenant_isolation ON truebook.%I FOR SELECT USING (%I = truebook.current_tenant())', t, k);
      CONTINUE;
    END IF;
    EXECUTE format('CREATE POLICY tenant_isolation ON truebook.%I USING (%I = truebook.current_tenant()) WITH CHECK (%I = truebook.current_tenant())', t, k, k);
  END LOOP;
  CREATE POLICY tenant_adds ON truebook.audit_log FOR INSERT WITH CHECK (tenant_id = truebook.current_tenant());
  FOREACH t IN ARRAY ARRAY['import_runs','import_id_map','import_quarantine'] LOOP
    EXECUTE format('ALTER TABLE truebook.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE truebook.%I FORCE ROW LEVEL SECURITY', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['accounts','channels','api_keys','import_runs','import_id_map','import_quarantine'] LOOP
    EXECUTE format('CREATE POLICY operator_directory ON truebook.%I USING (truebook.is_operator()) WITH CHECK (truebook.is_operator())', t);
  END LOOP;
  -- The history trigger runs as the owner, whom FORCE binds: it, and only a trigger, may add history, of any tenant.
  EXECUTE format('CREATE POLICY owner_writes_history ON truebook.appointment_history FOR INSERT TO %I'
                 ' WITH CHECK (pg_catalog.pg_trigger_depth() > 0)', current_user);
END $$;

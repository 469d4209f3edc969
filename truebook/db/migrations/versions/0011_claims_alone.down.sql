-- Back to one row a booking, as far as one row can say it: a visit of several parts, or one that keeps more than one
-- person busy, cannot be told that way, and then nothing is changed.
-- FORCE binds the owner as well: without this no row would be found, and no key could be seen to hold.
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['accounts','users','bot_configs','services','staff','customers','conversations','appointments','appointment_segments','claims'] LOOP
    EXECUTE format('ALTER TABLE truebook.%I NO FORCE ROW LEVEL SECURITY', t);
  END LOOP;
END $$;
DO $$ DECLARE several bigint; BEGIN
  SELECT count(*) INTO several FROM truebook.appointments a
  WHERE status IN ('held','pending','confirmed') AND account_id IS NOT NULL
    AND (SELECT count(*) FROM truebook.claims c JOIN truebook.staff s ON (s.account_id, s.id) = (c.tenant_id, c.resource_id)
          WHERE (c.tenant_id, c.appointment_id, c.segment) = (a.tenant_id, a.id, 1)) <>
        (SELECT greatest(count(*), 1) FROM truebook.claims c WHERE (c.tenant_id, c.appointment_id) = (a.tenant_id, a.id));
  IF several > 0 THEN
    RAISE EXCEPTION '% visits are of several parts or keep several busy: one row a booking cannot say that', several
      USING HINT = 'End or cancel them first.';
  END IF;
END $$;
ALTER TABLE truebook.appointments
  ADD COLUMN service_id uuid, ADD COLUMN staff_id uuid, ADD COLUMN service_name text, ADD COLUMN staff_name text,
  ADD COLUMN blocked_from timestamptz, ADD COLUMN blocked_until timestamptz;
ALTER TABLE truebook.appointments DISABLE TRIGGER USER;   -- this is no change that anybody made
UPDATE truebook.appointments a
SET service_id = s.service_id, staff_id = s.staff_id, service_name = s.service_name, staff_name = s.staff_name,
    blocked_from = coalesce(c.starts_at, a.starts_at), blocked_until = coalesce(c.ends_at, a.ends_at)
FROM truebook.appointment_segments s
LEFT JOIN truebook.claims c ON (c.tenant_id, c.appointment_id, c.segment, c.number) = (s.tenant_id, s.appointment_id, s.position, 1)
WHERE (s.tenant_id, s.appointment_id, s.position) = (a.tenant_id, a.id, 1);
ALTER TABLE truebook.appointments ENABLE TRIGGER USER;
ALTER TABLE truebook.appointments
  ADD CONSTRAINT appointments_buffers CHECK (blocked_from <= starts_at AND blocked_until >= ends_at),
  ADD CONSTRAINT appointments_service_fk FOREIGN KEY (tenant_id, service_id) REFERENCES truebook.services(account_id, id) ON DELETE SET NULL (service_id),
  ADD CONSTRAINT appointments_staff_fk FOREIGN KEY (tenant_id, staff_id) REFERENCES truebook.staff(account_id, id) ON DELETE SET NULL (staff_id),
  ADD CONSTRAINT appointments_no_double_booking EXCLUDE USING gist
    (tenant_id WITH =, staff_id WITH =, tstzrange(blocked_from, blocked_until) WITH &&)
    WITH (buffering = on) WHERE (status IN ('held','pending','confirmed'));
CREATE INDEX appointments_staff_idx   ON truebook.appointments(tenant_id, staff_id, starts_at);
CREATE INDEX appointments_service_idx ON truebook.appointments(tenant_id, service_id);
-- Its name comes before appointments_give_back's: the claims of an appointment that ends are given back afterwards.
CREATE FUNCTION truebook.appointments_bridge() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
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
  AFTER INSERT OR UPDATE OF status, staff_id, service_id, starts_at, ends_at, blocked_from, blocked_until ON truebook.appointments
  FOR EACH ROW EXECUTE FUNCTION truebook.appointments_bridge();
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['accounts','users','bot_configs','services','staff','customers','conversations','appointments','appointment_segments','claims'] LOOP
    EXECUTE format('ALTER TABLE truebook.%I FORCE ROW LEVEL SECURITY', t);
  END LOOP;
END $$;

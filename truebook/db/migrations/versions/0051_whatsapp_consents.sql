-- A yes on the booking page to being told of an appointment on WhatsApp, in the words that were agreed to.
CREATE TABLE truebook.whatsapp_consents (
  account_id  uuid NOT NULL,
  appointment_id uuid NOT NULL,
  phone       text NOT NULL CHECK (phone ~ '^\+[1-9][0-9]{6,14}$'),
  wording     text NOT NULL CHECK (btrim(wording) <> ''),
  language    text NOT NULL,
  given_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (account_id, appointment_id),
  FOREIGN KEY (account_id, appointment_id) REFERENCES truebook.appointments(tenant_id, id) ON DELETE CASCADE);
ALTER TABLE truebook.whatsapp_consents ENABLE ROW LEVEL SECURITY;
ALTER TABLE truebook.whatsapp_consents FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON truebook.whatsapp_consents USING (account_id = truebook.current_tenant())
  WITH CHECK (account_id = truebook.current_tenant());
DO $$ BEGIN
  IF current_user = 'truebook_owner' THEN
    GRANT SELECT, INSERT, UPDATE, DELETE ON truebook.whatsapp_consents TO truebook_app;
  END IF;
END $$;

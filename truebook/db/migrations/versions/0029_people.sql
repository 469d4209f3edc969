-- What a business knows of a person: notes, for how many months after their last visit it is kept, and how they are
-- erased. History and settings log are only ever added to; the one exception is this function, which takes a person's
-- data out of what is there, and can do nothing else. Runs with search_path = truebook as the owner.
ALTER TABLE customers ADD COLUMN notes text CHECK (length(notes) <= 4000);
CREATE INDEX customers_email_idx ON customers(account_id, email) WHERE email IS NOT NULL;
ALTER TABLE accounts ADD COLUMN retention_months integer CHECK (retention_months BETWEEN 1 AND 240);

CREATE FUNCTION erase_from_history(visits uuid[], person uuid, nameless text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  PERFORM pg_catalog.set_config('truebook.erasing', 'on', true);
  UPDATE truebook.appointment_history SET row_data = row_data
    || pg_catalog.jsonb_build_object('customer_name', nameless, 'customer_phone', NULL, 'customer_email', NULL,
                                     'notes', NULL, 'customer_id', NULL, 'conversation_id', NULL)
    || CASE WHEN row_data ? 'segments' THEN pg_catalog.jsonb_build_object('segments',
         (SELECT coalesce(pg_catalog.jsonb_agg(part || '{"guest_name": null}' ORDER BY place), '[]')
          FROM pg_catalog.jsonb_array_elements(row_data -> 'segments') WITH ORDINALITY AS p(part, place)))
       ELSE '{}' END
  WHERE tenant_id = truebook.current_tenant() AND appointment_id = ANY (visits);
  UPDATE truebook.audit_log SET details = '{}'
  WHERE tenant_id = truebook.current_tenant() AND entity = 'customer' AND entity_id = person;
  PERFORM pg_catalog.set_config('truebook.erasing', '', true);
END $$;
REVOKE ALL ON FUNCTION erase_from_history(uuid[], uuid, text) FROM PUBLIC;
DO $$ DECLARE t text; BEGIN
  IF current_user = 'truebook_owner' THEN
    GRANT EXECUTE ON FUNCTION truebook.erase_from_history(uuid[], uuid, text) TO truebook_app;
  END IF;
  FOREACH t IN ARRAY ARRAY['appointment_history','audit_log'] LOOP
    EXECUTE format('CREATE POLICY owner_erases ON truebook.%I FOR UPDATE TO %I'
                   ' USING (tenant_id = truebook.current_tenant()'
                   '        AND pg_catalog.current_setting(''truebook.erasing'', true) = ''on'')'
                   ' WITH CHECK (tenant_id = truebook.current_tenant())', t, current_user);
  END LOOP;
END $$;

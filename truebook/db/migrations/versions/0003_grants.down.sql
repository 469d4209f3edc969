DO $$ BEGIN
  IF current_user <> 'truebook_owner' THEN RETURN; END IF;
  REVOKE ALL ON ALL TABLES IN SCHEMA truebook FROM truebook_app;
  REVOKE ALL ON ALL SEQUENCES IN SCHEMA truebook FROM truebook_app;
  REVOKE ALL ON SCHEMA truebook FROM truebook_app;
END $$;

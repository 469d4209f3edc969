-- The app role works with the rows and owns nothing. An installation with one plain role has no app role and needs none.
DO $$ BEGIN
  IF current_user <> 'truebook_owner' THEN RETURN; END IF;
  GRANT USAGE ON SCHEMA truebook TO truebook_app;
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA truebook TO truebook_app;
  GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA truebook TO truebook_app;
  -- history and the settings log can be read and, for the log, added to: never changed
  REVOKE INSERT, UPDATE, DELETE ON appointment_history FROM truebook_app;
  REVOKE UPDATE, DELETE ON audit_log FROM truebook_app;
  REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM truebook_app;
END $$;

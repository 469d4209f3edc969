-- Language models of others: which one a business chose (NULL: the usual), which is left alone for a while, and what a day has
-- cost. Keys are sealed. By business.
ALTER TABLE bot_configs
  ADD COLUMN model text CHECK (btrim(model) <> ''),
  ADD COLUMN model_url text,
  ADD COLUMN model_key text,
  ADD COLUMN answer_tokens integer CHECK (answer_tokens > 0),
  ADD COLUMN turn_tokens integer CHECK (turn_tokens > 0),
  ADD COLUMN day_tokens integer CHECK (day_tokens > 0);

CREATE TABLE model_circuits (
  account_id    uuid NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  model         text NOT NULL,
  failures      integer NOT NULL CHECK (failures > 0),          -- in a row
  reason        text NOT NULL,                                  -- of the last one
  failed_at     timestamptz NOT NULL DEFAULT now(),
  resting_until timestamptz,
  PRIMARY KEY (account_id, model));
CREATE INDEX model_circuits_failed_idx ON truebook.model_circuits (account_id, failed_at);

CREATE TABLE model_days (
  account_id    uuid NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  day           date NOT NULL,                                  -- by UTC
  tokens        bigint NOT NULL DEFAULT 0,
  reserved      bigint NOT NULL DEFAULT 0 CHECK (reserved >= 0), -- by turns under way
  requests      integer NOT NULL DEFAULT 0,
  outcomes      jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(outcomes) = 'object'), -- model → outcome → turns
  PRIMARY KEY (account_id, day));

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['model_circuits','model_days'] LOOP
    EXECUTE format('ALTER TABLE truebook.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE truebook.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant_isolation ON truebook.%I USING (account_id = truebook.current_tenant())'
                   ' WITH CHECK (account_id = truebook.current_tenant())', t);
    IF current_user = 'truebook_owner' THEN
      EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON truebook.%I TO truebook_app', t);
    END IF;
  END LOOP;
END $$;

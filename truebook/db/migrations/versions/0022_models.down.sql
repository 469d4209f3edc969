DROP TABLE model_days;
DROP TABLE model_circuits;
ALTER TABLE bot_configs DROP COLUMN model, DROP COLUMN model_url, DROP COLUMN model_key, DROP COLUMN answer_tokens,
  DROP COLUMN turn_tokens, DROP COLUMN day_tokens;

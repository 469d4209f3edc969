-- Which language model an assistant uses, where, with which key (sealed), and what it may use; NULL is what is usual.
ALTER TABLE bot_configs
  ADD COLUMN model text CHECK (btrim(model) <> ''),
  ADD COLUMN model_url text,
  ADD COLUMN model_key text,
  ADD COLUMN answer_tokens integer CHECK (answer_tokens > 0),
  ADD COLUMN turn_tokens integer CHECK (turn_tokens > 0),
  ADD COLUMN day_tokens integer CHECK (day_tokens > 0);

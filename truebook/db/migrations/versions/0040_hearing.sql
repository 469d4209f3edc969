-- Who turns a business's voice notes into text (NULL: whoever the installation has). The key is sealed.
ALTER TABLE truebook.bot_configs
  ADD COLUMN hearing_url text,
  ADD COLUMN hearing_model text CHECK (btrim(hearing_model) <> ''),
  ADD COLUMN hearing_key text;

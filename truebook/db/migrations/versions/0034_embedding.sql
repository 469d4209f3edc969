-- Origins stand in a header as they are: nothing but an origin may get there.
ALTER TABLE accounts
  ADD COLUMN imprint_url text CONSTRAINT accounts_imprint CHECK (
    imprint_url ~ '^https?://[^[:space:]<>"]+$' AND length(imprint_url) < 310),
  ADD COLUMN privacy_url text CONSTRAINT accounts_privacy CHECK (
    privacy_url ~ '^https?://[^[:space:]<>"]+$' AND length(privacy_url) < 310),
  ADD COLUMN framed_by text[] NOT NULL DEFAULT '{}' CONSTRAINT accounts_framed_by CHECK (
    cardinality(framed_by) <= 20 AND array_position(framed_by, NULL) IS NULL
    AND array_to_string(framed_by, ' ') ~ '^(https?://[a-z0-9.-]+(:[0-9]{1,5})?( |$))*$');

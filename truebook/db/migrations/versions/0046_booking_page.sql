-- Whether a booking on the page counts only once a code that was sent to the customer's address was typed there; and how
-- many dates of a weekly series a customer may book there at once (0: no series).
ALTER TABLE truebook.accounts
  ADD COLUMN confirms_by_code boolean NOT NULL DEFAULT false,
  ADD COLUMN series_dates smallint NOT NULL DEFAULT 0 CONSTRAINT accounts_series_dates CHECK (series_dates BETWEEN 0 AND 52);

ALTER TABLE truebook.accounts DROP COLUMN confirms_by_code, DROP COLUMN series_dates;

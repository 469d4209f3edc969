-- A date of a series that could not be had is wanted at another time, once the rest of its series was moved.
ALTER TABLE truebook.series_occurrences ADD COLUMN moved_to timestamptz;

ALTER TABLE truebook.series_occurrences DROP COLUMN moved_to;

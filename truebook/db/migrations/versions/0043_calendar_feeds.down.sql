DROP TABLE truebook.calendar_feeds;

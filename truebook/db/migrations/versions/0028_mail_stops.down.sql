DROP TABLE truebook.mail_stops;

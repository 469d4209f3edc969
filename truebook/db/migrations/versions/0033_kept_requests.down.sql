DROP TABLE truebook.kept_requests;

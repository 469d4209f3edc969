DROP TABLE truebook.withdrawn_links;

DROP TABLE truebook.checks;

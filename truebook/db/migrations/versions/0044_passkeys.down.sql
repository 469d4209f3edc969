DROP TABLE truebook.passkeys;

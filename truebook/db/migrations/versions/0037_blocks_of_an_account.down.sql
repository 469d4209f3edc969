ALTER TABLE truebook.blocks DROP CONSTRAINT blocks_account_fk;

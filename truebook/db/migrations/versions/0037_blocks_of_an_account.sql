-- A block is an account's: a key says so now, and not only the trigger that deletes both.
ALTER TABLE truebook.blocks ADD CONSTRAINT blocks_account_fk FOREIGN KEY (tenant_id) REFERENCES truebook.accounts(id)
  ON DELETE CASCADE;

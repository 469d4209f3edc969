"""Brings the old Knex database into Truebook's schema: every row imported, or kept in quarantine with the reason."""

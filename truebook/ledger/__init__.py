"""The ledger: every word in and out, what it said of which appointment, and whether it arrived."""

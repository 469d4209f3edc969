"""The times and places to offer, from what is free."""

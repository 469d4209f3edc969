"""Booking: the rules, the free times, and the actions, each of which is one transaction."""

"""A WhatsApp of our own, as strict as Meta's: for newcomers who want to try, and for tests."""

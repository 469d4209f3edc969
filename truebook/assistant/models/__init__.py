"""Which model thinks about a message, what it may use, and what of its work is believed."""

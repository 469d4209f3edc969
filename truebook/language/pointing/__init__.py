"""What a message points at: one of the offers or appointments, or a day told by another."""

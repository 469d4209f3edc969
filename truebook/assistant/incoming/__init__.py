"""What comes in: from whom, what of it is stored, and what is one turn."""

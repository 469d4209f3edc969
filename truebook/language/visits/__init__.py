"""Who comes, and who gets what, with whom and in which order: a message cut into the visits that it speaks of."""

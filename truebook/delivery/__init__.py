"""What leaves the desk: whoever is concerned by a change is told, once, and the outbox says so."""

"""A message taken apart into clauses and acts, and what it means in its place in the talk."""

"""The receptionist without a language model: how far a talk has come, and the next step."""

"""Connecting a business's number: what is asked of Meta, what is set up there, and what is left to click."""

"""Thin clients of services outside: one folder each, and nobody else speaks to them."""

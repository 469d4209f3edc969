"""Truebook: the appointment desk that never lies."""

"""The ways in: parse, call an action, render. No rules and no SQL here."""

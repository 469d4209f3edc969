"""Saved customers, played against an assistant before real ones meet it: judged by rows, not by wording."""

"""Understanding dates and times: one grammar, one table of words per language."""

from truebook.language.temporal.readings import read

__all__ = ["read"]

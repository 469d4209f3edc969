"""What a clause does: acts with a topic, read by a small model that was learned from `truebook/language/examples`."""

from truebook.language.acts.model import ACTS, AFTER, After, Heard, likeliest
from truebook.language.acts.reading import read

__all__ = ["ACTS", "AFTER", "After", "Heard", "likeliest", "read"]

"""How probable something must be heard to be acted upon."""

FAINT, LIKELY, SURE, CERTAIN = 0.3, 0.5, 0.6, 0.75

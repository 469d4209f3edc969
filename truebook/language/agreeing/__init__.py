"""Yes and no: the closed rule of consent, and its words."""

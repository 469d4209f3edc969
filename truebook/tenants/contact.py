"""What people type as their telephone number or e-mail address, as it is stored; and what may stand in a field."""

import re

from truebook.kernel import phones
from truebook.kernel.errors import Invalid


def phone(text: str, timezone: str) -> str | None:
    """Return a number as E.164, one without a country as dialled where the business is; None for no number.

    Raises Invalid for anything that cannot be called.
    """
    if not text:
        return None
    if (stored := phones.e164(text, phones.country(timezone))) is None:
        raise Invalid("phone", "that is no telephone number")
    return stored


def email(text: str) -> str | None:
    """Return an address in lower case; None for none. Raises Invalid for what cannot be one."""
    if not text:
        return None
    if not re.fullmatch(r"[^\s@]{1,64}@[^\s@]+\.[^\s@]+", text) or len(text) > 200:
        raise Invalid("email", "that is no e-mail address")
    return text.lower()

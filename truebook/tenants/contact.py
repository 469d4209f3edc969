"""What people type as their telephone number or e-mail address, as it is stored; and what may stand in a field."""

import re

import phonenumbers
from babel.core import get_global

from truebook.kernel.errors import Invalid

STORED = re.compile(r"\+[1-9][0-9]{6,14}")


def phone(text: str, timezone: str) -> str | None:
    """Return a number as E.164, one without a country as dialled where the business is; None for no number.

    Raises Invalid for anything that cannot be called.
    """
    if not text:
        return None
    country = get_global("zone_territories").get(timezone)
    try:
        parsed = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException as error:
        raise Invalid("phone", "that is no telephone number") from error
    stored = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    if not phonenumbers.is_possible_number(parsed) or not STORED.fullmatch(stored):
        raise Invalid("phone", "that is no telephone number")
    return stored


def email(text: str) -> str | None:
    """Return an address in lower case; None for none. Raises Invalid for what cannot be one."""
    if not text:
        return None
    if not re.fullmatch(r"[^\s@]{1,64}@[^\s@]+\.[^\s@]+", text) or len(text) > 200:
        raise Invalid("email", "that is no e-mail address")
    return text.lower()

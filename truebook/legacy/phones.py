"""Old phone numbers, as people typed them, into E.164."""

import phonenumbers
from babel.core import get_global

PREFIXES = ("whatsapp:", "tel:")


def region(zone: str) -> str | None:
    """Return the country (ISO 3166) a time zone lies in, which is how a national number is read; None if in none."""
    found = get_global("zone_territories").get(zone)
    return None if found in (None, "ZZ", "001") else str(found)


def e164(text: str, country: str | None) -> str | None:
    """Return a phone number as +4366…, or None where it cannot be read as one in that country."""
    number = text.strip()
    for prefix in PREFIXES:
        number = number.removeprefix(prefix)
    number = number.split("@", 1)[0]
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)

"""Telephone numbers: one way to read them, and one form in which they are kept."""

import re
from contextvars import ContextVar

import phonenumbers
from babel.core import get_global

STORED = re.compile(r"\+[1-9][0-9]{6,14}")
"""E.164 as the tables' CHECKs want it."""
REGION: ContextVar[str | None] = ContextVar("region", default=None)
"""The country of the business that a request is about, for readers that are handed nothing but a text."""


def country(zone: str) -> str | None:
    """Return the country (ISO 3166) a time zone lies in, which is how a national number is read; None if in none."""
    found = get_global("zone_territories").get(zone)
    return None if found in (None, "ZZ", "001") else str(found)


def e164(text: str, region: str | None) -> str | None:
    """Return a number as +4366…, read as people of a country (AT) write it; None where that is none to be kept."""
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return kept(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def kept(number: str) -> str | None:
    """Return a number that somebody vouches for, if it can be kept; None where it cannot."""
    return number if STORED.fullmatch(number) else None

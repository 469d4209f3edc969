"""Telephone numbers: one way to read them, and one form in which they are kept."""

import re
from contextvars import ContextVar

import phonenumbers
from babel.core import get_global

STORED = re.compile(r"\+[1-9][0-9]{6,14}")
"""E.164 as the tables' CHECKs want it."""
REGION: ContextVar[str | None] = ContextVar("region", default=None)
"""The country of the business that a request is about, for readers that are handed nothing but a text."""

SPOKEN_IN = {
    "de": ("DE", "AT", "CH"), "en": ("GB", "IE", "US"), "es": ("ES", "MX", "AR"), "fr": ("FR", "BE", "CH"),
    "it": ("IT", "CH"), "nl": ("NL", "BE"), "pt": ("PT", "BR"),
}  # fmt: skip
"""Where people come from who speak a language, the likeliest first: how they may write a national number."""


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


def spoken(text: str, region: str | None, language: str) -> str | None:
    """Return the E.164 of a number as somebody wrote it who speaks a language, in a business of a country.

    A mobile number of the business's country comes first, then one of the countries of the language; what is a number
    in none of them is None, which is no number to be kept.
    """
    if region is None or text.lstrip().startswith(("+", "00")):
        return e164(text, region)
    places = tuple(dict.fromkeys((region, *SPOKEN_IN.get(language, ()))))
    read = [(place, number) for place in places if (number := _national(text, place)) is not None]
    if not read:  # perhaps a new kind of number: right in length, and begun as people begin one there
        read = [(place, number) for place in places if (number := _national(text, place, valid=False)) is not None]
    mobile = [number for place, number in read if phonenumbers.number_type(number) in _MOBILE]
    found = next(iter((*mobile, *(number for _, number in read))), None)
    return kept(phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164)) if found else None


_MOBILE = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
_OPTIONAL = frozenset({"BR", "US"})
"""Countries where people leave out the digit that begins a national number."""


def _national(text: str, region: str, *, valid: bool = True) -> phonenumbers.PhoneNumber | None:
    """Return a number that is valid (or possible) in a country and written as people write it there."""
    prefix = phonenumbers.ndd_prefix_for_region(region, True)
    digits = "".join(filter(str.isdigit, text))
    if prefix and region not in _OPTIONAL and not digits.startswith(prefix):
        return None
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if valid:
        return number if phonenumbers.is_valid_number_for_region(number, region) else None
    return number if prefix and digits.startswith(prefix) and phonenumbers.is_possible_number(number) else None


def international(number: str) -> str:
    """Return a number as it is told to people: "+43 660 1234567"; what is none, as it was written."""
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def kept(number: str) -> str | None:
    """Return a number that somebody vouches for, if it can be kept; None where it cannot."""
    return number if STORED.fullmatch(number) else None

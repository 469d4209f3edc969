"""Old phone numbers, as messengers and people wrote them, into E.164."""

from truebook.kernel import phones

PREFIXES = ("whatsapp:", "tel:")


def e164(text: str, country: str | None) -> str | None:
    """Return a phone number as +4366…, or None where it cannot be read as one in that country."""
    number = text.strip()
    for prefix in PREFIXES:
        number = number.removeprefix(prefix)
    return phones.e164(number.split("@", 1)[0], country)

"""What people type as their telephone number, e-mail address or place on the web, as it is stored."""

import re
from urllib.parse import urlsplit

from truebook.kernel import phones
from truebook.kernel.errors import Invalid

WEB = r'^https?://[^\s<>"]{1,300}$'
"""A page on the web that may be linked."""
ORIGIN = r"^https?://[a-z0-9.-]{1,253}(:[0-9]{1,5})?$"
"""A site: scheme, host and port, without a path."""
MOST_SITES = 20


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


def web(field: str, text: str) -> str | None:
    """Return the address of a page, by https where it does not say how; None for none; raise Invalid for no address."""
    if not text:
        return None
    whole = text if "://" in text else f"https://{text}"
    if not re.fullmatch(WEB, whole) or "." not in (urlsplit(whole).hostname or ""):
        raise Invalid(field, "that is no address of a page")
    return whole


def sites(field: str, texts: list[str]) -> list[str]:
    """Return the sites that addresses belong to, each once; raise Invalid for one that is none, and for too many."""
    found = dict.fromkeys(_site(field, one) for one in texts)
    if len(found) > MOST_SITES:
        raise Invalid(field, f"at most {MOST_SITES} sites")
    return list(found)


def _site(field: str, text: str) -> str:
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        site = f"{parts.scheme}://{parts.hostname or ''}{f':{parts.port}' if parts.port else ''}"
    except ValueError as error:
        raise Invalid(field, "that is no site") from error
    if not re.fullmatch(ORIGIN, site):
        raise Invalid(field, "that is no site")
    return site

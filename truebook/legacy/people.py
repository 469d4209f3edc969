"""Old accounts and users."""

import re
import unicodedata
from datetime import datetime
from uuid import UUID

from babel import Locale, UnknownLocaleError

from truebook.kernel import clock, phones
from truebook.kernel.ids import digest
from truebook.legacy.desk import Business, Desk, stamps
from truebook.legacy.generations import Fields
from truebook.legacy.outcome import Elsewhere, Imported, Note, Quarantine, Row

ROLES = ("owner", "admin", "member")


def account(fields: Fields, desk: Desk) -> Imported:
    """Convert a business, with the staff member who takes over all its appointments."""
    notes: list[Note] = []
    new = desk.new_id(fields, notes)
    name = fields.text("name")
    chosen = desk.options.chosen(fields.raw.key, name, new)
    try:
        business = open_business(desk, new, name, fields.text("zone"), notes)
    except Quarantine as why:
        desk.businesses.add(fields.raw.key, Business(new, name or fields.raw.key, None, None, chosen, refused=True))
        raise why if chosen else Elsewhere from None
    desk.businesses.add(fields.raw.key, Business(new, name, business.zone, business.region, chosen))
    if not chosen:
        raise Elsewhere
    rows = founding(desk, business, notes, stamps(fields))
    return Imported(fields.raw, new, new, rows, tuple(notes))


def open_business(desk: Desk, new: UUID, name: str, zone: str, notes: list[Note]) -> Business:
    """Return a business that can be in Truebook: it has a name and a time zone. Raises Quarantine."""
    if not name:
        raise Quarantine("no-name", "a business without a name")
    named = zone or desk.options.zone or ""
    try:
        tz = clock.zone(named)
    except ValueError as error:
        said = f"its time zone '{zone}' is none" if zone else "it names no time zone"
        raise Quarantine("no-zone", f"{said}; import again with --zone Area/City") from error
    if not zone:
        notes.append(Note("zone", f"names no time zone; has {named}, as --zone says"))
    return Business(new, name, tz, desk.options.region or phones.country(named))


def founding(desk: Desk, business: Business, notes: list[Note], at: dict[str, datetime]) -> tuple[Row, ...]:
    """Return the rows of a new business: itself and its one staff member."""
    locale = _locale(business.region)
    there = business.id in desk.known.accounts
    if there:
        notes.append(Note("already-here", "a business with this id is in Truebook; its name and zone there are kept"))
    elif locale != "en":
        notes.append(Note("language", f"its language is taken to be {locale}, by where it is"))
    values = {
        "id": business.id,
        "name": business.name,
        "slug": _free_slug(desk, business),
        "timezone": str(business.zone),
        "locale": locale,
        "languages": [locale[:2]],
        **at,
    }
    name = f"{business.name} (imported)" if there else business.name
    staff = {"account_id": business.id, "id": business.staff, "name": name}
    return Row("accounts", values, shared=there), Row("staff", staff, shared=True)


def user(fields: Fields, desk: Desk) -> Imported:
    """Convert somebody who may sign in. The old software gave everybody every right: each is an owner."""
    notes: list[Note] = []
    business = desk.business(fields, notes)
    email = _email(fields, notes)
    taken = desk.known.tenant(business.id).emails
    if email in taken and not desk.done(fields):
        raise Quarantine("same-email", f"{business.name} has a user {email} already")
    taken.add(email)
    new = desk.new_id(fields, notes)
    feed = fields.text("feed")
    values = {
        "account_id": business.id,
        "id": new,
        "email": email,
        "password_hash": fields.text("password") or None,
        "role": fields.text("role").casefold() if fields.text("role").casefold() in ROLES else "owner",
        "calendar_feed_token_hash": digest(feed) if feed else None,
        **stamps(fields),
    }
    return Imported(fields.raw, business.id, new, (Row("users", values),), tuple(notes))


def _email(fields: Fields, notes: list[Note]) -> str:
    written = fields.text("email")
    email = written.lower()
    if email.find("@") < 1 or " " in email:
        raise Quarantine("no-email", f"'{written}' is no e-mail address to sign in with")
    if email != written:
        notes.append(Note("email-case", f"the e-mail address {written} is kept in small letters"))
    return email


def _locale(country: str | None) -> str:
    """Return the language people write in a country, by Unicode's likely subtags: AT → de-AT; en where unknown."""
    try:
        found = Locale.parse(f"und_{country}") if country else Locale("en")
    except (UnknownLocaleError, ValueError):
        return "en"
    return f"{found.language}-{country}" if country and len(found.language) == 2 else "en"


def _free_slug(desk: Desk, business: Business) -> str:
    known = desk.known.accounts
    if business.id in known:
        return known[business.id]
    plain = unicodedata.normalize("NFKD", business.name.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    wish = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "business"
    slug, tries = wish, 1
    while slug in known.values():
        tries += 1
        slug = f"{wish}-{tries}"
    known[business.id] = slug
    return slug

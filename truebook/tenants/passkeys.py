"""Passkeys: a key that never leaves somebody's phone or computer, which asks them for a finger, a face or a PIN.

Source: W3C, Web Authentication Level 3. The database keeps public keys; a challenge is used once.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from truebook.db import Database
from truebook.kernel import ids
from truebook.kernel.errors import Conflict, Invalid, NotFound
from truebook.tenants import sessions
from truebook.tenants.access import OPERATOR, Unauthorized
from truebook.tenants.records import note
from truebook.tenants.sessions import PERSON, Person
from truebook.tenants.users import USERS

MOST = 20
"""Passkeys that somebody may have."""
LIST = """
SELECT id, name, created_at, used_at FROM passkeys WHERE account_id = %(tenant)s AND user_id = %(user)s
ORDER BY created_at, id
"""
CREDENTIALS = "SELECT credential FROM passkeys WHERE account_id = %(tenant)s AND user_id = %(user)s"
ADD = """
INSERT INTO passkeys (account_id, id, user_id, credential, public_key, sign_count, name)
VALUES (%s, %s, %s, %s, %s, %s, %s)
"""
REMOVE = "DELETE FROM passkeys WHERE account_id = %s AND user_id = %s AND id = %s RETURNING id"
BY_CREDENTIAL = f"""
SELECT {PERSON}, k.id, k.public_key, k.sign_count FROM passkeys k
JOIN users u ON u.account_id = k.account_id AND u.id = k.user_id JOIN accounts a ON a.id = k.account_id
WHERE k.credential = %(credential)s AND a.status = 'active'
"""
USE = """
UPDATE passkeys SET sign_count = %s, used_at = %s WHERE account_id = %s AND id = %s AND sign_count = %s RETURNING id
"""
REFUSED = "that passkey does not open anything here"


@dataclass(frozen=True, slots=True)
class Site:
    """Where passkeys are good: the host that they are bound to, and the origin from which they are used."""

    host: str
    origin: str


@dataclass(frozen=True, slots=True)
class Passkey:
    """A passkey as it may be shown."""

    id: UUID
    name: str
    created_at: datetime
    used_at: datetime | None


def site(base_url: str) -> Site | None:
    """Return where passkeys are good for an installation; None where it has an address of figures and no name."""
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    try:
        ip_address(host)
    except ValueError:
        return Site(host, f"{parts.scheme}://{parts.netloc}") if host else None
    return None


def challenge_in(credential: str) -> bytes:
    """Return the challenge that a browser's answer says it answers; raise Invalid where it says none."""
    from webauthn import base64url_to_bytes  # noqa: PLC0415 - OpenSSL, which most commands need not wait for

    try:
        told = json.loads(base64url_to_bytes(json.loads(credential)["response"]["clientDataJSON"]))
        return base64url_to_bytes(told["challenge"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Invalid("credential", REFUSED) from error


async def to_create(db: Database, person: Person, at: Site, challenge: bytes) -> str:
    """Return, as JSON, what a browser is to make a passkey for somebody by; not one that they have already."""
    import webauthn  # noqa: PLC0415
    from webauthn.helpers import structs  # noqa: PLC0415

    params = {"tenant": person.tenant, "user": person.user_id}
    known = await db.rows(person.scope("passkeys"), CREDENTIALS, params)
    options = webauthn.generate_registration_options(
        rp_id=at.host, rp_name="Truebook", user_id=person.user_id.bytes, challenge=challenge,
        user_name=f"{person.email}, {person.business}", user_display_name=person.name or person.email,
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[structs.PublicKeyCredentialDescriptor(id=bytes(row[0])) for row in known],
    )  # fmt: skip
    return webauthn.options_to_json(options)


async def add(db: Database, person: Person, at: Site, challenge: bytes, credential: str, name: str) -> None:
    """Keep a passkey that a browser has just made; raise Invalid for an answer that does not prove it."""
    import webauthn  # noqa: PLC0415
    from webauthn.helpers.exceptions import WebAuthnException  # noqa: PLC0415

    try:
        made = webauthn.verify_registration_response(
            credential=credential, expected_challenge=challenge, expected_rp_id=at.host, expected_origin=at.origin,
            require_user_verification=True,
        )  # fmt: skip
    except (WebAuthnException, ValueError) as error:
        raise Invalid("credential", REFUSED) from error
    passkey_id = ids.uuid7()
    async with USERS.changing(db, person.scope("add passkey")) as tx:
        params = {"tenant": person.tenant, "user": person.user_id}
        await USERS.read(tx, person.user_id, lock=True)
        if len(await tx.rows(LIST, params)) >= MOST:
            raise Conflict(f"{MOST} passkeys are the most that somebody has", field="name")
        row = (made.credential_id, made.credential_public_key, made.sign_count, name)
        await tx.run(ADD, (person.tenant, passkey_id, person.user_id, *row))
        await note(tx, "add passkey", "user", person.user_id, {"name": name})


async def listing(db: Database, person: Person) -> list[Passkey]:
    """Return the passkeys of a person."""
    params = {"tenant": person.tenant, "user": person.user_id}
    return [Passkey(*row) for row in await db.rows(person.scope("passkeys"), LIST, params)]


async def remove(db: Database, person: Person, passkey_id: UUID) -> None:
    """Let a passkey of one's own open nothing any more; raise NotFound where there is none of that id."""
    async with USERS.changing(db, person.scope("remove passkey")) as tx:
        if await tx.row(REMOVE, (person.tenant, person.user_id, passkey_id)) is None:
            raise NotFound("there is no such passkey")
        await note(tx, "remove passkey", "user", person.user_id, {})


def to_get(at: Site, challenge: bytes) -> str:
    """Return, as JSON, what a browser is to ask for a passkey by: any that it has for this site."""
    import webauthn  # noqa: PLC0415
    from webauthn.helpers import structs  # noqa: PLC0415

    options = webauthn.generate_authentication_options(
        rp_id=at.host, challenge=challenge, user_verification=structs.UserVerificationRequirement.REQUIRED
    )
    return webauthn.options_to_json(options)


async def sign_in(
    db: Database, at: Site, challenge: bytes, credential: str, *, now: datetime, browser: str | None = None
) -> str:
    """Return the token of a new session of whoever answered with a passkey; raise Unauthorized for other answers."""
    import webauthn  # noqa: PLC0415
    from webauthn.helpers import parse_authentication_credential_json  # noqa: PLC0415
    from webauthn.helpers.exceptions import WebAuthnException  # noqa: PLC0415

    try:
        answered = parse_authentication_credential_json(credential)
        row = await _found(db, answered.raw_id)
        proven = webauthn.verify_authentication_response(
            credential=answered, expected_challenge=challenge, expected_rp_id=at.host, expected_origin=at.origin,
            credential_public_key=bytes(row[10]), credential_current_sign_count=row[11],
            require_user_verification=True,
        )  # fmt: skip
    except (WebAuthnException, ValueError) as error:
        raise Unauthorized(REFUSED) from error
    person = Person(*row[:9])
    async with USERS.changing(db, person.scope("sign in by passkey")) as tx:
        if await tx.row(USE, (proven.new_sign_count, now, person.tenant, row[9], row[11])) is None:
            raise Unauthorized(REFUSED)  # removed, or used by somebody else, at this very moment
        return await sessions.begin(tx, person, now, browser)


async def _found(db: Database, credential: bytes) -> tuple[Any, ...]:
    row = await db.glance(OPERATOR, BY_CREDENTIAL, {"credential": credential})
    if row is None:
        raise Unauthorized(REFUSED)
    return row

"""Signing in: by a password, or by a link that works once, into a session that can be listed and ended.

A session's token is new at every sign-in. The database keeps hashes of tokens, never a token.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from truebook.db import Database, Scope, Transaction
from truebook.jobs import SignInAsked, publish
from truebook.kernel import ids
from truebook.kernel.errors import NotFound
from truebook.tenants import access, passwords
from truebook.tenants.access import OPERATOR, Unauthorized
from truebook.tenants.records import note
from truebook.tenants.roles import Role
from truebook.tenants.staff import STAFF
from truebook.tenants.users import USERS, User

LIFE = timedelta(days=30)
"""How long a session lasts, however much it is used."""
IDLE = timedelta(days=7)
"""How long a session lasts that nobody uses."""
LINK = timedelta(hours=24)
SEEN_EVERY = timedelta(minutes=10)
MOST_BUSINESSES = 5
"""Businesses in which one address is looked for: each costs as much time as a password does."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may sign in, and where; `staff_id` is the calendar that is their own, known once they are in."""

    tenant: UUID
    user_id: UUID
    email: str
    name: str | None
    role: Role
    business: str
    slug: str
    timezone: str
    languages: list[str]
    staff_id: UUID | None = None

    def scope(self, cause: str) -> Scope:
        """Return the scope in which this person acts."""
        return Scope(self.tenant, f"user:{self.user_id}", cause)


@dataclass(frozen=True, slots=True)
class Session:
    """A session as it may be shown."""

    id: UUID
    browser: str | None
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


PERSON = "u.account_id, u.id, u.email, u.name, u.role, a.name, a.slug, a.timezone, a.languages"
OWN_CALENDAR = """
SELECT id FROM staff WHERE account_id = %(tenant)s AND user_id = %(user)s AND is_active ORDER BY created_at LIMIT 1
"""
BY_EMAIL = f"""
SELECT {PERSON}, u.password_hash FROM users u JOIN accounts a ON a.id = u.account_id
WHERE u.email = %(email)s AND a.status = 'active'
ORDER BY u.password_hash IS NULL, u.created_at LIMIT %(most)s
"""
"""First where they have set a password themselves: anybody can add somebody's address to a business of theirs."""
BY_LINK = f"""
SELECT {PERSON}, l.id FROM sign_in_links l
JOIN users u ON u.account_id = l.account_id AND u.id = l.user_id JOIN accounts a ON a.id = l.account_id
WHERE l.token_hash = %(hash)s AND l.used_at IS NULL AND l.expires_at > %(now)s AND a.status = 'active'
"""
BY_SESSION = f"""
SELECT {PERSON}, s.id, s.seen_at FROM user_sessions s
JOIN users u ON u.account_id = s.account_id AND u.id = s.user_id JOIN accounts a ON a.id = s.account_id
WHERE s.token_hash = %(hash)s AND s.ended_at IS NULL AND s.expires_at > %(now)s AND s.seen_at > %(idle)s
  AND a.status = 'active'
"""
OPEN = """
INSERT INTO user_sessions (account_id, id, user_id, token_hash, browser, seen_at, expires_at)
VALUES (%s, %s, %s, %s, %s, %s, %s)
"""
USE_LINK = "UPDATE sign_in_links SET used_at = %s WHERE account_id = %s AND id = %s AND used_at IS NULL RETURNING id"
ADD_LINK = "INSERT INTO sign_in_links (account_id, id, user_id, token_hash, expires_at) VALUES (%s, %s, %s, %s, %s)"
SEEN = "UPDATE user_sessions SET seen_at = %s WHERE account_id = %s AND id = %s"
LIST = """
SELECT id, browser, created_at, seen_at, expires_at FROM user_sessions
WHERE account_id = %s AND user_id = %s AND ended_at IS NULL AND expires_at > %s AND seen_at > %s ORDER BY seen_at DESC
"""
END = """
UPDATE user_sessions SET ended_at = %(now)s
WHERE account_id = %(tenant)s AND user_id = %(user)s AND ended_at IS NULL AND (%(id)s::uuid IS NULL OR id = %(id)s)
  AND (%(but)s::uuid IS NULL OR id <> %(but)s) RETURNING id
"""
GIVE_CALENDAR = """
UPDATE staff SET user_id = %s WHERE account_id = %s AND id = %s AND user_id IS NULL RETURNING id
"""
END_LINKS = "UPDATE sign_in_links SET used_at = %s WHERE account_id = %s AND user_id = %s AND used_at IS NULL"
COUNTS = """
SELECT user_id, count(*) FROM user_sessions
WHERE account_id = %s AND ended_at IS NULL AND expires_at > %s AND seen_at > %s GROUP BY user_id
"""
SET_PASSWORD = "UPDATE users SET password_hash = %s WHERE account_id = %s AND id = %s RETURNING id"


async def by_password(db: Database, email: str, password: str) -> list[Person]:
    """Return who has this address and password, once for each business; unknown people take as long as wrong passwords.

    Raises Unauthorized where nobody has.
    """
    params = {"email": email.strip().lower(), "most": MOST_BUSINESSES}
    rows = await db.rows(OPERATOR, BY_EMAIL, params)
    kept = [row for row in rows if row[9] is not None]
    found = [_person(row) for row in kept if await passwords.fits(password, row[9])]
    if not kept:
        await passwords.fits(password, None)
    if not found:
        raise Unauthorized("that address and that password do not belong together")
    return found


async def link(db: Database, scope: Scope, user_id: UUID, *, now: datetime, life: timedelta = LINK) -> str:
    """Make a link's token that signs a user of the scope's business in once; raise NotFound where there is none.

    A user makes one for somebody else only while they may.
    """
    token = ids.token()
    async with USERS.changing(db, scope) as tx:
        if scope.actor != f"user:{user_id}":
            await access.acting(tx, "users")
        await USERS.read(tx, user_id)
        await tx.run(ADD_LINK, (tx.tenant, ids.uuid7(), user_id, ids.digest(token), now + life))
        await note(tx, "issue sign-in link", "user", user_id, {})
    return token


async def send_link(db: Database, email: str, *, now: datetime) -> None:
    """Have a link sent by e-mail to whoever has this address, one for each business; nobody learns if somebody has.

    The link is made when it is sent: no job holds one.
    """
    params = {"email": email.strip().lower(), "most": MOST_BUSINESSES}
    for person in [_person(row) for row in await db.rows(OPERATOR, BY_EMAIL, params)]:
        async with db.transaction(person.scope("ask for a sign-in link")) as tx:
            await publish(tx, SignInAsked(tx.tenant, person.user_id, now.isoformat()))


async def by_link(db: Database, token: str, *, now: datetime) -> Person:
    """Return whom a link would sign in, without using it up; raise Unauthorized for a link that does not work."""
    return _person(await _linked(db, token, now))


async def use_link(db: Database, token: str, *, now: datetime, browser: str | None = None) -> str:
    """Use a link up and return the token of a new session; raise Unauthorized for a link that does not work."""
    row = await _linked(db, token, now)
    person = _person(row)
    async with USERS.changing(db, person.scope("sign in by link")) as tx:
        if await tx.row(USE_LINK, (now, person.tenant, row[9])) is None:
            raise Unauthorized("that link does not work, or not any more")
        return await begin(tx, person, now, browser)


async def open_session(db: Database, person: Person, *, now: datetime, browser: str | None = None) -> str:
    """Return the token of a new session of somebody whose password fitted."""
    async with USERS.changing(db, person.scope("sign in by password")) as tx:
        return await begin(tx, person, now, browser)


async def begin(tx: Transaction, person: Person, now: datetime, browser: str | None) -> str:
    """Return the token of a new session of somebody who has proven, in this transaction, who they are."""
    token = ids.token()
    named = browser[:200] if browser else None
    row = (person.tenant, ids.uuid7(), person.user_id, ids.digest(token), named, now, now + LIFE)
    await tx.run(OPEN, row)
    await note(tx, "sign in", "user", person.user_id, {})
    return token


async def identify(db: Database, token: str, *, now: datetime) -> tuple[Person, UUID]:
    """Return who comes with a session's token, and the session; raise Unauthorized for one that is over."""
    params = {"hash": ids.digest(token), "now": now, "idle": now - IDLE}
    row = await db.glance(OPERATOR, BY_SESSION, params)
    if row is None:
        raise Unauthorized("please sign in")
    person, session_id, seen_at = _person(row), row[9], row[10]
    if now - seen_at > SEEN_EVERY:
        async with db.transaction(person.scope("seen")) as tx:
            await tx.run(SEEN, (now, person.tenant, session_id))
    own = await db.glance(person.scope("sign in"), OWN_CALENDAR, {"tenant": person.tenant, "user": person.user_id})
    return replace(person, staff_id=own[0] if own else None), session_id


async def let_in(db: Database, scope: Scope, *, email: str, name: str | None, role: str, staff_id: UUID | None) -> User:
    """Add a user, and give them a calendar of their own; raise Conflict for an address that somebody has already."""
    async with STAFF.changing(db, scope) as tx:
        user = await USERS.write(tx, {"email": email, "name": name, "role": role})
        if staff_id is not None and await tx.row(GIVE_CALENDAR, (user.id, tx.tenant, staff_id)) is None:
            raise NotFound("there is no such member of staff, or they have a user already", field="staff")
        return user


async def listing(db: Database, person: Person, *, now: datetime) -> list[Session]:
    """Return the living sessions of a person, the last used first."""
    async with db.reading(person.scope("sessions")) as tx:
        return [Session(*row) for row in await tx.rows(LIST, (tx.tenant, person.user_id, now, now - IDLE))]


async def end(db: Database, person: Person, session_id: UUID, *, now: datetime) -> None:
    """End one session of a person's own; raise NotFound where they have none of that id."""
    if not await _end(db, person, now, session_id=session_id):
        raise NotFound("there is no such session")


async def end_all(db: Database, scope: Scope, user_id: UUID, *, now: datetime) -> None:
    """Sign a user of the scope's business out everywhere and use their links up; raise NotFound where there is none."""
    async with USERS.changing(db, scope) as tx:
        await USERS.read(tx, user_id)
        await tx.run(END, {"now": now, "tenant": tx.tenant, "user": user_id, "id": None, "but": None})
        await tx.run(END_LINKS, (now, tx.tenant, user_id))
        await note(tx, "sign out", "user", user_id, {})


async def counts(db: Database, scope: Scope, *, now: datetime) -> dict[UUID, int]:
    """Return in how many browsers each user of the scope's business is signed in."""
    async with db.reading(scope) as tx:
        return dict(await tx.rows(COUNTS, (tx.tenant, now, now - IDLE)))


async def set_password(db: Database, person: Person, password: str, *, now: datetime, keep: UUID) -> None:
    """Give a person a new password; every other session of theirs ends, and no link made before signs them in."""
    kept = await passwords.hashed(password)
    async with USERS.changing(db, person.scope("set password")) as tx:
        await tx.run(SET_PASSWORD, (kept, person.tenant, person.user_id))
        await note(tx, "set password", "user", person.user_id, {})
        await tx.run(END, {"now": now, "tenant": tx.tenant, "user": person.user_id, "id": None, "but": keep})
        await tx.run(END_LINKS, (now, person.tenant, person.user_id))


async def _end(db: Database, person: Person, now: datetime, *, session_id: UUID) -> bool:
    params = {"now": now, "tenant": person.tenant, "user": person.user_id, "id": session_id, "but": None}
    async with db.transaction(person.scope("end session")) as tx:
        return await tx.row(END, params) is not None


async def _linked(db: Database, token: str, now: datetime) -> tuple[object, ...]:
    row = await db.glance(OPERATOR, BY_LINK, {"hash": ids.digest(token), "now": now})
    if row is None:
        raise Unauthorized("that link does not work, or not any more")
    return row


def _person(row: tuple[object, ...]) -> Person:
    return Person(*row[:9])  # type: ignore[arg-type]

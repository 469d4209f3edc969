"""The people who may log in to a business."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from truebook.db import Database, Scope, Transaction
from truebook.kernel.errors import NotFound
from truebook.tenants import access, roles
from truebook.tenants.records import Records
from truebook.tenants.roles import Role


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who works with the desk; the e-mail address is kept in lower case."""

    id: UUID
    email: str
    name: str | None
    role: Role
    phone: str | None
    created_at: datetime
    version: int


class Users(Records[User]):
    """The users of businesses. Whoever is removed, or may make no keys any more, takes along the keys they made.

    Who lets others in, or out, or changes their role, may do so still when it is done: of two owners who take each
    other's role away at once, one stays.
    """

    async def write(self, tx: Transaction, values: Mapping[str, Any]) -> User:
        """Write a new row inside a transaction of the caller's."""
        await access.acting(tx, "users")
        return await super().write(tx, values)

    async def rewrite(
        self, tx: Transaction, row_id: UUID, values: Mapping[str, Any], *, version: int | None = None
    ) -> User:
        """Change some columns inside a transaction of the caller's."""
        if "role" in values:
            await access.acting(tx, "users")
        changed = await super().rewrite(tx, row_id, values, version=version)
        if not roles.may(changed.role, "keys"):
            await access.revoke_made_by(tx, row_id)
        return changed

    async def erase(self, tx: Transaction, row_id: UUID) -> None:
        """Delete a row inside a transaction of the caller's; raise NotFound where there is none."""
        await access.acting(tx, "users")
        await self.read(tx, row_id, lock=True)  # whoever makes a key holds them: theirs are all there now
        await access.revoke_made_by(tx, row_id)
        await access.forget_maker(tx, row_id)
        await super().erase(tx, row_id)


USERS = Users(
    "users", User, noun="user", let_go="UPDATE staff SET user_id = NULL WHERE account_id = %s AND user_id = %s"
)


async def by_email(db: Database, scope: Scope, email: str) -> User:
    """Return who has an e-mail address at the scope's business; raise NotFound where nobody has."""
    row = await db.glance(scope, BY_EMAIL, {"tenant": scope.tenant, "email": email.strip().lower()})
    if row is None:
        raise NotFound(f"nobody who works there has the address {email}")
    return User(*row)


async def found_or_added(db: Database, scope: Scope, email: str) -> User:
    """Return who has an e-mail address at the scope's business; where nobody has, they become an owner."""
    try:
        return await by_email(db, scope, email)
    except NotFound:
        return await USERS.add(db, scope, email=email.strip().lower(), role="owner")


BY_EMAIL = """
SELECT id, email, name, role, phone, created_at, version FROM users WHERE account_id = %(tenant)s AND email = %(email)s
"""

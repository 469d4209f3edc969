"""The people who may log in to a business."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from truebook.tenants.records import Records


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who works with the desk; the e-mail address is kept in lower case."""

    id: UUID
    email: str
    role: str
    created_at: datetime
    version: int


USERS = Records("users", User, noun="user")

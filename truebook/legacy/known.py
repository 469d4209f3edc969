"""What Truebook holds before the import begins: what came from this database already, and what must not be doubled."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

Span = tuple[datetime, datetime]


@dataclass
class Tenant:
    """The rows of one business that an imported row could collide with."""

    customers: dict[str, UUID] = field(default_factory=dict)
    """phone → customer"""
    conversations: dict[tuple[str, str], UUID] = field(default_factory=dict)
    """(channel, address) → conversation"""
    emails: set[str] = field(default_factory=set)
    services: set[str] = field(default_factory=set)
    """names of active services, in small letters"""
    busy: list[Span] = field(default_factory=list)
    """when the business's default staff member is blocked, in UTC"""
    has_hours: bool = False
    has_bot: bool = False


@dataclass
class Known:
    """Everything the plan has to respect. An empty one stands for an empty Truebook."""

    done: dict[tuple[str, str], UUID] = field(default_factory=dict)
    """(source table, key) → new id, of every row that earlier runs brought in"""
    digests: dict[tuple[str, str], bytes] = field(default_factory=dict)
    """(source table, key) → what the row's content was when it came in"""
    accounts: dict[UUID, str] = field(default_factory=dict)
    """id → slug of every business"""
    tenants: dict[UUID, Tenant] = field(default_factory=dict)

    def tenant(self, account: UUID) -> Tenant:
        """Return what is known of a business; nothing, for one that is not there yet."""
        return self.tenants.setdefault(account, Tenant())

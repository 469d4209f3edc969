"""The link in a receipt: an address that only somebody who was given it can know."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Links:
    """Makes and checks the addresses of appointments' pages; `secret` signs them."""

    base_url: str
    secret: bytes

    def of(self, slug: str, code: str) -> str:
        """Return the address of the page of the appointment with a code, at the business with a slug."""
        return f"{self.base_url}/{self.path(slug, code)}"

    def path(self, slug: str, code: str) -> str:
        """Return that address without the installation's own part."""
        return f"{slug}/{code}/{self.token(slug, code)}"

    def token(self, slug: str, code: str) -> str:
        """Return the part of the address that cannot be guessed: 96 bits."""
        digest = hmac.new(self.secret, f"{slug}/{code}".encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest[:12]).decode()

    def digits(self, purpose: str) -> str:
        """Return six digits for a purpose, for somebody to type: few enough that tries must be counted."""
        digest = hmac.new(self.secret, f"digits|{purpose}".encode(), hashlib.sha256).digest()
        return f"{int.from_bytes(digest[:8]) % 1_000_000:06}"

    def line(self, tenant: UUID, origin: str, day: date) -> str:
        """Return by what a line is known again on a day at a business: nobody reads an address out of that."""
        signed = f"line|{tenant}|{origin}|{day}".encode("utf-8", "replace")
        return hmac.new(self.secret, signed, hashlib.sha256).hexdigest()[:32]

    def stop(self, what: str, tenant: UUID, who: UUID) -> str:
        """Return the purpose, and the path, of a link that ends letters of a kind to somebody."""
        return f"stop/{what}/{tenant}/{who}"

    def stopping(self, what: str, tenant: UUID, who: UUID, until: datetime) -> str:
        """Return the address at which somebody ends letters of a kind, until a moment."""
        purpose = self.stop(what, tenant, who)
        return f"{self.base_url}/{purpose}/{self.ticket(purpose, until)}"

    def ticket(self, purpose: str, until: datetime) -> str:
        """Return a ticket for something that somebody may do until a moment, whoever brings it."""
        ends = int(until.timestamp())
        signed = hmac.new(self.secret, f"{purpose}|{ends}".encode(), hashlib.sha256).digest()
        return f"{ends}.{base64.urlsafe_b64encode(signed[:18]).decode()}"

    def admits(self, ticket: str, purpose: str, now: datetime) -> bool:
        """Tell whether a ticket is one for this purpose, and its time is not over."""
        ends = ticket.partition(".")[0]
        if not (ends.isascii() and ends.isdigit() and len(ends) < 12) or int(ends) < now.timestamp():
            return False
        good = self.ticket(purpose, datetime.fromtimestamp(int(ends), UTC))
        return hmac.compare_digest(good.encode(), ticket.encode())

    def fits(self, slug: str, code: str, token: str) -> bool:
        """Tell whether a token belongs to a code, in constant time."""
        return hmac.compare_digest(self.token(slug, code).encode(), token.encode())

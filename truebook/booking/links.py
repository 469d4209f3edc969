"""The link in a receipt: an address that only somebody who was given it can know."""

import base64
import hashlib
import hmac
from dataclasses import dataclass


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

    def fits(self, slug: str, code: str, token: str) -> bool:
        """Tell whether a token belongs to a code, in constant time."""
        return hmac.compare_digest(self.token(slug, code).encode(), token.encode())

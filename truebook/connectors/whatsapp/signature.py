"""Was a webhook sent by Meta? Its signature is made over the bytes that were sent, so it is checked before parsing.

Source: Meta, "Create a webhook endpoint" (September 2026): `X-Hub-Signature-256: sha256=<hex HMAC of the body>`.
"""

import hashlib
import hmac
from collections.abc import Iterable

HEADER = "X-Hub-Signature-256"


def sign(secret: bytes, body: bytes) -> str:
    """Return the header's value for a body."""
    return "sha256=" + hmac.new(secret, body, hashlib.sha256).hexdigest()


def fits(secrets: Iterable[bytes], body: bytes, header: str | None) -> bool:
    """Tell whether one of the secrets (two while one is rotated) signed exactly these bytes."""
    given = (header or "").encode("utf-8", "replace")
    return any(hmac.compare_digest(sign(secret, body).encode(), given) for secret in secrets)

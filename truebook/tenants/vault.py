"""Secrets of a business at rest: sealed with AES-256-GCM under one of the installation's keys.

The business's id and what the secret is for are authenticated with it, so a sealed text that is copied into another
business's row, or another column, does not open.
"""

import base64
import binascii
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from truebook.kernel.errors import Invalid, Unavailable

NONCE = 12
KEY = re.compile(r"([a-z0-9]{1,20}):([A-Za-z0-9+/_-]{43}=?)", re.ASCII)


@dataclass(frozen=True)
class Vault:
    """The keys by their ids: `current` seals, all of them open."""

    current: str
    keys: Mapping[str, bytes]

    def seal(self, secret: str, tenant: UUID, purpose: str) -> str:
        """Return a secret as it may be stored: `v1.<key id>.<base64 of nonce and ciphertext>`."""
        nonce = secrets.token_bytes(NONCE)
        sealed = AESGCM(self.keys[self.current]).encrypt(nonce, secret.encode(), _context(tenant, purpose))
        return f"v1.{self.current}.{base64.urlsafe_b64encode(nonce + sealed).decode()}"

    def open(self, sealed: str, tenant: UUID, purpose: str) -> str:
        """Return a sealed secret; raise Unavailable, naming the key, where it cannot be opened."""
        version, _, rest = sealed.partition(".")
        key_id, _, text = rest.partition(".")
        if version != "v1" or key_id not in self.keys:
            raise Unavailable(f"a stored secret needs the key {key_id!r}, which TRUEBOOK_KEYS does not hold")
        try:
            raw = base64.urlsafe_b64decode(text)
            return AESGCM(self.keys[key_id]).decrypt(raw[:NONCE], raw[NONCE:], _context(tenant, purpose)).decode()
        except (InvalidTag, ValueError, binascii.Error) as error:
            raise Unavailable(f"a stored secret ({purpose}) was changed, or belongs somewhere else") from error

    def is_current(self, sealed: str) -> bool:
        """Tell whether a sealed secret needs no new sealing."""
        return sealed.startswith(f"v1.{self.current}.")


def read(text: str) -> Vault:
    """Return the vault that a list of keys makes: `id:base64 of 32 bytes`, several with commas, the current one first.

    Raises Invalid naming TRUEBOOK_KEYS.
    """
    keys: dict[str, bytes] = {}
    for one in filter(None, (part.strip() for part in text.split(","))):
        found = KEY.fullmatch(one)
        if found is None:
            raise Invalid("TRUEBOOK_KEYS", "TRUEBOOK_KEYS must be like k1:BASE64 of 32 bytes, several with commas")
        keys.setdefault(found[1], base64.urlsafe_b64decode(found[2].replace("+", "-").replace("/", "_") + "="))
    if not keys:
        raise Invalid("TRUEBOOK_KEYS", "TRUEBOOK_KEYS holds no key")
    return Vault(next(iter(keys)), keys)


def made(key_id: str = "k1") -> str:
    """Return a new key with its id, as TRUEBOOK_KEYS takes it."""
    return f"{key_id}:{base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()}"


def _context(tenant: UUID, purpose: str) -> bytes:
    return tenant.bytes + purpose.encode()

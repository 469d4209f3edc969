"""Ids that sort by time, codes people can read aloud, and secrets nobody can guess."""

import hashlib
import secrets
import time
from uuid import UUID, uuid5

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Letters and digits of a booking code: 32 of them, without the look-alikes 0/O and 1/I."""


def uuid7() -> UUID:
    """Return a new UUID of version 7 (RFC 9562): 48 bits of milliseconds, then 74 random bits."""
    millis = time.time_ns() // 1_000_000
    random = secrets.randbits(74)
    high, low = random >> 62, random & ((1 << 62) - 1)
    return UUID(int=(millis << 80) | (0x7 << 76) | (high << 64) | (0b10 << 62) | low)


def derived(parent: UUID, purpose: str) -> UUID:
    """Return the one id that stands for a purpose under a parent: making it again gives it again."""
    return uuid5(parent, purpose)


def code() -> str:
    """Return a fresh booking code such as 7Q4-K2M: 30 random bits in six readable characters."""
    number = secrets.randbits(30)
    letters = "".join(ALPHABET[number >> shift & 31] for shift in range(0, 30, 5))
    return f"{letters[:3]}-{letters[3:]}"


def token() -> str:
    """Return a secret for a link or a key: 192 random bits, safe in a URL."""
    return secrets.token_urlsafe(24)


def digest(secret: str) -> bytes:
    """Return the SHA-256 of a secret of high entropy, which is what the database keeps of it."""
    return hashlib.sha256(secret.encode()).digest()

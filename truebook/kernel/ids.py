"""Ids that sort by time, codes people can read aloud, and secrets nobody can guess."""

import hashlib
import secrets
import threading
import time
from uuid import UUID, uuid5

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Letters and digits of a booking code: 32 of them, without the look-alikes 0/O and 1/I."""


def uuid7() -> UUID:
    """Return a new UUID of version 7 (RFC 9562) that sorts after every one this process made before.

    48 bits of milliseconds, 12 bits that count 1/4096 of one (its section 6.2, method 3), then 62 random bits.
    """
    tick = _clock.tick()
    high, low = tick >> 12, tick & 0xFFF
    return UUID(int=(high << 80) | (0x7 << 76) | (low << 64) | (0b10 << 62) | secrets.randbits(62))


class _Clock:
    """Ticks of 1/4096 ms that never stand still and never go back."""

    def __init__(self) -> None:
        self._lock, self._last = threading.Lock(), 0

    def tick(self) -> int:
        now = time.time_ns() * 4096 // 1_000_000
        with self._lock:
            self._last = max(now, self._last + 1)
            return self._last


_clock = _Clock()


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


NAMESPACE = UUID("6f0d7b1e-4a53-5c38-9a0e-2f1c8d94be57")
"""Where the ids live of what comes from an old database that did not have them as UUIDs."""
ONLY_BUSINESS = "only business"
"""Of what the id of a business is made whose old database knew no other, beside that database's fingerprint."""


def made(*parts: str) -> UUID:
    """Return the id of something that had none: the same parts always give the same id."""
    return uuid5(NAMESPACE, "\x1f".join(parts))

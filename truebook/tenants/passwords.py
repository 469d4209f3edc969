"""Passwords: argon2id, away from the event loop, a few at a time, since each takes 64 MB for a moment."""

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from truebook.kernel.errors import Invalid

SHORTEST, LONGEST = 10, 200
_HASHER = PasswordHasher()
_AT_ONCE = asyncio.Semaphore(2)
_NOBODYS = _HASHER.hash("nobody's")
"""What a password is held against where there is nobody: it takes as long as for somebody."""


async def hashed(password: str) -> str:
    """Return what is kept of a password; raise Invalid for one that is too short, or absurdly long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Invalid("password", f"a password has {SHORTEST} to {LONGEST} characters")
    async with _AT_ONCE:
        return await asyncio.to_thread(_HASHER.hash, password)


async def fits(password: str, kept: str | None) -> bool:
    """Tell whether a password is the one of which `kept` is kept; None takes as long, and never fits."""
    async with _AT_ONCE:
        return await asyncio.to_thread(_fits, password[:LONGEST], kept or _NOBODYS) and kept is not None


def _fits(password: str, kept: str) -> bool:
    try:
        return _HASHER.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False

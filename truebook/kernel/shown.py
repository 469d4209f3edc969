"""What may be shown to a person: addresses without their passwords, and other people's text without its tricks."""

import re
from urllib.parse import urlsplit

_PASSWORD = re.compile(r"(?i)\b(password|passwd|pwd)\s*=\s*('(?:[^'\\]|\\.)*'|[^\s&]+)")
_USERINFO = re.compile(r"(?i)\b([a-z][a-z0-9+.-]*://)([^/\s@:]*):([^\n]*)@")
_KEPT = frozenset(" \u00a0\u200c\u200d")
"""Signs that Python does not call printable, and that are part of ordinary text: spaces, and the joiners of emoji."""


def without_password(text: str, *secrets: str) -> str:
    """Return a text (a URL, a connection string, an error about one) with every password in it veiled.

    `secrets` are further URLs whose passwords must not show, however the text spells them.
    """
    for secret in secrets:
        for password in _passwords(secret):
            text = text.replace(password, "…")
    return _PASSWORD.sub(r"\1=…", _USERINFO.sub(r"\1\2:…@", text))


def _passwords(url: str) -> list[str]:
    found = [match[3] for match in _USERINFO.finditer(url)] + [match[2].strip("'") for match in _PASSWORD.finditer(url)]
    try:
        found.append(urlsplit(url).password or "")
    except ValueError:
        pass  # what cannot be read as a URL was searched as text
    return sorted({password for password in found if password}, key=len, reverse=True)


def visible(text: str, *, lines: bool = False) -> str:
    """Return a text that can do nothing to where it is shown: control, direction and line signs stand as `\\x1b`.

    With `lines`, newlines stay. Source: `str.isprintable`, which knows Unicode's categories C and Z.
    """
    kept = "\n" if lines else ""
    return "".join(sign if sign in kept or not _acts(sign) else _spelt(sign) for sign in text)


def _acts(sign: str) -> bool:
    return not sign.isprintable() and sign not in _KEPT


def _spelt(sign: str) -> str:
    point = ord(sign)
    return {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(sign) or (
        f"\\x{point:02x}" if point < 256 else f"\\u{point:04x}"
    )

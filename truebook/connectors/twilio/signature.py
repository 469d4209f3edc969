"""Was a webhook sent by Twilio? Signed are the address it was told, and the fields of the form, sorted by name.

With a JSON body the address carries the body's SHA-256 instead. Where a webhook rule signs, a header names the
algorithm, and the rule's own shared key is meant. Source: Twilio, "Webhooks security", "Webhook signature validation".
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

HEADER, SETTINGS = "X-Twilio-Signature", "X-Twilio-Webhooks-Signature-Settings"
ALGORITHMS = {"HMAC_SHA1": hashlib.sha1, "HMAC_SHA256": hashlib.sha256}
PORTS = {"https": 443, "http": 80}
Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Keys:
    """What may have signed: the account's auth token, or the shared key of its webhook rule."""

    auth_token: str = field(repr=False)
    shared: str | None = field(default=None, repr=False)


def sign(key: str, url: str, pairs: Pairs = (), *, algorithm: str = "HMAC_SHA1") -> str:
    """Return the header's value for an address and the fields of a form."""
    said = url + "".join(f"{name}{value}" for name, value in sorted(pairs))
    return base64.b64encode(hmac.new(key.encode(), said.encode(), ALGORITHMS[algorithm]).digest()).decode()


def fits(keys: Keys, url: str, pairs: Pairs | None, body: bytes, given: str | None, settings: str | None) -> bool:
    """Tell whether this very request was signed; `pairs` is None where the body is no form.

    `url` is the public address with its query. A rule's signature without a shared key of ours is refused.
    """
    algorithm = _algorithm(settings)
    key = keys.shared if settings else keys.auth_token
    if not given or not key or algorithm is None:
        return False
    if pairs is None and not _is_of(url, body):
        return False
    made = (sign(key, one, pairs or (), algorithm=algorithm) for one in _written(url))
    return any(hmac.compare_digest(one.encode(), given.encode("utf-8", "replace")) for one in made)


def _algorithm(settings: str | None) -> str | None:
    """Return the algorithm that a rule names; None for one nobody knows."""
    if not settings:
        return "HMAC_SHA1"
    named = dict(part.strip().partition("=")[::2] for part in settings.split(","))
    return named.get("algorithm") if named.get("algorithm") in ALGORITHMS else None


def _is_of(url: str, body: bytes) -> bool:
    told = parse_qs(urlsplit(url).query).get("bodySHA256", [""])[0]
    return hmac.compare_digest(told.lower().encode(), hashlib.sha256(body).hexdigest().encode())


def _written(url: str) -> tuple[str, ...]:
    """Return an address as Twilio may have written it: with the usual port, or without it."""
    parts = urlsplit(url)
    port = PORTS.get(parts.scheme)
    host = parts.hostname or ""
    if parts.port not in (None, port):
        return (url,)
    return tuple(parts._replace(netloc=netloc).geturl() for netloc in (host, f"{host}:{port}"))

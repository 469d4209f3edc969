"""Meta's Graph API, as far as sending a message needs it: one request, and what is known afterwards.

There is no idempotency key and no way to ask what was sent, so a lost answer is an outcome of its own, and nothing in
here ever sends a second time. Source: Meta, "Cloud API › Messages" (2026).
"""

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx2

from truebook.connectors.whatsapp.errors import Class, class_of
from truebook.connectors.whatsapp.statuses import explained
from truebook.kernel.errors import Unavailable

URL = "https://graph.facebook.com"
VERSION = "v26.0"
PATIENCE = httpx2.Timeout(20.0, connect=5.0)
MEDIA_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,200}", re.ASCII)
BEST_EFFORT = httpx2.Timeout(3.0)
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Accepted:
    """The provider has it, which does not mean that it arrives. `alias`: how it writes the recipient's number."""

    id: str
    held: bool = False
    alias: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """The provider did not take it. `wait`: seconds it asks for."""

    kind: Class
    code: int | None
    failure: str
    wait: float | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody knows whether it was taken."""

    why: str


Result = Accepted | Refused | Unknown


@dataclass(frozen=True, slots=True)
class Graph:
    """A client of the Graph API; `base` is another address only for a simulator."""

    http: httpx2.AsyncClient
    base: str = URL

    async def send(self, number_id: str, token: str, message: Json) -> Result:
        """Send one message, once, and return what is known of it."""
        try:
            answer = await self._post(number_id, token, message)
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout) as error:  # nothing had left yet
            return Refused("retry", None, f"the connection could not be made: {type(error).__name__}")
        except httpx2.HTTPError as error:
            return Unknown(type(error).__name__)
        return result(answer, template=message.get("type") == "template")

    async def mark_read(self, number_id: str, token: str, message_id: str) -> None:
        """Show the two blue ticks and that somebody is typing; best effort, never tried again."""
        seen = {"status": "read", "message_id": message_id, "typing_indicator": {"type": "text"}}
        try:
            await self._post(number_id, token, {"messaging_product": "whatsapp", **seen}, patience=BEST_EFFORT)
        except httpx2.HTTPError:
            return

    async def media(self, media_id: str, token: str, *, most: int) -> tuple[bytes, str]:
        """Return a file that somebody sent, and its type: first its address, then the file, both with the token.

        Raises Unavailable where it cannot be had, has more than `most` bytes, or is said to be where no file of the
        provider's is: whoever signs webhooks could otherwise have the desk ask machines that only it reaches.
        """
        if not MEDIA_ID.fullmatch(media_id):
            raise Unavailable("the file cannot be had: that is no id of one")
        headers = {"Authorization": f"Bearer {token}"}
        try:
            told = await self.http.get(f"{self.base}/{VERSION}/{media_id}", headers=headers, timeout=PATIENCE)
            found = told.json()
            url, kind = str(found["url"]), str(found.get("mime_type") or "application/octet-stream")
            if not self._may_hold_files(url):
                raise Unavailable("the file cannot be had: it is said to be elsewhere")
            async with self.http.stream("GET", url, headers=headers, timeout=PATIENCE) as answer:
                answer.raise_for_status()
                parts, size = [], 0
                async for part in answer.aiter_bytes():
                    size += len(part)
                    if size > most:
                        raise Unavailable("the file is too large")
                    parts.append(part)
        except (httpx2.HTTPError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise Unavailable(f"the file cannot be had: {type(error).__name__}") from error
        return b"".join(parts), kind

    def _may_hold_files(self, url: str) -> bool:
        """Tell whether an address is one of the API's own host, or one by HTTPS that has a name."""
        asked, own = urlsplit(url), urlsplit(self.base)
        if (asked.scheme, asked.netloc) == (own.scheme, own.netloc):
            return True
        host = asked.hostname or ""
        return asked.scheme == "https" and "." in host and not host.rpartition(".")[2].isdigit()

    async def _post(
        self, number_id: str, token: str, body: Json, *, patience: httpx2.Timeout = PATIENCE
    ) -> httpx2.Response:
        url = f"{self.base}/{VERSION}/{number_id}/messages"
        headers = {"Authorization": f"Bearer {token}"}
        return await self.http.post(url, json=body, headers=headers, timeout=patience)


def result(answer: httpx2.Response, *, template: bool) -> Result:
    """Return what an answer says: an id, a Graph error, or nothing that could be relied upon."""
    try:
        body = answer.json()
    except (ValueError, RecursionError):
        return Unknown(f"HTTP {answer.status_code} without a readable answer")
    error = body.get("error") if isinstance(body, dict) else None
    if isinstance(error, dict):
        code = error.get("code") if isinstance(error.get("code"), int) else None
        return Refused(class_of(code, template=template), code, explained(error), _wait(answer))
    try:
        message, contact = body["messages"][0], (body.get("contacts") or [{}])[0]
        held = message.get("message_status") in ("held_for_quality_assessment", "paused")
        return Accepted(str(message["id"]), held, contact.get("wa_id"))
    except (KeyError, IndexError, TypeError, AttributeError):
        return Unknown(f"HTTP {answer.status_code} without a message id")


def _wait(answer: httpx2.Response) -> float | None:
    """Return for how many seconds to pause: Retry-After, or Meta's own header, which counts minutes."""
    after = answer.headers.get("retry-after", "")
    if after.isdigit():
        return float(after)
    try:
        usage = json.loads(answer.headers.get("x-business-use-case-usage", "{}"))
        minutes = [one["estimated_time_to_regain_access"] for many in usage.values() for one in many]
        return float(max(minutes)) * 60 or None
    except (ValueError, TypeError, KeyError, AttributeError):
        return None

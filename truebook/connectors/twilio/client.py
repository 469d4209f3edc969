"""Twilio's API: send a message, once; list what was sent; whose a sender is; and the Content resources with buttons.

Source: Twilio, "Messages resource", "Content API", "Senders API" (2026).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote

import httpx2

from truebook.connectors.twilio import errors
from truebook.connectors.twilio.form import ATTEMPT, PREFIX, STATUSES
from truebook.connectors.whatsapp import messages
from truebook.connectors.whatsapp.graph import Accepted, Refused, Result, Unknown
from truebook.connectors.whatsapp.line import Filled
from truebook.connectors.whatsapp.messages import Choice, To
from truebook.kernel.errors import Fact, Unavailable

URL, CONTENT, MESSAGING = "https://api.twilio.com", "https://content.twilio.com", "https://messaging.twilio.com"
PATIENCE = httpx2.Timeout(20.0, connect=5.0)
BODY = 1600
EARLIER, WITHIN = timedelta(seconds=10), timedelta(minutes=2)
"""A message that was taken was made no earlier and no later than this around our request."""
ALIKE = 100
"""Characters by which a message is known again in a list."""
PAGES = 50
"""Pages of an account's senders that are looked through, of a hundred each."""
Json = dict[str, Any]


class Rejected(Fact):
    """Twilio refused a request; the message says what, in Twilio's words."""

    code = "rejected_by_twilio"


@dataclass(frozen=True, slots=True)
class Twilio:
    """An account at Twilio; `base`, `content` and `messaging` are other addresses only for a simulator."""

    http: httpx2.AsyncClient
    account: str
    auth_token: str = field(repr=False)
    base: str = URL
    content: str = CONTENT
    messaging: str = MESSAGING

    @property
    def messages(self) -> str:
        """Where messages are made and listed."""
        return f"{self.base}/2010-04-01/Accounts/{self.account}/Messages.json"

    async def ask(self, method: str, url: str, *, body: Json | None = None, params: Any = None) -> Json:
        """Ask for something that may be asked twice; raise Rejected where Twilio says no."""
        try:
            answer = await self.http.request(
                method, url, json=body, params=params, auth=(self.account, self.auth_token), timeout=PATIENCE
            )
            found = answer.json()
        except (httpx2.HTTPError, ValueError, RecursionError) as error:
            raise Rejected(f"Twilio could not be asked ({type(error).__name__}); try again") from error
        if answer.status_code >= 400 or not isinstance(found, dict):
            said = found.get("message") if isinstance(found, dict) else None
            raise Rejected(f"Twilio said no: {said or answer.status_code}", status=answer.status_code)
        return found

    async def senders(self) -> dict[str, str]:
        """Return the numbers of the account's WhatsApp senders, each with how it is, such as ONLINE."""
        url, found = f"{self.messaging}/v2/Channels/Senders", dict[str, str]()
        params: Json | None = {"Channel": "whatsapp", "PageSize": "100"}
        for _ in range(PAGES):
            page = await self.ask("GET", url, params=params)
            for one in page.get("senders") or ():
                found[str(one.get("sender_id")).removeprefix(PREFIX)] = str(one.get("status"))
            url, params = str((page.get("meta") or {}).get("next_page_url")), None
            if not url.startswith(f"{self.messaging}/"):
                break
        return found

    async def media(self, url: str, *, most: int) -> tuple[bytes, str]:
        """Return a file that somebody sent, and its type; raise Unavailable where it cannot be had or is larger."""
        if not url.startswith(f"{self.base}/"):
            raise Unavailable("that file is not at Twilio")
        try:
            async with self.http.stream(
                "GET", url, auth=(self.account, self.auth_token), follow_redirects=True, timeout=PATIENCE
            ) as answer:
                answer.raise_for_status()
                parts, size = list[bytes](), 0
                async for part in answer.aiter_bytes():
                    size += len(part)
                    if size > most:
                        raise Unavailable("the file is too large")
                    parts.append(part)
                return b"".join(parts), answer.headers.get("content-type", "application/octet-stream")
        except httpx2.HTTPError as error:
            raise Unavailable(f"the file cannot be had: {type(error).__name__}") from error


@dataclass(frozen=True, slots=True)
class AtTwilio:
    """A number at Twilio. `callback`: where statuses are told; `contents`: Content resources by name and language."""

    twilio: Twilio
    sender: str
    callback: str
    contents: Mapping[tuple[str, str], str]

    def free(self, to: To, text: str, choices: Sequence[Choice], opens: str) -> Json:
        """Return text with buttons or a list where such resources are set up, else with numbers."""
        if choices and (filled := self._picked(text, choices, opens)):
            return {**self._head(to), **filled}
        lines = [f"{number}. {one.title}" for number, one in enumerate(choices, 1)]
        return {**self._head(to), "Body": messages.cut("\n".join([text, *lines]), BODY)}

    def _picked(self, text: str, choices: Sequence[Choice], opens: str) -> Json | None:
        few = len(choices) <= messages.BUTTONS and all(messages.units(one.title) <= messages.BUTTON for one in choices)
        kind, most = ("quick_reply", messages.BUTTON) if few else ("list_picker", messages.ROW)
        choices = choices[: messages.ROWS]
        sid = self.contents.get((f"{kind}_{len(choices)}", "any"))
        if sid is None:
            return None
        values = [messages.cut(text, messages.INTERACTIVE_BODY)] + ([] if few else [messages.cut(opens, 20)])
        for one, title in zip(choices, messages.titles(choices, most), strict=True):
            values += [title, messages.cut(one.id, messages.ROW_ID)]
            values += [] if few else [messages.cut(one.description, messages.DESCRIPTION) or "–"]
        return {"ContentSid": sid, "ContentVariables": _variables(values)}

    def contact(self, to: To, text: str) -> Json:
        """Return text: Twilio has no button for that, and who wants to writes their number."""
        return self.free(to, text, (), "")

    def template(self, to: To, filled: Filled) -> Json:
        """Return a template: its values in order of their names, then what its buttons say, or its link's end."""
        values = [messages.parameter(filled.values[name], name) for name in sorted(filled.values)]
        values += list(filled.replies) or ([filled.link] if filled.link is not None else [])
        sid = self.contents[filled.name, filled.language]
        return {**self._head(to), "ContentSid": sid, "ContentVariables": _variables(values)}

    def code(self, to: To, name: str, language: str, digits: str) -> Json:
        """Return the template of a code."""
        sid = self.contents[name, language]
        return {**self._head(to), "ContentSid": sid, "ContentVariables": _variables([digits])}

    def _head(self, to: To) -> Json:
        whom = f"+{to.wa_id}" if to.wa_id else str(to.user_id)
        return {"From": f"{PREFIX}{self.sender}", "To": f"{PREFIX}{whom}"}

    async def send(self, message: Json, token: str) -> Result:
        """Send one message, once, and return what is known of it."""
        told = {**message, "StatusCallback": f"{self.callback}?{ATTEMPT}={quote(token)}"}
        twilio = self.twilio
        try:
            answer = await twilio.http.post(
                twilio.messages, data=told, auth=(twilio.account, twilio.auth_token), timeout=PATIENCE
            )
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout) as error:  # nothing had left yet
            return Refused("retry", None, f"the connection could not be made: {type(error).__name__}")
        except httpx2.HTTPError as error:
            return Unknown(type(error).__name__)
        return _result(answer)

    async def seen(self, message_id: str) -> None:
        """Do nothing: Twilio has no read marks."""

    async def found(self, to: To, text: str, since: datetime, known: Sequence[str]) -> Result | None:
        """List what was sent to a person around a moment; what nobody accounts for is the message that was lost.

        Where there is none it was never taken, and may be sent again; where there are several, nobody knows which.
        """
        head = self._head(to)
        params = {"To": head["To"], "From": head["From"], "DateSent>": f"{since - EARLIER:%Y-%m-%d}", "PageSize": "100"}
        try:
            listed = await self.twilio.ask("GET", self.twilio.messages, params=params)
        except Rejected:
            return None
        around = [one for one in listed.get("messages", ()) if _may_be(one, since, known)]
        alike = [one for one in around if str(one.get("body") or "").startswith(text[:ALIKE])]
        if not around:
            return Refused("retry", None, "Twilio has no such message")
        return Accepted(str((alike or around)[0]["sid"])) if len(alike or around) == 1 else None


def _may_be(one: Json, since: datetime, known: Sequence[str]) -> bool:
    try:
        made = parsedate_to_datetime(str(one["date_created"]))
    except (KeyError, ValueError):
        return False
    is_ours = str(one.get("direction", "")).startswith("outbound")
    return is_ours and since - EARLIER <= made <= since + WITHIN and one.get("sid") not in known


def _variables(values: Sequence[str]) -> str:
    return json.dumps({str(number): value for number, value in enumerate(values, 1)}, ensure_ascii=False)


def _result(answer: httpx2.Response) -> Result:
    """Return what an answer says: a message id, one of Twilio's errors, or nothing that could be relied upon."""
    try:
        body = answer.json()
    except (ValueError, RecursionError):
        return Unknown(f"HTTP {answer.status_code} without a readable answer")
    if not isinstance(body, dict):
        return Unknown(f"HTTP {answer.status_code} without an object")
    if answer.status_code >= 400:
        if "code" not in body and answer.status_code >= 500:
            return Unknown(f"HTTP {answer.status_code} without an error code")
        code = body.get("code") if isinstance(body.get("code"), int) else None
        after = answer.headers.get("retry-after", "")
        words = str(body.get("message") or "no reason was given")[:500]
        return Refused(
            errors.class_of(code, answer.status_code), code, words, float(after) if after.isdigit() else None
        )
    sid, status = body.get("sid"), body.get("status")
    if not isinstance(sid, str) or not sid:
        return Unknown(f"HTTP {answer.status_code} without a message id")
    if STATUSES.get(str(status)) == "failed":
        code = body.get("error_code") if isinstance(body.get("error_code"), int) else None
        return Refused(errors.class_of(code), code, str(body.get("error_message") or "it failed at once")[:500])
    return Accepted(sid)

"""Whatever comes in at the webhook: no error of ours, no double effect. `make fuzz` tries 5,000 cases.

Two apps take the webhooks in turn, and two workers what they stored.
"""

import asyncio
import json
import os
import random
from typing import Any

import pytest

from tests.whatsapp.desk import Salon, pair, salon
from tests.whatsapp.shapes import envelope, message, person, sent, signed, status, text

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
CASES = int(os.environ.get("TRUEBOOK_FUZZ", "200"))
NASTY = [
    "", " ", "\u202eevil", "\u200b\u200b", "مرحبا", "שלום", "💇‍♀️" * 30, "'; DROP TABLE messages; --", "<script>", "\0nul",
    "\ud800", "A" * 5000, "{{1}}", "%s %(x)s", "\n\n\t", "e\u0301" * 500, "null", "-1", "1e309",
]  # fmt: skip
TYPES = [
    "text", "button", "interactive", "image", "audio", "reaction", "system", "edit", "revoke", "order", "contacts", "?",
]  # fmt: skip
LARGEST = 3 * 2**20
JUNK: list[Any] = [None, 0, -1, 1.5, True, [], {}, [[]], {"a": {}}, "x", "9" * 40, float(2**53)]


def something(dice: random.Random, depth: int = 0) -> Any:
    """Return any JSON."""
    if depth > 3 or dice.random() < 0.5:
        return dice.choice([*JUNK, *NASTY])
    if dice.random() < 0.5:
        return [something(dice, depth + 1) for _ in range(dice.randrange(3))]
    return {dice.choice(["id", "type", "text", "body", "from", "x"]): something(dice, depth + 1) for _ in range(2)}


def value(dice: random.Random) -> dict[str, Any]:
    """Return a change's value: like Meta's, with something wrong in it more often than not."""
    who = person(dice.choice([None, "436601234567", "1", "x"]), dice.choice([None, "AT.1", ""]), dice.choice(NASTY))
    kind = dice.choice(TYPES)
    match dice.randrange(6):
        case 0:
            return text(dice.choice(NASTY), who)
        case 1:
            return message({"type": kind, kind: something(dice)}, who)
        case 2:
            state = dice.choice(["sent", "delivered", "read", "played", "failed", "odd"])
            token = dice.choice([None, "tb1.x.1", "tb1.0190a11c-0000-7000-8000-00000000000a.1", "💥"])
            return status(f"wamid.{dice.randrange(50)}", state, token, errors=something(dice), pricing=something(dice))
        case 3:
            return {dice.choice(["messages", "statuses", "contacts", "errors", "user_actions"]): something(dice)}
        case 4:
            made = message({"type": kind, kind: {"id": "1"}}, who, timestamp=dice.choice(["0", "x", "-9", "9" * 30]))
            made["messages"][0].pop(dice.choice(list(made["messages"][0])), None)
            return made
        case _:
            return {"system": something(dice)}


def body(dice: random.Random) -> bytes:
    """Return the bytes of a webhook."""
    payload = envelope(*(value(dice) for _ in range(dice.randrange(1, 5))))
    if dice.random() < 0.1:
        payload["entry"][0]["changes"].append(
            {"field": dice.choice(["account_update", "?", ""]), "value": something(dice)}
        )
    if dice.random() < 0.05:
        return dice.choice(
            [b"", b"{", b"[" * 50_000, b'{"a":' * 5000, b"\xff\xfe", b"null", json.dumps(something(dice)).encode()]
        )
    return sent(payload)


def reserialised(raw: bytes) -> bytes:
    """Return a body as somebody would write it who had read it."""
    try:
        return json.dumps(json.loads(raw), ensure_ascii=False).encode("utf-8", "replace")
    except (ValueError, RecursionError):
        return raw


async def deliver(shop: Salon, dice: random.Random, raw: bytes) -> int:
    headers = signed(raw)
    match dice.randrange(12):
        case 0:
            headers = signed(raw + b" ")
        case 1:
            headers.pop("X-Hub-Signature-256")
        case 2:
            headers["X-Hub-Signature-256"] = dice.choice(["", "sha256=", "sha1=0", "x" * 5000])
        case 3:  # what a proxy that reads and writes JSON makes of it: other bytes, so another signature
            headers = signed(reserialised(raw))
    answer = await shop.http.post(f"/webhooks/whatsapp/{shop.made.hook}", content=raw, headers=headers)
    good = headers.get("X-Hub-Signature-256") == signed(raw)["X-Hub-Signature-256"]
    assert answer.status_code == (200 if good else 403), (answer.status_code, raw[:500])
    return answer.status_code


async def test_no_error_and_no_double_effect(database: str) -> None:
    dice = random.Random(7)
    async with pair(database) as shop:
        bodies = [body(dice) for _ in range(CASES)]
        for raw in bodies:
            await deliver(shop, dice, raw)
        await shop.work()
        before = await shop.rows("SELECT count(*) FROM messages WHERE role = 'user'")
        assert before != [(0,)]
        dice.shuffle(bodies)
        hook = f"/webhooks/whatsapp/{shop.made.hook}"
        for raw in bodies[: CASES // 3]:  # again, to both apps at once
            both = (shop.http.post(hook, content=raw, headers=signed(raw)) for _ in range(2))
            assert [one.status_code for one in await asyncio.gather(*both)] == [200, 200]
        await shop.work()
        answered = "SELECT reply_to FROM messages WHERE role = 'assistant' GROUP BY 1 HAVING count(*) > 1"
        assert await shop.rows(answered) == []
        twice = "SELECT provider_message_id FROM messages WHERE role = 'user' GROUP BY 1 HAVING count(*) > 1"
        assert await shop.rows(twice) == []
        assert await shop.rows("SELECT count(*) FROM webhook_updates WHERE state = 'stored'") == [(0,)]
        odd = "SELECT problem, payload FROM webhook_updates WHERE state = 'failed' AND problem <> 'Invalid'"
        assert await shop.rows(odd) == []


async def test_three_megabytes_are_taken_and_more_is_refused(database: str) -> None:
    async with salon(database) as shop:
        shell = len(sent(envelope(text(""))))
        for size, expected in ((LARGEST, 200), (LARGEST + 1, 413)):
            raw = sent(envelope(text("x" * (size - shell), id="wamid.1")))
            raw += b" " * (size - len(raw))
            answer = await shop.http.post(
                f"/webhooks/whatsapp/{shop.made.hook}", content=raw[:size], headers=signed(raw[:size])
            )
            assert answer.status_code == expected
        await shop.work()
        assert await shop.rows("SELECT length(content) FROM messages WHERE role = 'user'") == [(4096,)]

"""What customers heard, and what WhatsApp saw, held against the rows: each promise by its number (I1 to I13).

`wrong` returns sentences that name a promise and what breaks it; nothing where all are kept.
"""

import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from tests.crash.town import LOG
from tests.crash.whatsapp import DIARY
from truebook.language.wording.voice import Voice
from truebook.ledger.outcomes import ARRIVED, LADDER
from truebook.simulator.diary import entries

Json = dict[str, Any]
LATE = 60.0
"""Seconds within which an unknown outcome is known, once nothing breaks any more (I10)."""
RECEIPTS = {"Booked ✓": ("pending", "confirmed"), "Moved ✓": ("pending", "confirmed"), "Cancelled ✓": ("cancelled",),
            "A reminder": ("confirmed",)}  # fmt: skip
CODE = re.compile(r"[0-9A-Z]{3}-[0-9A-Z]{3}")
TOLERANCE = timedelta(milliseconds=50)
QUERIES = {
    "appointments": """SELECT id, tenant_id, code, status, starts_at, customer_phone, source, conversation_id, created_at,
      (SELECT staff_id FROM appointment_segments g WHERE g.tenant_id = a.tenant_id AND g.appointment_id = a.id LIMIT 1)
      FROM appointments a""",
    "history": """SELECT appointment_id, version, changed_at, row_data ->> 'status', (row_data ->> 'starts_at')::timestamptz
      FROM appointment_history ORDER BY changed_at""",
    "keys": "SELECT key, appointment_id, refusal FROM idempotency_keys",
    "overlaps": """SELECT appointment_id, neighbour FROM (SELECT appointment_id, starts_at, lag(appointment_id) OVER before
        AS neighbour, max(ends_at) OVER (before ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS taken_until
      FROM claims WINDOW before AS (PARTITION BY tenant_id, resource_id ORDER BY starts_at, appointment_id)) c
      WHERE starts_at < taken_until""",
    "unclaimed": """SELECT a.id FROM appointments a WHERE status IN ('held','pending','confirmed') AND ends_at > now()
      AND NOT EXISTS (SELECT FROM claims c WHERE c.tenant_id = a.tenant_id AND c.appointment_id = a.id)""",
    "owed": "SELECT appointment_id, topic, status, message_id, available_at FROM outbox",
    "reachable": """SELECT a.id FROM appointments a JOIN customers c ON c.account_id = a.tenant_id AND c.id = a.customer_id
      JOIN conversations v ON v.account_id = c.account_id AND v.customer_id = c.id AND v.number_id IS NOT NULL
      WHERE v.created_at < a.created_at - interval '1 second'""",
    "told": """SELECT t.appointment_id, t.topic, t.version, t.starts_at, m.id, m.delivery FROM tellings t
      JOIN messages m ON m.account_id = t.account_id AND m.id = t.message_id""",
    "attempts": "SELECT message_id, number, outcome, provider_message_id FROM message_attempts",
    "heard": """SELECT provider_message_id, count(*) FROM messages WHERE provider_message_id IS NOT NULL GROUP BY 1""",
    "unanswered": """SELECT m.provider_message_id FROM messages m JOIN conversations v ON v.account_id = m.account_id
      AND v.id = m.conversation_id WHERE m.role = 'user' AND v.status = 'active' AND NOT EXISTS (SELECT FROM messages r
      WHERE r.account_id = m.account_id AND r.reply_to IN (m.id, m.turn_id))
      AND (SELECT count(*) FROM messages r WHERE r.account_id = v.account_id AND r.conversation_id = v.id
        AND r.role = 'assistant' AND r.created_at > m.created_at - interval '10 minutes') < 20""",
    "answers": """SELECT coalesce(m.turn_id, m.id), count(DISTINCT r.id) FROM messages m JOIN messages r
      ON r.account_id = m.account_id AND r.reply_to = m.id WHERE m.role = 'user' GROUP BY 1""",
    "chats": """SELECT conversation_id, value FROM whatsapp_identities WHERE kind = 'phone'""",
    "reminders": "SELECT appointment_id, starts_at, minutes, state, due_at, message_id FROM reminders",
    "alerts": "SELECT kind, subject FROM alerts WHERE resolved_at IS NULL",
    "looked_at": "SELECT args ->> 'message' FROM procrastinate_jobs WHERE task_name = 'delivery_open' AND status = 'todo'",
    "agreed": """SELECT h.appointment_id, h.op, array_agg(DISTINCT u.provider_message_id), (SELECT q.id FROM messages q
        WHERE q.account_id = m.account_id AND q.conversation_id = m.conversation_id AND q.role = 'assistant'
          AND q.kind = 'read_back' AND q.created_at < max(u.created_at) ORDER BY q.created_at DESC LIMIT 1)
      FROM appointment_history h JOIN messages m ON h.cause = 'message:' || m.id
      JOIN messages u ON u.account_id = m.account_id AND u.role = 'user' AND (u.id = m.id OR u.turn_id = m.turn_id)
      WHERE h.actor LIKE 'customer:%' GROUP BY h.id, h.appointment_id, h.op, m.account_id, m.conversation_id""",
    "securing": "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'outcome_open'",
    "failed": "SELECT task_name, count(*) FROM procrastinate_jobs WHERE status = 'failed' AND queue_name <> 'chores' GROUP BY 1",
}


@dataclass
class Facts:
    """All that is known of a run: what clients logged, what WhatsApp wrote down, and the rows."""

    log: list[Json]
    diary: list[Json]
    rows: dict[str, list[tuple]]
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def logged(self, what: str) -> list[Json]:
        return [one for one in self.log if one["what"] == what]

    def seen(self, what: str) -> list[Json]:
        return [one for one in self.diary if one["what"] == what]


def collected(folder: Path, url: str) -> Facts:
    """Read what a run left behind."""
    rows = {}
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET search_path = truebook")
        for name, query in QUERIES.items():
            rows[name] = connection.execute(query.encode()).fetchall()
    return Facts(list(entries(folder / LOG)), list(entries(folder / DIARY)), rows)


def wrong(facts: Facts) -> list[str]:
    """Return every broken promise; of many alike the first few."""
    found = [line for check in CHECKS for line in check(facts)]
    kinds: dict[str, list[str]] = defaultdict(list)
    for line in found:
        kinds[line.partition(":")[0]].append(line)
    return [line for lines in kinds.values() for line in lines[:3]]


def durable(facts: Facts) -> list[str]:
    """I1, I15: what was acknowledged is there, as it was acknowledged last."""
    rows = {str(row[0]): row for row in facts.rows["appointments"]}
    business = {one["key"]: one["business"] for one in facts.logged("asked")}
    touched = {one["of"] for one in facts.logged("asked") if one["of"]}
    touched |= {str(row[0]) for row in facts.rows["agreed"] if row[1] == "UPDATE"}  # on WhatsApp, by whose phone it is
    settled = {one["key"]: one for one in facts.logged("acked") + facts.logged("refused")}
    ended = {one["of"] for one in facts.logged("acked") if one["key"][0] == "x"}
    lost = []
    for one in facts.logged("acked"):
        row = rows.get(one["id"])
        if row is None:
            lost.append(f"I1 an acknowledged booking is not there: {one['key']} {one['code']}")
        elif (str(row[1]), row[2]) != (business[one["key"]], one["code"]):
            lost.append(f"I1 an acknowledged booking is somebody else's: {one['key']}")
        elif one["of"] is None and one["id"] not in touched and _differs(row, one):
            lost.append(f"I1 an acknowledged booking is another one: {one['key']} {one['start']} {row[4]}")
        elif one["key"][0] == "x" and (one["status"], row[3]) != ("cancelled", "cancelled"):
            lost.append(f"I1 an acknowledged cancellation is undone: {one['key']} {one['status']} {row[3]}")
        elif one["key"][0] == "m" and one["of"] not in ended and _differs(row, one):
            lost.append(f"I1 an acknowledged move is undone: {one['key']} {one['start']} {row[4]}")
    kept = {row[0]: row for row in facts.rows["keys"]}
    for one in facts.logged("unchanged"):
        key = kept.get(one["key"])
        if key is not None and key[1] is not None and one["key"] not in settled and one["key"][0] in "cr":
            lost.append(f"I1 said to be unchanged, and yet there: {one['key']}")
    return lost


def _differs(row: tuple, acked: Json) -> bool:
    said = (datetime.fromisoformat(acked["start"]), acked["status"], acked["staff"], acked["phone"])
    return said != (row[4], row[3], str(row[9]), row[5])


def unique(facts: Facts) -> list[str]:
    """I2: nobody is in two places at once, and whoever is booked has the time."""
    return [f"I2 two appointments at once: {one} {other}" for one, other in facts.rows["overlaps"]] + [
        f"I2 an appointment without its time: {row[0]}" for row in facts.rows["unclaimed"]
    ]


def truthful(facts: Facts) -> list[str]:
    """I3, I13: whatever a phone got about an appointment stood in a row that was committed before."""
    codes = {row[2]: row for row in facts.rows["appointments"]}
    history: dict[UUID, list[tuple]] = defaultdict(list)
    for row in facts.rows["history"]:
        history[row[0]].append(row)
    lies = []
    for one in facts.seen("taken"):
        text, at = one["bubble"]["text"], datetime.fromisoformat(one["at"])
        topic = next((topic for topic in RECEIPTS if text.startswith(topic)), None)
        if topic is None:
            continue
        code = next((code for code in CODE.findall(text) if code in codes), None)
        if code is None:
            lies.append(f"I3 told of what is not there: {text[:80]}")
            continue
        voice = Voice("en", at)
        stood = [
            row for row in history[codes[code][0]]
            if row[2] <= at + TOLERANCE and row[3] in RECEIPTS[topic] and _named(voice, row[4]) in text
        ]  # fmt: skip
        if not stood:
            lies.append(f"I3 told what no row said at the time: {text[:80]}")
    return lies


def _named(voice: Voice, start: datetime) -> str:
    local = start.astimezone(UTC)
    return f"{voice.full_date(local.date())}, {voice.clock(local.time())}"


def told(facts: Facts) -> list[str]:
    """I4: each booking's customer is told exactly once, and it arrives, or stands as what it is."""
    booked = {row[0]: row for row in facts.rows["appointments"] if row[3] == "confirmed"}
    said: dict[UUID, list[tuple]] = defaultdict(list)
    for row in facts.rows["told"]:
        if row[1] in ("booked", "requested"):
            said[row[0]].append(row)
    owed, notes = defaultdict(list), Counter[UUID]()
    for row in facts.rows["owed"]:
        notes[row[0]] += 1
        if row[1] in ("booked", "requested"):
            owed[row[0]].append(row)
    reachable = {row[0] for row in facts.rows["reachable"]}
    watched = {str(row[1]) for row in facts.rows["alerts"]} | {row[0] for row in facts.rows["looked_at"]}
    late = [f"I4 a note was left: {row[0]} {row[1]}" for row in facts.rows["owed"]
            if row[2] == "queued" and row[4] < facts.now - timedelta(minutes=1)]  # fmt: skip
    for one, row in booked.items():
        if len(owed[one]) != 1:
            late.append(f"I4 {len(owed[one])} notes of one booking: {row[2]}")
        if len({line[4] for line in said[one]}) > 1:
            late.append(f"I4 confirmed more than once: {row[2]}")
        if (row[7] or one in reachable) and not said[one] and notes[one] == 1:
            late.append(f"I4 nobody was told: {row[2]}")
    for line in facts.rows["told"]:
        if line[5] in ("unknown", "failed", "sending", "queued") and str(line[4]) not in watched:
            late.append(f"I4 neither told nor visibly not: {line[1]} {line[4]} {line[5]}")
    return late


def once(facts: Facts) -> list[str]:
    """I5: no phone got the same news twice. Reminders are counted by what they were due for (I13)."""
    news = tuple(one for one in RECEIPTS if one != "A reminder")
    got = Counter(
        (one["person"], one["bubble"]["text"])
        for one in facts.seen("taken")
        if one["person"] and one["bubble"]["text"].startswith(news)
    )
    tokens = Counter(one["bubble"]["token"].rpartition(".")[0] for one in facts.seen("taken"))
    return [f"I5 told twice: {text[:70]}" for (_, text), number in got.items() if number > 1] + [
        f"I5 sent twice: {token}" for token, number in tokens.items() if number > 1
    ]


def idempotent(facts: Facts) -> list[str]:
    """I6, I7: a key has one outcome for ever, and belongs to one request."""
    acked = {one["key"]: one["id"] for one in facts.logged("acked")}
    refused = {one["key"] for one in facts.logged("refused")}
    kept = {row[0]: row for row in facts.rows["keys"]}
    bad = [f"I6 another outcome of the same key: {one['key']} {one['status']}"
           for one in facts.logged("replayed") if (one["status"], one["id"]) != (201, acked[one["key"]])
           and one["status"] < 500]  # fmt: skip
    bad += [
        f"I6 a key was good for another request: {one['key']}"
        for one in facts.logged("reused")
        if one["status"] not in (422, 503)
    ]
    bad += [f"I7 a refused key has booked: {key}" for key in refused if key in kept and kept[key][1] is not None]
    wanted = {one["key"]: one["body"] for one in facts.logged("asked") if one["method"] == "appointments"}
    made = Counter(row[5] for row in facts.rows["appointments"] if row[6] == "api")
    asked: dict[str, int] = Counter(body["customer"]["phone"] for key, body in wanted.items() if key not in refused)
    return bad + [f"I6 more appointments than were asked for: {phone} {number}" for phone, number in made.items()
                  if number > asked.get(phone, 0)]  # fmt: skip


def invented(facts: Facts) -> list[str]:
    """I8: every appointment was somebody's wish."""
    asked = {one["body"]["customer"]["phone"] for one in facts.logged("asked") if one["method"] == "appointments"}
    phones = {row[0]: row[1] for row in facts.rows["chats"]}
    people = {one["person"]: one["phone"] for one in facts.seen("person")}
    wrote = {people[one["person"]] for one in facts.seen("written")}
    found = []
    for row in facts.rows["appointments"]:
        by_chat = row[7] is not None and phones.get(row[7]) in wrote
        if not by_chat and row[5] not in asked:
            found.append(f"I8 nobody wanted it: {row[2]} {row[6]}")
    return found


def agreed(facts: Facts) -> list[str]:
    """I8: what was done in a chat had been read back, and that stood on the phone before they wrote what agreed to it."""
    wrote = {one["message"]["id"]: one["at"] for one in facts.seen("written")}
    taken: dict[str, str] = {}
    for one in facts.seen("taken"):
        taken.setdefault(one["bubble"]["token"].split(".")[1], one["at"])
    bad = []
    for appointment, _, messages, question in facts.rows["agreed"]:
        said = max((wrote[one] for one in messages if one in wrote), default=None)
        if said and (question is None or taken.get(str(question), "9") > said):
            bad.append(f"I8 done without having been read: {appointment} {said} {taken.get(str(question))}")
    return bad


def visible(facts: Facts) -> list[str]:
    """I9, I11: seen at once by whose it is, and by nobody else."""
    bad = [f"I9 not to be seen: {one['key']} {one['status']}" for one in facts.logged("seen")
           if one["status"] != 200 and one["status"] < 500]  # fmt: skip
    return bad + [f"I11 a stranger saw it: {one['key']} {one['status']}" for one in facts.logged("strange")
                  if one["status"] != 404 and one["status"] < 500]  # fmt: skip


def known(facts: Facts) -> list[str]:
    """I10: what was unknown is known."""
    bad = [f"I10 never known: {one['key']}" for one in facts.logged("never known")]
    return bad + [f"I10 still being secured: {row[0]}" for row in facts.rows["securing"] if row[0]]


def webhooks(facts: Facts) -> list[str]:
    """I12: what was acknowledged to WhatsApp is there once, and all statuses ended at the highest."""
    heard = {one["webhook"] for one in facts.seen("heard")}
    stored = dict(facts.rows["heard"])
    told: dict[str, set[str]] = defaultdict(set)
    bad = []
    for one in facts.seen("told"):
        if one["webhook"] not in heard:
            bad.append(f"I12 WhatsApp still tries to deliver: {one['about']}")
            continue
        value = json.loads(one["body"])["entry"][0]["changes"][0]["value"]
        for message in value.get("messages", ()):
            if stored.get(message["id"], 0) != 1:
                bad.append(f"I12 acknowledged, and stored {stored.get(message['id'], 0)} times: {message['id']}")
        for status in value.get("statuses", ()):
            told[status["biz_opaque_callback_data"]].add(status["status"])
    reached = {f"tb1.{row[0]}.{row[1]}": row[2] for row in facts.rows["attempts"]}
    for token, said in told.items():
        best = max(said, key=LADDER.__getitem__)
        if LADDER[reached.get(token, "sending")] < LADDER[best]:
            bad.append(f"I12 {best} was reported, and {reached.get(token)} stands: {token}")
    taken = {one["bubble"]["token"] for one in facts.seen("taken")}
    bad += [f"I12 sent without an attempt that was committed: {token}" for token in taken if token not in reached]
    bad += [f"I12 arrived, and was never sent: {token}" for token, outcome in reached.items()
            if outcome in ARRIVED and token not in taken]  # fmt: skip
    bad += [f"I12 one turn has {number} answers: {turn}" for turn, number in facts.rows["answers"] if number > 1]
    return bad + [f"I12 never answered: {row[0]}" for row in facts.rows["unanswered"]]


def ordered(facts: Facts) -> list[str]:
    """I12: what was said in a chat came in the order in which it was said."""
    written = {str(row[4]): row for row in facts.rows["told"]}
    last: dict[str, tuple[int, str]] = {}
    bad = []
    for one in facts.seen("taken"):
        message = one["bubble"]["token"].split(".")[1]
        number = UUID(message).int >> 80
        if one["person"] and message in written and number + 2000 < last.get(one["person"], (0, ""))[0]:
            bad.append(f"I12 out of order: {message} after {last[one['person']][1]}")
        if one["person"] and message in written:
            last[one["person"]] = max(last.get(one["person"], (0, "")), (number, message))
    return bad


def reminded(facts: Facts) -> list[str]:
    """I13: a reminder is sent once or visibly not, and in time."""
    alerts = {row[1] for row in facts.rows["alerts"] if row[0] == "not_told"}
    bad = [f"I13 a reminder was left: {row[0]} {row[4]}" for row in facts.rows["reminders"]
           if row[3] == "waiting" and row[4] < facts.now - timedelta(minutes=3)]  # fmt: skip
    bad += [
        f"I13 missed without an alert: {row[0]}"
        for row in facts.rows["reminders"]
        if row[3] == "missed" and row[0] not in alerts
    ]
    twice = Counter((row[0], row[3]) for row in facts.rows["told"] if row[1] == "reminder")
    offsets = Counter((row[0], row[1]) for row in facts.rows["reminders"] if row[3] == "sent")
    return bad + [f"I13 reminded {number} times: {of}" for of, number in twice.items() if number > offsets[of]]


def given_up(facts: Facts) -> list[str]:
    """I17: no job was given up; chores come round by themselves."""
    return [f"I17 given up: {row[1]} {row[0]}" for row in facts.rows["failed"]]


CHECKS = (
    durable, unique, truthful, told, once, idempotent, invented, agreed, visible, known, webhooks, ordered, reminded, given_up,
)  # fmt: skip

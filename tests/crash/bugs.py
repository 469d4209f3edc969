"""Eight bugs that appointment systems have had, planted into a copy of the product: the checker must catch each."""

import asyncio
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from tests.crash.run import piece
from tests.crash.storm import FAULTS, Fault, cut
from tests.crash.town import ROOT
from tests.postgres import data_folder

ROUNDS = 3
CUT_ATTEMPT: Fault = lambda town, dice: cut(town, -1, "before commit", b"INSERT INTO message_attempts")  # noqa: E731


@dataclass(frozen=True)
class Bug:
    """A bug: which lines become which, under which faults it shows, and by which promise it is known."""

    name: str
    promise: str
    patches: tuple[tuple[str, str, str], ...]
    faults: dict[str, Fault] = field(default_factory=dict)
    sql: str = ""
    bookings: int = 0
    chats: int = 0


BUGS = (
    Bug(
        "ack before commit", "I12",
        (("channels/whatsapp/webhook.py", "            await _store(db, number, split(body))\n",
          "            __import__('asyncio').create_task(_store(db, number, split(body)))\n"),),
        {"cut": FAULTS["cut before a webhook's COMMIT"]}, chats=4,
    ),
    Bug(
        "swallowed error", "I12",
        (("db/ending.py", "                raise CommitUnknown(tx.xid) from error\n", "                return\n"),),
        {"cut": FAULTS["cut before a webhook's COMMIT"]}, chats=4,
    ),
    Bug(
        "no idempotency", "I6",
        (("channels/api/idempotency.py", "    if text is None:\n        return None\n", "    if text:\n        return None\n"),),
        bookings=12,
    ),
    Bug(
        "check, then insert", "I2",
        (("db/health/checkup.py", "def refuse_if_broken(url: str) -> None:\n",
          "def refuse_if_broken(url: str) -> None:\n    return\n\n\ndef _refuse(url: str) -> None:\n"),),
        sql="ALTER TABLE truebook.claims DROP CONSTRAINT claims_no_double_booking", bookings=60,
    ),
    Bug(
        "message before commit", "I5",
        (("delivery/sending.py",
          "                ready = await self._prepare(tx, event)\n            if ready is None:\n                return\n"
          "            result = await ready.line.send(ready.message, str(ready.token))\n",
          "                ready = await self._prepare(tx, event)\n                if ready is not None:\n"
          "                    result = await ready.line.send(ready.message, str(ready.token))\n            if ready is None:\n                return\n"),),
        {"cut": CUT_ATTEMPT}, chats=4,
    ),
    Bug(
        "blind resend", "I5",
        (("connectors/whatsapp/graph.py", "            return Unknown(type(error).__name__)\n",
          "            return Refused('retry', None, type(error).__name__)\n"),),
        {"lost": FAULTS["the answer is lost, and no status comes"]}, chats=4,
    ),
    Bug(
        "status regress", "I12",
        (("ledger/outcomes.py", "    return reported if LADDER[reported] > LADDER[before] else before\n",
          "    return reported\n"),),
        {"mood": FAULTS["WhatsApp: doubled and shuffled"]}, chats=4,
    ),
    Bug(
        "lost lock", "I1",
        (("booking/changes.py", "    found = await queries.appointment(tx, appointment_id, lock=True)\n",
          "    found = await queries.appointment(tx, appointment_id)\n"),
         ("booking/actions.py", "\"move\", work, now=now, key=key, version=version, lock=locks.ALONE, stood=stood\n",
          "\"move\", work, now=now, key=key, version=version, lock=locks.SHARED, stood=stood\n")),
        bookings=150,
    ),
)  # fmt: skip


def planted(bug: Bug) -> list[str]:
    """Run a copy of the product with a bug in it; return the broken promises by which it was caught."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        shutil.copytree(ROOT / "truebook", root / "truebook")
        for name, before, after in bug.patches:
            path = root / "truebook" / name
            text = path.read_text()
            assert text.count(before) == 1, f"{bug.name}: what is to be patched is not there once: {name}"
            path.write_text(text.replace(before, after))
        with data_folder() as folder:
            for seed in range(ROUNDS):
                report = asyncio.run(piece(
                    folder, bug.bookings * (seed + 1), bug.chats * (seed + 1), minutes=1, seed=seed, root=root,
                    faults=bug.faults, sql=bug.sql if seed == 0 else "", clients=8 if bug.bookings else 0,
                    people=bug.chats, processes=1, patience=30,
                ))  # fmt: skip
                if found := [line for line in report.wrong if line.startswith(bug.promise)]:
                    return found
    return []

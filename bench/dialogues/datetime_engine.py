"""Answer the date/time scorer: one JSON request a line on stdin, one JSON answer a line on stdout."""

import json
import sys
from datetime import datetime

from truebook.language.temporal import read
from truebook.language.temporal.model import Context, Reading

TRUSTED = 0.5  # below this the desk asks instead of answering


def reduce(reading: Reading) -> dict[str, str | None]:
    """Return the one date and the one time that a reading comes down to: the last trusted single day and clock."""
    days = [day for day in reading.days if day.until is None and day.confidence >= TRUSTED]
    times = [found for found in reading.times if found.relation != "part" and found.confidence >= TRUSTED]
    time = (times[-1].time or times[-1].until) if times else None
    return {"date": days[-1].date.isoformat() if days else None, "time": f"{time:%H:%M}" if time else None}


def main() -> None:
    """Answer until stdin ends."""
    for line in sys.stdin:
        request = json.loads(line)
        now = datetime.fromisoformat(request["ref"])
        print(json.dumps(reduce(read(request["text"], Context(now, request["lang"])))), flush=True)


if __name__ == "__main__":
    main()

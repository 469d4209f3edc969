"""Print every score of the language understanding, in one run: `python -m bench.dialogues`.

The scorers and their data live beside the checkout (../shared, or the folder named by TRUEBOOK_SHARED).
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OURS = ("--langs", "en,de,es,pt,fr,it,nl")  # the files hold more languages than we speak
RUNS = (
    ("SGD booking", "score_booking.py", "sgd/booking.dev.jsonl", "booking_engine", ()),
    ("SGD booking, words only", "score_booking.py", "sgd/booking.dev.jsonl", "booking_engine", ("--no-acts",)),
    ("STAR", "score_star.py", "star/booking.dev.jsonl", "booking_engine", ()),
    ("SMCalFlow intents", "score_intents.py", "smcalflow/intents.dev.jsonl", "intents_engine", ()),
    ("Dates: SMCalFlow", "score_datetime.py", "smcalflow/datetime.dev.jsonl", "datetime_engine", ()),
    ("Dates: SGD", "score_datetime.py", "sgd/datetime.dev.jsonl", "datetime_engine", ()),
    ("Dates: Recognizers", "score_datetime.py", "recognizers/datetime.dev.jsonl", "datetime_engine", OURS),
    ("Dates: Duckling", "score_datetime.py", "duckling/datetime.dev.jsonl", "datetime_engine", OURS),
)


def shared() -> Path:
    """Return the folder with the scorers and their data."""
    return Path(os.environ.get("TRUEBOOK_SHARED", ROOT.parent / "shared"))


def score(title: str, script: str, data: str, engine: str, options: tuple[str, ...]) -> None:
    """Run one scorer against one of our engines and let it print its table."""
    tools, files = shared() / "tools" / "dialogues", shared() / "data" / "dialogues"
    command = [sys.executable, str(tools / script), str(files / data)]
    print(f"\n== {title}", flush=True)
    subprocess.run(
        [*command, "--engine", f"{sys.executable} -m bench.dialogues.{engine}", *options], cwd=ROOT, check=False
    )


def main() -> None:
    """Print all tables; without the data, say so."""
    if not (shared() / "tools" / "dialogues").is_dir():
        print(f"The scorers are not here: {shared()} (set TRUEBOOK_SHARED to the folder that holds them).")
        return
    for run in RUNS:
        score(*run)
    print("\n== Replay: recorded customers against the whole desk", flush=True)
    subprocess.run([sys.executable, "-m", "bench.dialogues.replay"], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()

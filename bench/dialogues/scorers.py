"""Running the scorers against our engines, and reading the figures they print."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BOOKING = (
    *("dialogues", "turns", "joint", "changed", "provider", "date", "time", "intent"),
    *("final", "calls", "state", "wrong", "unconfirmed", "missed"),
)
STAR = ("dialogues", "state", "provider", "day", "time")
DATETIME = ("cases", "date", "time", "joint", "spurious", "none", "wrong", "ms", "p95")

Figures = Mapping[str, float]


def shared() -> Path:
    """Return the folder with the scorers and their data (TRUEBOOK_SHARED, else beside the checkout)."""
    return Path(os.environ.get("TRUEBOOK_SHARED", ROOT.parent / "shared"))


def present() -> bool:
    """Tell whether the scorers and their data are on this machine."""
    return all((shared() / part / "dialogues").is_dir() for part in ("tools", "data"))


def booking(*options: str) -> Figures:
    """Return the figures of whole booking dialogues (SGD), and the milliseconds per user turn."""
    text = _run("score_booking.py", ("sgd/booking.dev.jsonl",), "booking_engine", options)
    [speed] = re.findall(r"^ms per user turn (\S+)", text, re.MULTILINE)
    return {**_line(text, "all", BOOKING), "ms": float(speed)}


def star() -> Figures:
    """Return the figures of chats that two people typed (STAR)."""
    return _line(_run("score_star.py", ("star/booking.dev.jsonl",), "booking_engine"), "all", STAR)


def intents() -> Figures:
    """Return the F1 of each intent (SMCalFlow), their mean as "macro" and the number of sentences as "cases"."""
    text = _run("score_intents.py", ("smcalflow/intents.dev.jsonl",), "intents_engine")
    [macro], [cases] = re.findall(r"^macro-F1 (\S+)", text, re.MULTILINE), re.findall(r"^accuracy .* n (\d+)", text)
    each = re.findall(r"^(\w+) +n .* F1 (\S+)", text, re.MULTILINE)
    return {**{intent: float(f1) for intent, f1 in each}, "macro": float(macro), "cases": float(cases)}


def datetimes(*sources: str, languages: str = "en") -> dict[str, Figures]:
    """Return the figures of dates and times in the named sources, by language; "ALL" sums them up."""
    files = tuple(f"{source}/datetime.dev.jsonl" for source in sources)
    text = _run("score_datetime.py", files, "datetime_engine", ("--langs", languages))
    return {language: _line(text, language, DATETIME) for language in ("ALL", *languages.split(","))}


def _run(script: str, files: tuple[str, ...], engine: str, options: tuple[str, ...] = ()) -> str:
    data = [str(shared() / "data" / "dialogues" / file) for file in files]
    command = [sys.executable, str(shared() / "tools" / "dialogues" / script), *data]
    talk = ["--engine", f"{sys.executable} -m bench.dialogues.{engine}", *options]
    return subprocess.run([*command, *talk], cwd=ROOT, check=True, capture_output=True, text=True).stdout


def _line(text: str, name: str, columns: tuple[str, ...]) -> Figures:
    """Return the figures of the line that begins with name."""
    [line] = re.findall(rf"^{name} +(.*)$", text, re.MULTILINE)
    return dict(zip(columns, map(float, line.split()), strict=True))

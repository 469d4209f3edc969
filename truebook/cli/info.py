"""truebook info: where the running desk is, for people and for scripts."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from truebook.cli.database import data_folder
from truebook.cli.terminal import out, raw
from truebook.db.server import processes
from truebook.kernel import settings

NAME = "truebook.json"
"""The note `truebook up` leaves in the data directory: url, docs, data, demo_key, demo_account, pid."""


def info(as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False) -> None:
    """Tell where the running desk is: addresses, data directory, demo key. Exit code 1 when nothing runs."""
    data = data_folder(settings.read())
    note = running(data)
    if as_json:
        raw(json.dumps({"running": note is not None, "data": str(data), **(note or {})}, indent=2) + "\n")
    elif note is None:
        out(f"Nothing runs on {data}. Start the desk: truebook up")
    else:
        for name, value in note.items():
            out(f"{name:<13} {value}")
    raise typer.Exit(0 if note else 1)


def running(data: Path) -> dict[str, Any] | None:
    """Return the note of the desk that runs on a data directory, or None: a note outlives a killed desk."""
    try:
        note: dict[str, Any] = json.loads((data / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    command = processes.command(int(note.get("pid") or 0))
    return note if command and "truebook" in command else None

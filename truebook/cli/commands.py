"""Which commands there are, and where. Each is imported when it is called: the assistant alone takes two seconds."""

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

COMMANDS = {
    "up": ("up", "up"),
    "chat": ("chat", "chat"),
    "serve": ("serve", "serve"),
    "work": ("serve", "work"),
    "migrate": ("migrate", "migrate"),
    "doctor": ("doctor", "doctor"),
    "backup": ("backup", "backup"),
    "restore": ("backup", "restore"),
    "move-database": ("backup", "move_database"),
    "info": ("info", "info"),
    "key": ("key", "key"),
    "link": ("link", "link"),
    "keys": ("keys", "app"),
    "whatsapp": ("whatsapp", "app"),
    "mail": ("mail", "app"),
    "rehearse": ("rehearse", "rehearse"),
    "simulate": ("simulate", "app"),
    "audit": ("audit", "audit"),
    "import": ("legacy", "app"),
}
"""Command to module of this package and the function, or group of commands, in it."""


class Commands(TyperGroup):
    """The commands in the order of the table."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return their names."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a command, with its module imported now; None for a name that is none."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name]
        found = getattr(import_module(f"truebook.cli.{module}"), name)
        if isinstance(found, typer.Typer):
            group = typer.main.get_command(found)
            group.name = cmd_name
            return group
        alone = typer.Typer(add_completion=False)
        alone.command(cmd_name)(found)
        return typer.main.get_command(alone)

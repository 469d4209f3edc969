"""The embedded PostgreSQL: one server per data directory, which lives as long as the process that started it."""

from truebook.db.server.address import Address
from truebook.db.server.home import default_data
from truebook.db.server.lock import Held, running
from truebook.db.server.server import Server, start

__all__ = ["Address", "Held", "Server", "default_data", "running", "start"]

"""The embedded PostgreSQL: one server per data directory, which lives as long as the process that started it."""

from truebook.db.server.address import Address
from truebook.db.server.home import blamed, default_data, exists
from truebook.db.server.lock import Held, running
from truebook.db.server.server import Server
from truebook.db.server.starting import start

__all__ = ["Address", "Held", "Server", "blamed", "default_data", "exists", "running", "start"]

"""The worker's jobs in a test, with a sender that reaches nobody."""

import httpx2
import procrastinate
from pydantic_ai.models import Model

from tests.chat import LINKS
from truebook import worker
from truebook.assistant.conversation import Assistant
from truebook.assistant.offline.model import Offline
from truebook.db import Database
from truebook.delivery.outgoing import outgoing
from truebook.tenants import vault


def jobs_of(db: Database, model: Model | None = None) -> procrastinate.App:
    """Return the job application over a database."""
    out = outgoing(db, LINKS, vault.read(vault.made()), httpx2.AsyncClient())
    return worker.build(db, Assistant(db, model or Offline(), LINKS), out)

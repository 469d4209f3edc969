"""What a process remembers of customers' words is let go of now and then: who was erased is to be nowhere."""

from truebook.assistant.offline import message
from truebook.assistant.offline import model as offline
from truebook.assistant.past import history
from truebook.db import Database
from truebook.language.acts.features import hashed, pieces
from truebook.language.text import plain, within_hearing
from truebook.language.values.counting import counted
from truebook.language.visits.company import company
from truebook.language.visits.parting import parting

HEARD = (message.understood, counted, company, parting, hashed, pieces, plain, within_hearing)
"""What remembers the words it was called with."""


def forget(db: Database) -> None:
    """Let go of all of it. A turn under way keeps what it has in hand; the next ones understand anew."""
    db.kept.pop(history.KEPT, None)
    offline.POINTS.forget()
    for one in HEARD:
        one.cache_clear()

"""What a process remembers of customers' words is let go of now and then: who was erased is to be nowhere."""

from truebook.assistant.offline import model as offline
from truebook.assistant.past import history
from truebook.db import Database
from truebook.language import remembering


def forget(db: Database) -> None:
    """Let go of all of it. A turn under way keeps what it has in hand; the next ones understand anew."""
    db.kept.pop(history.KEPT, None)
    offline.POINTS.forget()
    remembering.forget()

"""Spread the businesses over several servers (Citus): each one's rows lie on one, what is everybody's on all.

Nothing else of Truebook needs this, and nothing of Citus is needed without it.
"""

from truebook.db.spreading import places
from truebook.db.spreading.distribute import distribute
from truebook.db.spreading.fitness import unfit
from truebook.db.spreading.obstacles import obstacles

__all__ = ["distribute", "obstacles", "places", "unfit"]

"""How often something is done for a number or an address that somebody typed: it is easily somebody else's.

Only a deed counts, nothing that is merely typed, and each kind for itself. What a code has proven to be theirs is not
counted: no stranger keeps anybody from booking for themselves there.
"""

from truebook import limits
from truebook.booking.model import Customer
from truebook.channels.web.booking.shop import Shop
from truebook.limits import Limit

BOOKED = Limit("bookings for a contact", burst=6, every=600.0)
WAITS = Limit("places on the waiting list for a contact", burst=6, every=600.0)
CODES = Limit("codes sent to a contact", burst=6, every=600.0)


async def count(shop: Shop, limit: Limit, who: Customer) -> None:
    """Count a deed; raise Exceeded if that is too often. Whoever has no contact is reached by nothing."""
    if contact := who.phone or who.email:
        await limits.take(shop.db, limit, f"{shop.account.id} {contact}")

"""How often something is done for a number or an address that somebody typed: it is easily somebody else's.

Only a deed counts, nothing that is merely typed; each kind for itself, and each line's own before what comes from
anywhere: nobody by themselves keeps anybody else from booking. What a code has proven to be theirs is not counted.
"""

from dataclasses import replace

from fastapi import Request

from truebook import limits
from truebook.booking.model import Customer
from truebook.channels.web.booking.shop import Shop
from truebook.limits import Limit

BOOKED = Limit("bookings for a contact", burst=6, every=600.0)
WAITS = Limit("places on the waiting list for a contact", burst=6, every=600.0)
CODES = Limit("codes sent to a contact", burst=6, every=600.0)
ANYWHERE = 2
"""How many lines' worth may be done for a contact in all."""


async def count(request: Request, shop: Shop, limit: Limit, who: Customer) -> None:
    """Count a deed; raise Exceeded if that is too often. Whoever has no contact is reached by nothing."""
    if (contact := who.phone or who.email) is None:
        return
    subject = f"{shop.account.id} {contact}"
    await limits.take(shop.db, limit, f"{subject} {limits.origin(request.client)}")
    wide = replace(
        limit, name=f"{limit.name}, from anywhere", burst=limit.burst * ANYWHERE, every=limit.every / ANYWHERE
    )
    await limits.take(shop.db, wide, subject)

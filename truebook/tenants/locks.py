"""The lock that makes bookings and settings take turns.

A booking shares it with the other bookings of the business; whoever changes hours, days off or services, or moves an
appointment, holds it alone. So a booking never slips in between reading the hours and their change. It is taken first,
by `Database.transaction`, and once; and it is advisory, since a row lock is written: of many bookings at once each
would write the list of all the others.
"""

KEY = "hashtextextended('bookings and settings of ' || current_setting('truebook.tenant'), 0)"
SHARED = f"pg_advisory_xact_lock_shared({KEY})"
"""Keeps the settings of the business as they are until the transaction ends; other bookings do not wait."""
ALONE = f"pg_advisory_xact_lock({KEY})"
"""Lets no booking of the business happen until the transaction ends."""

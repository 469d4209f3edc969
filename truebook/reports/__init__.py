"""What happened, in figures: bookings, cancellations, no-shows, how full it was, who is new; and what is not well."""

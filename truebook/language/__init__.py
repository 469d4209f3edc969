"""What people mean: dates, times, intents and phrases, in seven languages. Pure functions, no I/O."""

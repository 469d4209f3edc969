"""The assistant: a message comes in, tools are called, and what goes out about bookings is rendered from rows."""

"""The tools the assistant may call. They act for one tenant and one conversation, both given by the channel.

Nothing is booked, moved or cancelled that was not read back in the answer before: the first call of such a tool reads
back, and the same call carries it out when the customer's next message, as the desk itself understands it, says yes.
What a model makes of that message does not count.
"""

from truebook.assistant.tools import appointments, series, times, waiting
from truebook.assistant.tools.agent import agent

__all__ = ["agent", "appointments", "series", "times", "waiting"]

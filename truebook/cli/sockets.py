"""The ports that a command listens on, taken before anything else is started."""

import errno
import socket

from truebook.kernel.errors import Unavailable
from truebook.kernel.settings import Settings


def of_desk(settings: Settings) -> socket.socket:
    """Take the port that customers come to; raise Unavailable if somebody else has it."""
    port = settings.port
    taken = f"Take another one: TRUEBOOK_PORT={8000 + (port + 1) % 1000}"
    return bound(settings.host, port, taken, "TRUEBOOK_HOST must be an address of this machine.")


def of_watch(host: str, port: int) -> socket.socket:
    """Take the port that those who watch come to."""
    taken, elsewhere = "Take another one in TRUEBOOK_WATCH.", "TRUEBOOK_WATCH must name an address of this machine."
    listener = bound(host, port, taken, elsewhere)
    listener.listen()  # whoever asks a moment too early waits, and is answered
    return listener


def bound(host: str, port: int, taken: str, elsewhere: str) -> socket.socket:
    """Take a port; what to do where it is taken, and where the address is not ours, stands in the error."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        advice = taken if error.errno in (errno.EADDRINUSE, errno.EACCES) else elsewhere
        raise Unavailable(f"Port {port} on {host} cannot be used ({error.strerror}). {advice}") from error
    return listener

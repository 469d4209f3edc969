"""The settings the server is started with, as arguments, so that no file has to be edited or migrated."""

from collections.abc import Iterator, Mapping

from truebook.db.server.address import PORT, Address

NAME = "truebook"
"""The server's cluster_name: tells our servers from one that somebody started by hand on the same data."""

DEFAULTS: Mapping[str, str] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "track_commit_timestamp": "off",
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %d ",
    "log_error_verbosity": "terse",  # details and statements hold names and phone numbers
    "log_min_error_statement": "panic",
}
RECKLESS: Mapping[str, str] = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "truebook.throwaway": "on",  # says so, or the health check would refuse to start on it
}


def arguments(address: Address, wished: Mapping[str, str], *, fsync: bool) -> Iterator[str]:
    """Yield the server's arguments: the defaults, without fsync the reckless ones, then what is wished."""
    fixed = {"cluster_name": NAME, "unix_socket_directories": str(address.folder), "port": str(PORT)}
    for name, value in {**DEFAULTS, **({} if fsync else RECKLESS), **wished, **fixed}.items():
        yield "-c"
        yield f"{name}={value}"

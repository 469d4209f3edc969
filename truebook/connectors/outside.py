"""Requests to servers that others run. An answer has a greatest length, and a redirect is never followed.

Where the owner of a business named the address, and not whoever runs this installation, it must be https and public:
the name is resolved once, and the connection is made to the very address that was looked at. Otherwise an owner could
let the desk speak to machines that only the desk can reach.
"""

import asyncio
import ipaddress
import socket
from collections.abc import AsyncIterator, Collection, Iterable
from typing import Any
from urllib.parse import urlsplit

import httpcore2
import httpx2

from truebook.kernel.errors import Invalid

MOST = 1_000_000
"""Bytes of an answer: far more than any tool call has."""
PATIENCE = httpx2.Timeout(20.0, connect=4.0)
TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 addresses that stand for an IPv4 address: its last 32 bits."""
INSIDE = tuple(map(ipaddress.ip_network, ("64:ff9b:1::/48", "::ffff:0:0:0/96", "::/96", "fec0::/10", "192.0.0.0/24")))
"""What is not outside, whatever a version of Python says of it: translators' (RFC 8215, 7915), compatible (RFC 4291),
site-local (RFC 3879) and protocol assignments (RFC 6890)."""
ADDRESS = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotOutside(httpx2.ConnectError):
    """The name leads to an address that is not public."""


class TooMuch(httpx2.ReadError):
    """The answer has no end."""


def checked(field: str, url: str, trusted: Collection[str] = ()) -> str:
    """Return an address as it may be used; raise Invalid, naming the field, for one that may not.

    `trusted` are the hosts, `name` or `name:port`, that the operator lets owners reach although they are not public.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise Invalid(field, f"that is no address: {error}") from error
    if parts.scheme not in ("https", "http") or not host:
        raise Invalid(field, "give the whole address, such as https://models.example.org/v1")
    if parts.username is not None or parts.query or parts.fragment:
        raise Invalid(field, "give the address alone: no user, no password, nothing behind ? or #")
    if is_trusted(host, port, trusted):
        return url.rstrip("/")
    if parts.scheme != "https":
        raise Invalid(field, "it must begin with https://")
    if (literal := _literal(host)) is not None and not is_public(literal):
        raise Invalid(field, "that address is not on the public internet")
    return url.rstrip("/")


def is_trusted(host: str, port: int | None, trusted: Collection[str]) -> bool:
    """Tell whether the operator excepts a host, on this port or on all."""
    return host.lower() in trusted or f"{host.lower()}:{port}" in trusted


def is_public(address: ADDRESS) -> bool:
    """Tell whether an address belongs to the public internet, also where it stands for another one."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is None and address in TRANSLATED:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast and not any(address in one for one in INSIDE)


def client(trusted: Collection[str] | None = None) -> httpx2.AsyncClient:
    """Return a client for addresses that owners name; with None, for those that the operator does."""
    backend = None if trusted is None else _Guarded(trusted)
    return httpx2.AsyncClient(
        transport=_Bounded(backend),
        headers={"Accept-Encoding": "identity"},
        follow_redirects=False,
        timeout=PATIENCE,
        trust_env=False,
    )


class _Guarded(httpcore2.AsyncNetworkBackend):
    """Connects to public addresses only, and to the one that was looked at."""

    def __init__(self, trusted: Collection[str]) -> None:
        self._trusted = trusted
        self._inner = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Connect, once every address of the name is known to be public."""
        target = host if is_trusted(host, port, self._trusted) else await _public(host, port)
        return await self._inner.connect_tcp(target, port, timeout, local_address, socket_options)

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore2.AsyncNetworkStream:
        """Refuse: a file of this machine is nothing outside."""
        raise httpcore2.ConnectError("no sockets of this machine")

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


async def _public(host: str, port: int) -> str:
    """Return an address of a host; raise ConnectError where the host has one that is not public."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise httpcore2.ConnectError(f"no such host: {error}") from error
    addresses = [str(one[4][0]).partition("%")[0] for one in found]
    if not addresses or not all(is_public(ipaddress.ip_address(one)) for one in addresses):
        raise NotOutside(f"{host} is not on the public internet")
    return addresses[0]


class _Bounded(httpx2.AsyncBaseTransport):
    """Sends requests over a pool of its own and reads no more of an answer than is allowed."""

    def __init__(self, backend: httpcore2.AsyncNetworkBackend | None) -> None:
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=httpx2.create_ssl_context(), keepalive_expiry=30.0, max_connections=50, network_backend=backend
        )

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request and return the answer, whose body is still to be read."""
        url = request.url
        raw = httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        assert isinstance(request.stream, httpx2.AsyncByteStream)
        sent = httpcore2.Request(
            request.method, raw, headers=request.headers.raw, content=request.stream, extensions=request.extensions
        )
        try:
            got = await self._pool.handle_async_request(sent)
        except Exception as error:
            raise _told(error) from error
        answer = httpx2.Response(got.status, headers=got.headers, stream=_Body(got), extensions=got.extensions)
        if answer.headers.get("Content-Encoding", "identity") != "identity":
            await answer.aclose()
            raise httpx2.RemoteProtocolError("the answer is packed, which nobody asked for")
        return answer

    async def aclose(self) -> None:
        """Close all connections."""
        await self._pool.aclose()


class _Body(httpx2.AsyncByteStream):
    def __init__(self, answer: httpcore2.Response) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        read = 0
        try:
            async for chunk in self._answer.aiter_stream():
                read += len(chunk)
                if read > MOST:
                    raise TooMuch(f"more than {MOST:,} bytes")
                yield chunk
        except Exception as error:
            raise _told(error) from error

    async def aclose(self) -> None:
        await self._answer.aclose()


def _told(error: Exception) -> Exception:
    """Return what went wrong on the way as httpx2 tells it; what is none of the network's stays as it is."""
    if isinstance(error, httpcore2.TimeoutException):
        return httpx2.ReadTimeout(str(error))
    if isinstance(error, httpcore2.ConnectError):
        return httpx2.ConnectError(str(error))
    if isinstance(error, httpcore2.NetworkError | httpcore2.ProtocolError | httpcore2.UnsupportedProtocol):
        return httpx2.ReadError(f"{type(error).__name__}: {error}")
    return error


def _literal(host: str) -> ADDRESS | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None

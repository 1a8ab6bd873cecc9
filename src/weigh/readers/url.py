"""A page on the web -> a document, fetched once, when a person asks for that address.

Nothing here follows what a document says. A name is looked up once and the connection goes to the
address that was looked up and checked, so that the name cannot change its meaning in between. No
proxy is used, because it would do the looking up.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse
from threading import Timer
from urllib.parse import SplitResult, urljoin, urlsplit

from weigh.errors import ReadingError
from weigh.readers.limits import LIMITS, Limits, require_within
from weigh.readers.network import checked_address
from weigh.readers.reading import read_bytes
from weigh.records import Document

REDIRECTS = frozenset({301, 302, 303, 307, 308})
MOST_REDIRECTS = 5
SECONDS = 30.0
PORTS = {"http": 80, "https": 443}
CHUNK = 65_536
GIVE_FILE = "save the page from a browser and give the file"
HEADERS = {"User-Agent": "weigh", "Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close"}


def read_url(
    url: str, *, limits: Limits = LIMITS, allow_private: bool = False, seconds: float = SECONDS
) -> Document:
    """Fetch and read one document; its name is the address without user, query and fragment.

    `seconds` bounds the whole fetch, `limits.bytes` its size. Raises `ReadingError` for anything but
    http and https, for an address inside of a private network (unless `allow_private`), and for
    what the server does not give.
    """
    deadline = time.monotonic() + seconds
    address = _checked(url)
    for _ in range(MOST_REDIRECTS + 1):
        answer = _fetched(address, deadline, limits, allow_private=allow_private)
        if isinstance(answer, bytes):
            return read_bytes(answer, _name(address), limits=limits)
        following = _checked(urljoin(address.geturl(), answer))
        if address.scheme == "https" and following.scheme == "http":
            raise ReadingError("it leads from https to http", place=_name(address), remedy=GIVE_FILE)
        address = following
    raise ReadingError(
        f"it leads on more than {MOST_REDIRECTS} times", place=_name(address), remedy=GIVE_FILE
    )


def _checked(url: str) -> SplitResult:
    """The parts of an address that may be fetched; nothing secret of it gets into a message."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise ReadingError("not an address of the web", remedy="look at its spelling") from error
    if parts.scheme not in PORTS or parts.hostname is None or port == 0:
        raise ReadingError("only http and https addresses are fetched", place=_name(parts))
    if parts.username is not None or parts.password is not None:
        raise ReadingError("an address with a user or password is not fetched", place=_name(parts))
    return parts


def _name(parts: SplitResult) -> str:
    """The address without what may be secret in it: user, password, query."""
    return f"{parts.scheme}://{parts.netloc.rsplit('@', 1)[-1]}{parts.path}"


def _fetched(address: SplitResult, deadline: float, limits: Limits, *, allow_private: bool) -> bytes | str:
    """The body, or where the server says to go instead."""
    try:
        connection = _connection(address, deadline, allow_private=allow_private)
        watch = Timer(_left(address, deadline), _cut, [connection.sock])
        watch.start()
        try:
            return _answer(connection, address, deadline, limits)
        finally:
            watch.cancel()
            connection.close()
    except TimeoutError as error:
        raise _too_slow(address) from error
    except (OSError, HTTPException, ValueError) as error:
        _left(address, deadline)
        raise ReadingError(f"cannot be fetched: {error}", place=_name(address), remedy=GIVE_FILE) from error


def _answer(connection: HTTPConnection, address: SplitResult, deadline: float, limits: Limits) -> bytes | str:
    target = (address.path or "/") + (f"?{address.query}" if len(address.query) > 0 else "")
    connection.request("GET", target, headers=HEADERS)
    with connection.getresponse() as response:
        onward = response.getheader("Location")
        if response.status in REDIRECTS and onward is not None:
            return onward
        _require_plain_success(response, address)
        return b"".join(_chunks(response, address, deadline, limits))


def _connection(address: SplitResult, deadline: float, *, allow_private: bool) -> HTTPConnection:
    host, port = address.hostname or "", address.port or PORTS[address.scheme]
    numeric = checked_address(host, port, allow_private=allow_private)
    connection = HTTPConnection(host, port)
    connection.default_port = PORTS[address.scheme]
    connection.sock = socket.create_connection((numeric, port), timeout=_left(address, deadline))
    if address.scheme == "https":
        context = ssl.create_default_context()
        connection.sock = context.wrap_socket(connection.sock, server_hostname=host)
    return connection


def _left(address: SplitResult, deadline: float) -> float:
    """Seconds until the deadline; raises when there are none."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise _too_slow(address)
    return left


def _too_slow(address: SplitResult) -> ReadingError:
    return ReadingError("the server takes too long", place=_name(address), remedy=GIVE_FILE)


def _require_plain_success(response: HTTPResponse, address: SplitResult) -> None:
    if response.status != 200:
        problem = f"the server answers {response.status} {response.reason}"
        raise ReadingError(problem, place=_name(address), remedy=GIVE_FILE)
    coding = (response.getheader("Content-Encoding") or "identity").strip().lower()
    if coding not in {"", "identity"}:
        raise ReadingError(f"the server packs its answer ({coding})", place=_name(address), remedy=GIVE_FILE)


def _chunks(response: HTTPResponse, address: SplitResult, deadline: float, limits: Limits) -> Iterator[bytes]:
    """The body in pieces, within the limit of bytes and the deadline; a body cut short is an error."""
    size = 0
    while True:
        chunk = response.read1(CHUNK)
        _left(address, deadline)
        if len(chunk) == 0:
            break
        size += len(chunk)
        require_within(size, limits.bytes, "bytes", place=_name(address))
        yield chunk
    if response.length not in (None, 0):
        raise ReadingError("the server stops in the middle", place=_name(address), remedy="try again")


def _cut(connection: socket.socket | None) -> None:
    """End a connection from outside, so that a server that sends a byte now and then cannot hold on."""
    if connection is not None:
        with suppress(OSError):
            socket.socket.shutdown(connection, socket.SHUT_RDWR)

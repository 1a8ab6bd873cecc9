"""One question to a chat-completions endpoint that a person named, and its answer, within bounds.

Nothing is sent anywhere unless an address was given. Plain http goes to this machine alone; every other
address has to be https. No redirection is followed and no proxy is used. The key comes from the environment
and stands in no message.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from threading import Timer
from urllib.parse import SplitResult, urlsplit

import msgspec

from weigh.errors import EndpointError, UsageError

KEY = "WEIGH_API_KEY"
"""The environment's variable that holds the key, where the service asks for one."""
SECONDS = 120.0
"""For one answer, from the connection to its last byte."""
TRIES = 3
MOST_BYTES = 2_000_000
"""Of one answer: many times what any part of a document gives."""
_PATH = "/chat/completions"
_AGAIN = frozenset({429, 500, 502, 503, 504})
_SAID = 300
_CHUNK = 65_536
_PORTS = {"http": 80, "https": 443}


class _Message(msgspec.Struct):
    content: str | None = None


class _Choice(msgspec.Struct):
    message: _Message
    finish_reason: str | None = None


class _Completion(msgspec.Struct):
    choices: list[_Choice]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model said, and whether it was cut short."""

    content: str
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to ask, for which model, with which key, and how long to wait. Make it with `endpoint`.

    `pause` waits so many seconds before another try.
    """

    address: SplitResult
    model: str
    key: str = field(default="", repr=False)
    seconds: float = SECONDS
    pause: Callable[[float], None] = field(default=time.sleep, repr=False)

    @property
    def name(self) -> str:
        """The address without what may be secret in it."""
        return f"{self.address.scheme}://{self.address.netloc}{self.address.path}"

    @property
    def is_here(self) -> bool:
        """Whether it is this machine, so that nothing leaves it."""
        return _is_loopback(self.address.hostname or "")

    def ask(self, system: str, question: str, schema: Mapping[str, object]) -> Answer:
        """The model's answer to one question, held to a JSON schema where the service can do that.

        A busy or failing service is asked `TRIES` times. Raises `EndpointError` when there is no answer.
        """
        body = msgspec.json.encode(
            {
                "model": self.model,
                "temperature": 0,
                "messages": [
                    {"role": "system", "content": system},
                    {"role": "user", "content": question},
                ],
                "response_format": {
                    "type": "json_schema",
                    "json_schema": {"name": "claims", "strict": True, "schema": schema},
                },
            }
        )
        problem = ""
        for number in range(TRIES):
            if number > 0:
                self.pause(2.0 ** (number - 1))
            try:
                return understood(self._posted(body), self.name)
            except _PassingError as error:
                problem = str(error)
        raise EndpointError(f"{problem}, {TRIES} times", place=self.name, remedy="try again later")

    def _posted(self, body: bytes) -> bytes:
        """The body of the answer to one request. Raises `_PassingError` for what may pass."""
        deadline = time.monotonic() + self.seconds
        try:
            connection = self._connection()
            watch = Timer(self.seconds, _cut, [connection.sock])
            watch.start()
            try:
                connection.request("POST", self.address.path, body, self._headers())
                with connection.getresponse() as response:
                    data = b"".join(_chunks(response, self.name))
                    self._require_success(response, data)
                    return data
            finally:
                watch.cancel()
                connection.close()
        except ssl.SSLCertVerificationError as error:
            raise EndpointError("its certificate cannot be trusted", place=self.name) from error
        except (OSError, HTTPException) as error:
            late = time.monotonic() >= deadline or isinstance(error, TimeoutError)
            problem = "it takes too long" if late else f"it cannot be reached: {error}"
            raise _PassingError(self._without_key(problem)) from error

    def _headers(self) -> dict[str, str]:
        headers = {"User-Agent": "weigh", "Content-Type": "application/json", "Connection": "close"}
        return headers | ({"Authorization": f"Bearer {self.key}"} if self.key != "" else {})

    def _connection(self) -> HTTPConnection:
        host = self.address.hostname or ""
        port = self.address.port or _PORTS[self.address.scheme]
        connection = HTTPConnection(host, port)
        connection.sock = socket.create_connection((host, port), timeout=self.seconds)
        if self.address.scheme == "https":
            context = ssl.create_default_context()
            connection.sock = context.wrap_socket(connection.sock, server_hostname=host)
        elif not ipaddress.ip_address(connection.sock.getpeername()[0]).is_loopback:
            connection.close()
            raise EndpointError("plain http goes to this machine alone", place=self.name, remedy="use https")
        return connection

    def _require_success(self, response: HTTPResponse, data: bytes) -> None:
        if response.status == 200:
            return
        said = self._without_key(data[:_SAID].decode(errors="replace"))
        problem = f"it answers {response.status} {self._without_key(response.reason)}"
        if response.status in _AGAIN:
            raise _PassingError(problem)
        remedy = (
            f"set {KEY}" if response.status in {401, 403} else "see its address and the name of the model"
        )
        raise EndpointError(f"{problem}: {said}", place=self.name, remedy=remedy)

    def _without_key(self, words: str) -> str:
        return words if self.key == "" else words.replace(self.key, "***")


class _PassingError(Exception):
    """A failure after which another try makes sense."""


def endpoint(url: str, model: str, environment: Mapping[str, str] = os.environ) -> Endpoint:
    """The endpoint at an address, with or without the last part of its path.

    Raises `UsageError` for what is no https address and no http address of this machine, for an address with
    a user or a query, and for a key that cannot be one.
    """
    try:
        parts = urlsplit(url.strip())
        usable = parts.port != 0 and parts.hostname is not None
    except ValueError:
        usable = False
    if not usable or parts.scheme not in _PORTS or parts.username is not None or parts.query != "":
        raise UsageError("not the address of an endpoint", remedy="give one such as http://localhost:8080/v1")
    if parts.scheme == "http" and not _is_loopback(parts.hostname or ""):
        problem = "plain http goes to this machine alone: anybody on the way could read the text and the key"
        raise UsageError(problem, place=f"http://{parts.hostname}", remedy="use https")
    path = parts.path.rstrip("/")
    whole = path if path.endswith(_PATH) else path + _PATH
    key = environment.get(KEY, "").strip()
    if not (key.isascii() and all("!" <= character <= "~" for character in key)):
        raise UsageError("it holds characters that no key has", place=KEY, remedy="look at how it is set")
    return Endpoint(parts._replace(path=whole, fragment=""), model, key)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _chunks(response: HTTPResponse, place: str) -> Iterator[bytes]:
    size = 0
    while len(chunk := response.read1(_CHUNK)) > 0:
        size += len(chunk)
        if size > MOST_BYTES:
            raise EndpointError(f"it answers with more than {MOST_BYTES:,} bytes", place=place)
        yield chunk
    if response.length not in (None, 0):
        raise _PassingError("it stops in the middle")


def understood(data: bytes, place: str) -> Answer:
    """The text of the first choice in the body of an answer.

    Raises `EndpointError` for what is no chat completion.
    """
    try:
        choices = msgspec.json.decode(data, type=_Completion).choices
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        problem, remedy = "its answer is no chat completion", "give an address that speaks that interface"
        raise EndpointError(problem, place=place, remedy=remedy) from error
    if len(choices) == 0:
        raise EndpointError("its answer has no choices", place=place)
    return Answer(choices[0].message.content or "", choices[0].finish_reason == "length")


def _cut(connection: socket.socket | None) -> None:
    """End a connection from outside, so that a server that sends a byte now and then cannot hold on."""
    if connection is not None:
        with suppress(OSError):
            socket.socket.shutdown(connection, socket.SHUT_RDWR)

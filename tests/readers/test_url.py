"""Addresses of the web, against servers on this machine."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.readers.samples import pdf
from weigh.errors import LimitError, ReadingError
from weigh.readers import Limits, read_url
from weigh.readers import url as web

PAGE = b"<!DOCTYPE html><title>Harbour</title><p>They used T1566.001."


ANSWERS: dict[str, tuple[int, bytes, dict[str, str]]] = {
    "/page": (200, PAGE, {}),
    "/report.pdf": (200, pdf([["A page."]]), {}),
    "/nothing": (200, b"", {}),
    "/large": (200, b"words " * 10_000, {}),
    "/round": (301, b"", {"Location": "/round"}),
    "/away": (302, b"", {"Location": "ftp://x.example/"}),
    "/inside": (302, b"", {"Location": "http://user:word@127.0.0.1/"}),
    "/packed": (200, b"\x1f\x8b", {"Content-Encoding": "gzip"}),
    "/short": (200, b"half", {"Content-Length": "99"}),
}


class Answers(BaseHTTPRequestHandler):
    """One answer for each path; `/to/x` leads to `/x`."""

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path.startswith("/to/"):
            self._answer(302, b"", Location=path.removeprefix("/to"))
        else:
            status, body, headers = ANSWERS.get(path, (404, b"no", {}))
            self._answer(status, body, **headers)

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The root of a web server on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("path", "form", "text"),
    [
        ("/page", "html", "They used T1566.001.\n"),
        ("/report.pdf", "pdf", "A page."),
        ("/to/page", "html", "They used T1566.001.\n"),
        ("/to/to/to/to/page", "html", "They used T1566.001.\n"),
        ("/page?key=secret#part", "html", "They used T1566.001.\n"),
    ],
)
def test_documents_are_fetched_and_read(site: str, path: str, form: str, text: str) -> None:
    document = read_url(site + path, allow_private=True)
    assert (document.format, document.text) == (form, text)
    assert document.name == f"{site}/{'report.pdf' if form == 'pdf' else 'page'}"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/missing", "the server answers 404"),
        ("/round", "it leads on more than 5 times"),
        ("/away", "only http and https addresses are fetched"),
        ("/inside", "with a user or password is not fetched"),
        ("/packed", r"the server packs its answer \(gzip\)"),
        ("/short", "cannot be fetched|stops in the middle"),
        ("/nothing", "it is empty"),
    ],
)
def test_what_cannot_be_fetched_is_an_error_with_its_place(site: str, path: str, words: str) -> None:
    with pytest.raises(ReadingError, match=words) as caught:
        read_url(f"{site}{path}?key=secret", allow_private=True)
    assert "secret" not in str(caught.value)
    assert "word" not in caught.value.place
    assert caught.value.place != ""


def test_a_private_address_is_refused_unless_it_is_allowed(site: str) -> None:
    with pytest.raises(ReadingError, match="inside of a private network"):
        read_url(site + "/page")


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/hostname",
        "ftp://x.example/a",
        "x.example",
        "",
        "http://",
        "http:///a",
        "gopher://a",
        "data:,a",
    ],
)
def test_only_addresses_of_the_web_are_fetched(url: str) -> None:
    with pytest.raises(ReadingError, match="only http and https"):
        read_url(url, allow_private=True)


@pytest.mark.parametrize("url", ["http://[::1/", "http://127.0.0.1:99999/", "http://127.0.0.1:a/"])
def test_addresses_that_are_none_are_errors(url: str) -> None:
    with pytest.raises(ReadingError, match="not an address of the web"):
        read_url(url, allow_private=True)


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(ReadingError, match="a user or password") as caught:
        read_url("http://me:secret@127.0.0.1/page", allow_private=True)
    assert "secret" not in str(caught.value)


def test_too_large_an_answer_is_refused(site: str) -> None:
    with pytest.raises(LimitError, match="more than 1,000 bytes") as caught:
        read_url(site + "/large", limits=Limits(bytes=1_000), allow_private=True)
    assert caught.value.place == f"{site}/large"


def test_https_asks_for_a_certificate(site: str) -> None:
    with pytest.raises(ReadingError, match="cannot be fetched"):
        read_url(site.replace("http:", "https:") + "/page", allow_private=True)


def test_a_secure_address_does_not_lead_to_an_insecure_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "_fetched", lambda *args, **options: "http://127.0.0.1/page")
    with pytest.raises(ReadingError, match="from https to http"):
        web.read_url("https://127.0.0.1/page", allow_private=True)


def test_nobody_there_is_an_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(ReadingError, match="cannot be fetched"):
        read_url(f"http://127.0.0.1:{port}/", allow_private=True)


def test_a_host_that_is_not_known_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*args: object, **options: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(ReadingError, match="Name or service not known"):
        read_url("http://nowhere.example/")


@pytest.mark.parametrize("drip", [b"", b"X-Slow: 1\r\n"])
def test_a_server_that_holds_on_is_left(drip: bytes) -> None:
    """It says nothing after the first line, or one header after the other for ever."""
    done = threading.Event()

    def hold(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(b"HTTP/1.1 200 OK\r\n")
            while not done.wait(0.02):
                try:
                    connection.sendall(drip)
                except OSError:
                    return

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=hold, args=[listener])
        thread.start()
        try:
            with pytest.raises(ReadingError, match="takes too long"):
                web.read_url(
                    f"http://127.0.0.1:{listener.getsockname()[1]}/", allow_private=True, seconds=0.2
                )
        finally:
            done.set()
            thread.join()

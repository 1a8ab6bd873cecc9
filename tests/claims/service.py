"""A chat-completions service on this machine that gives recorded answers and remembers what it was asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

Recorded = tuple[int, bytes]
"""A status and a body."""


@dataclass
class Service:
    """Its address, the answers that are left (the last one is given again), and what it was asked."""

    url: str = ""
    answers: list[Recorded] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)


def said(*claims: object, finish: str = "stop") -> Recorded:
    """The answer of a model that lists these claims."""
    return spoken(json.dumps({"claims": list(claims)}), finish)


def spoken(content: str | None, finish: str = "stop") -> Recorded:
    """The answer of a model with these words."""
    choice = {"message": {"role": "assistant", "content": content}, "finish_reason": finish}
    return 200, json.dumps({"id": "x", "choices": [choice], "usage": {}}).encode()


@contextmanager
def serving(*answers: Recorded) -> Iterator[Service]:
    """A service with these answers, for as long as the block lasts."""
    service = Service(answers=list(answers))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            service.asked.append(json.loads(body))
            service.headers.append(dict(self.headers))
            service.paths.append(self.path)
            status, data = service.answers.pop(0) if len(service.answers) > 1 else service.answers[0]
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            if status in {301, 302}:
                self.send_header("Location", service.url)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 (as the parent has it)
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

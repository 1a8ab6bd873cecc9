"""Asking an endpoint: where the text may go, what is tried again, and what never shows."""

from __future__ import annotations

import json

import pytest

from tests.claims.service import Recorded, serving, spoken
from weigh.claims import endpoint as asking
from weigh.claims.endpoint import KEY, TRIES, Answer, Endpoint, endpoint
from weigh.errors import EndpointError, UsageError

SECRET = "sk-very-secret"


def asked(*answers: Recorded, key: str = "", waits: list[float] | None = None) -> Answer:
    """The answer to one question of a service with these."""
    with serving(*answers) as service:
        return _patient(service.url, key, [] if waits is None else waits).ask(
            "Read.", "{}", {"type": "object"}
        )


def _patient(url: str, key: str, waits: list[float]) -> Endpoint:
    """An endpoint whose waits are noted instead of waited."""
    made = endpoint(url, "toy", {KEY: key})
    return Endpoint(made.address, made.model, made.key, seconds=20.0, pause=waits.append)


def test_a_question_is_a_chat_completion_with_a_schema() -> None:
    with serving(spoken("yes")) as service:
        found = _patient(service.url, SECRET, []).ask("Read.", "{}", {"type": "object"})
        (body,), (headers,) = service.asked, service.headers
    assert found == Answer("yes")
    assert service.paths == ["/v1/chat/completions"]
    assert body["model"] == "toy"
    assert body["temperature"] == 0
    assert [message["role"] for message in body["messages"]] == ["system", "user"]
    assert body["response_format"]["json_schema"]["schema"] == {"type": "object"}
    assert headers["Authorization"] == f"Bearer {SECRET}"


def test_without_a_key_none_is_sent() -> None:
    with serving(spoken("yes")) as service:
        _patient(service.url, "", []).ask("Read.", "{}", {})
    assert "Authorization" not in service.headers[0]


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_may_pass_is_tried_again(status: int) -> None:
    waits: list[float] = []
    assert asked((status, b"busy"), (status, b"busy"), spoken("now"), waits=waits) == Answer("now")
    assert waits == [1.0, 2.0]


def test_what_does_not_pass_is_given_up() -> None:
    waits: list[float] = []
    with pytest.raises(EndpointError, match=f"it answers 503.*{TRIES} times"):
        asked((503, b"busy"), waits=waits)
    assert len(waits) == TRIES - 1


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 422])
def test_a_refusal_is_told_at_once_and_never_with_the_key(status: int) -> None:
    waits: list[float] = []
    with pytest.raises(EndpointError) as caught:
        asked((status, f"no such key: {SECRET}".encode()), key=SECRET, waits=waits)
    assert waits == []
    assert str(status) in caught.value.problem
    assert SECRET not in str(caught.value)
    assert (KEY in caught.value.remedy) == (status in {401, 403})


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no json",
        b"[]",
        b'{"choices": 3}',
        b'{"choices": [{"message": "x"}]}',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
def test_what_is_no_chat_completion_is_said(data: bytes) -> None:
    with pytest.raises(EndpointError, match="no chat completion"):
        asked((200, data))


def test_an_answer_without_choices_or_words() -> None:
    with pytest.raises(EndpointError, match="no choices"):
        asked((200, b'{"choices": []}'))
    assert asked(spoken(None)) == Answer("")
    assert asked(spoken("cut", finish="length")) == Answer("cut", True)


def test_a_giant_answer_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "MOST_BYTES", 1000)
    with pytest.raises(EndpointError, match="more than 1,000 bytes"):
        asked(spoken("x" * 5000))


def test_a_service_that_is_not_there_is_named() -> None:
    with serving(spoken("x")) as service:
        gone = _patient(service.url, SECRET, [])
    with pytest.raises(EndpointError, match="it cannot be reached"):
        gone.ask("Read.", "{}", {})


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("http://localhost:8080/v1", "http://localhost:8080/v1/chat/completions"),
        ("http://127.0.0.1", "http://127.0.0.1/chat/completions"),
        ("http://[::1]:1/v1/chat/completions", "http://[::1]:1/v1/chat/completions"),
        ("https://models.example/v1/", "https://models.example/v1/chat/completions"),
    ],
)
def test_where_it_may_go(url: str, name: str) -> None:
    assert endpoint(url, "m", {}).name == name
    assert endpoint(url, "m", {}).is_here == (not url.startswith("https"))


@pytest.mark.parametrize(
    "url",
    [
        *(
            "http://models.example/v1",
            "http://10.0.0.1/v1",
            "http://127.0.0.1.example/v1",
            "http://localhost.x/",
        ),
        *("ftp://localhost/", "localhost:8080", "", "https://", "https://user:word@models.example/v1"),
        *("https://models.example/v1?key=secret", "http://localhost:99999/", "http://[::1/"),
    ],
)
def test_where_it_may_not_go(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        endpoint(url, "m", {})
    assert "word" not in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("key", ["a b", "a\nb", "schlüssel", "a\x00"])
def test_a_key_that_cannot_be_one_is_refused_and_not_shown(key: str) -> None:
    with pytest.raises(UsageError) as caught:
        endpoint("http://localhost/", "m", {KEY: key})
    assert caught.value.place == KEY
    assert key not in str(caught.value)


def test_the_key_is_in_no_representation() -> None:
    made = endpoint("https://models.example/v1", "m", {KEY: f" {SECRET}\n"})
    assert made.key == SECRET
    assert SECRET not in repr(made)
    assert SECRET not in json.dumps({"name": made.name})

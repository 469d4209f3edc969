"""A server that speaks the OpenAI chat protocol as strictly as the real one, and plays a receptionist by a script.

It can be unwell in the ways that real ones are: silent, trickling, slow, refusing, or babbling.
"""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Tool = tuple[str, dict[str, Any]]


WISHED: Tool = ("findSlots", {"service": "Haircut", "staff": "Anna", "day": "2030-01-08", "at": "10:00"})


def decide(messages: list[dict[str, Any]]) -> Tool:
    """Return the next tool call, from what the history holds: a receptionist who does the obvious, and boasts."""
    answers = [json.loads(one["content"]) for one in messages if one["role"] == "tool" and one["content"][0] == "{"]
    offers = [one["offers"][0]["id"] for one in answers if one.get("offers")]
    last = messages[-1]
    if not answers:
        return "listServices", {}
    if not offers:
        return WISHED
    if last["role"] == "user" or '"offers"' in last["content"]:
        return "bookAppointment", {"offer_id": offers[-1]}
    boast = {} if "extra_forbidden" in last["content"] else {"words": "All booked, see you tomorrow at nine!"}
    return "final_result", {"move": "shown", **boast}


class Server(ThreadingHTTPServer):
    """Answers good requests in a manner of its own; what waits in a manner ends when `over` is set."""

    def __init__(self, manner: "Manner") -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.manner = manner
        self.over = threading.Event()


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        problem = wrong(self.path, self.headers.get("Authorization", ""), body)
        with suppress(ConnectionError):  # the client has hung up
            if problem:
                self.send(400, json.dumps({"error": {"message": problem}}))
            else:
                self.server.manner(self, json.dumps(completion(body)))

    def send(self, status: int, content: str, **headers: str) -> None:
        self.begin(status, content, **headers)
        self.wfile.write(content.encode())

    def begin(self, status: int, content: str, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content.encode())))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


Manner = Callable[[Handler, str], None]


def well(handler: Handler, content: str) -> None:
    """Answer."""
    handler.send(200, content)


def silent(handler: Handler, content: str) -> None:
    """Take the request, and never answer."""
    handler.server.over.wait()


def trickling(handler: Handler, content: str) -> None:
    """Answer a byte at a time, always just in time for whoever only waits for the next one."""
    handler.begin(200, content)
    for byte in content.encode():
        handler.wfile.write(bytes([byte]))
        if handler.server.over.wait(0.05):
            return


def slow(seconds: float) -> Manner:
    """Answer, after a while."""

    def answer(handler: Handler, content: str) -> None:
        handler.server.over.wait(seconds)
        handler.send(200, content)

    return answer


def refusing(status: int, **headers: str) -> Manner:
    """Refuse, as when there are too many requests, the server is ill, or the key is not good."""
    problem = json.dumps({"error": {"message": "no", "type": "error", "code": None}})
    return lambda handler, content: handler.send(status, problem, **headers)


def babbling(babble: str) -> Manner:
    """Answer 200 and something that is no answer."""
    return lambda handler, content: handler.send(200, babble)


def wrong(path: str, key: str, body: dict[str, Any]) -> str | None:
    """Return what the real server would refuse."""
    if path != "/v1/chat/completions" or not key.startswith("Bearer "):
        return "unknown path or no key"
    asked = [call["id"] for one in body["messages"] for call in one.get("tool_calls") or ()]
    told = [one["tool_call_id"] for one in body["messages"] if one["role"] == "tool"]
    if sorted(asked) != sorted(told):
        return f"tool calls {asked} without an answer, or answers {told} without a call"
    for tool in body["tools"]:
        if tool["function"]["parameters"]["type"] != "object":
            return f"{tool['function']['name']} takes no object"
    return None


def completion(body: dict[str, Any]) -> dict[str, Any]:
    name, arguments = decide(body["messages"])
    assert name in {tool["function"]["name"] for tool in body["tools"]}
    number = sum(one["role"] == "assistant" for one in body["messages"])
    call = {"id": f"call_{number}", "type": "function", "function": {"name": name, "arguments": json.dumps(arguments)}}
    message = {"role": "assistant", "content": None, "tool_calls": [call]}
    return {
        "id": f"chatcmpl-{number}",
        "object": "chat.completion",
        "created": 1,
        "model": body["model"],
        "choices": [{"index": 0, "message": message, "finish_reason": "tool_calls"}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }


@contextmanager
def serving(manner: Manner = well) -> Iterator[str]:
    """Lend the base URL of the server."""
    with Server(manner) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/v1"
        finally:
            server.over.set()
            server.shutdown()
            thread.join()

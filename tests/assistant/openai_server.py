"""A server that speaks the OpenAI chat protocol as strictly as the real one, and plays a receptionist by a script.

It can be unwell in the ways that real ones are: silent, trickling, slow, refusing, or babbling.
"""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Tool = tuple[str, dict[str, Any] | str]


WISHED: Tool = (
    "findSlots",
    {"service": "Haircut", "staff": "Anna", "day": "2030-01-08", "at": "10:00", "said": "on Tuesday at 10"},
)


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

    daemon_threads = True

    def __init__(self, manner: "Manner") -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.manner = manner
        self.over = threading.Event()
        self.asked: list[dict[str, Any]] = []
        """What it was asked, whatever became of it."""
        self.keys: list[str] = []
        self.refused: list[str] = []
        """What the real server would not have taken."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        problem = wrong(self.path, self.headers.get("Authorization", ""), body)
        self.server.asked.append(body)
        self.server.keys.append(self.headers.get("Authorization", ""))
        with suppress(ConnectionError):  # the client has hung up
            if problem:
                self.server.refused.append(problem)
                self.send(400, json.dumps({"error": {"message": problem}}))
            else:
                self.server.manner(self, json.dumps(completion(body, [decide(body["messages"])])))

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


def endless(handler: Handler, content: str) -> None:
    """Write and write, as a model that is told no end does where nobody stops it."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [{"message": {"role": "assistant", "content": "')
    while not handler.server.over.is_set():
        handler.wfile.write(b"I am so happy to help you today, " * 1000)


def cut(handler: Handler, content: str) -> None:
    """Begin an answer, and hang up in the middle."""
    handler.begin(200, content)
    handler.wfile.write(content.encode()[: len(content) // 2])
    handler.wfile.flush()
    handler.connection.close()


Script = Callable[[list[dict[str, Any]]], list[Tool]]


def calling(script: Script, *, call_id: str | None = None, **more: Any) -> Manner:
    """Call the tools that a script says, by what was said so far; `more` goes into the answer's usage or its choice."""

    def answer(handler: Handler, content: str) -> None:
        body = handler.server.asked[-1]
        handler.send(200, json.dumps(completion(body, script(body["messages"]), call_id=call_id, **more)))

    return answer


def saying(text: str, **more: Any) -> Manner:
    """Answer with words and no tool call, as small models do."""

    def answer(handler: Handler, content: str) -> None:
        body = handler.server.asked[-1]
        handler.send(200, json.dumps(completion(body, [], text=text, **more)))

    return answer


def wrong(path: str, key: str, body: dict[str, Any]) -> str | None:
    """Return what the real server would refuse."""
    if path != "/v1/chat/completions" or not key.startswith("Bearer "):
        return "unknown path or no key"
    if not 0 < body.get("max_tokens", body.get("max_completion_tokens", 0)) <= 8192:
        return "no limit on the tokens of an answer"
    asked = [call["id"] for one in body["messages"] for call in one.get("tool_calls") or ()]
    told = [one["tool_call_id"] for one in body["messages"] if one["role"] == "tool"]
    if len(set(asked)) < len(asked) or not all(asked):
        return f"tool calls {asked} without an id of their own"
    for one in body["messages"]:
        for call in one.get("tool_calls") or ():
            try:
                json.loads(call["function"]["arguments"])
            except ValueError:
                return "the arguments of a tool call are no JSON"
    if sorted(asked) != sorted(told):
        return f"tool calls {asked} without an answer, or answers {told} without a call"
    for tool in body["tools"]:
        if tool["function"]["parameters"]["type"] != "object":
            return f"{tool['function']['name']} takes no object"
    return None


def completion(
    body: dict[str, Any],
    calls: list[Tool],
    *,
    text: str | None = None,
    call_id: str | None = None,
    finish: str | None = None,
    written: int = 1,
) -> dict[str, Any]:
    """Return an answer; the arguments of a call may be a text, as it was written."""
    number = sum(one["role"] == "assistant" for one in body["messages"])
    made = [
        {
            "id": f"call_{number}_{place}" if call_id is None else call_id,
            "type": "function",
            "function": {"name": name, "arguments": given if isinstance(given, str) else json.dumps(given)},
        }
        for place, (name, given) in enumerate(calls)
    ]
    message = {"role": "assistant", "content": text, **({"tool_calls": made} if made else {})}
    return {
        "id": f"chatcmpl-{number}",
        "object": "chat.completion",
        "created": 1,
        "model": body["model"],
        "choices": [{"index": 0, "message": message, "finish_reason": finish or ("tool_calls" if made else "stop")}],
        "usage": {"prompt_tokens": 1, "completion_tokens": written, "total_tokens": 1 + written},
    }


@contextmanager
def running(manner: Manner = well) -> Iterator[Server]:
    """Lend the server."""
    with Server(manner) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
            thread.join()

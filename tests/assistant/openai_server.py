"""A server that speaks the OpenAI chat protocol as strictly as the real one, and plays a receptionist by a script."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
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


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        problem = wrong(self.path, self.headers.get("Authorization", ""), body)
        status, answer = (400, {"error": {"message": problem}}) if problem else (200, completion(body))
        content = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


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
def serving() -> Iterator[str]:
    """Lend the base URL of the server."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/v1"
        finally:
            server.shutdown()
            thread.join()

"""A client that a generator makes of the description books. `make client` fetches the generator, whose packages do not
go together with ours, into a place of its own; without it the test over the description itself has to do."""

import asyncio
import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.api.http import monday, serving
from tests.api.test_docs import examples
from tests.desk import furnish, opened
from truebook.app import build
from truebook.kernel.settings import Settings
from truebook.tenants import access

GENERATOR = os.environ.get("TRUEBOOK_CLIENT_GENERATOR", "")
HERE = Path(__file__).parent
ESCAPES = re.compile(r"\\(?![dDwWsSbBfnrtvxu0-9^$\\.*+?()\[\]{}|/-])")
"""What a pattern may not have where it is read as in JavaScript's `u` mode, though Python takes it."""


@pytest.fixture(scope="module")
def description() -> dict[str, Any]:
    return build(Settings()).openapi()


async def furnished(url: str) -> str:
    async with opened(url) as db:
        return await access.issue(db, (await furnish(db)).scope, "client")


@pytest.mark.slow
@pytest.mark.skipif(not GENERATOR, reason="`make client` runs this with a generator")
def test_a_generated_client_books(database: str, description: dict[str, Any], tmp_path: Path) -> None:
    programs = Path(GENERATOR)
    (tmp_path / "openapi.json").write_text(json.dumps(description))
    (tmp_path / "config.json").write_text(json.dumps({"content_type_overrides": {"application/toml": "text/plain"}}))
    make = ("generate", "--path", "openapi.json", "--output-path", "client", "--meta", "none", "--fail-on-warning",
            "--config", "config.json")  # fmt: skip
    made = subprocess.run(
        [programs / "openapi-python-client", *make],
        cwd=tmp_path, env={"PATH": f"{programs}:{os.environ['PATH']}"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0 and "Warning" not in made.stdout, made.stdout + made.stderr
    key = asyncio.run(furnished(database))
    with serving(database) as port:
        used = subprocess.run(
            [programs / "python", "-P", HERE / "generated_client.py", tmp_path, f"http://127.0.0.1:{port}", key, str(monday())],
            env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert used.returncode == 0, used.stderr[-3000:]
    told = json.loads(used.stdout)
    looked = told.pop("looked")
    assert {name for name, status in looked.items() if status != 200} == {"list_accounts"}, looked  # the operator's
    assert len(looked) > 15
    assert told == {
        "booked": [201, 201, 409], "the same": True, "refused": ["booked", True], "moved": [200, True, 412],
        "cancelled": "cancelled", "left": "cancelled",
    }  # fmt: skip


def test_every_example_is_of_its_own_kind(description: dict[str, Any]) -> None:
    wrong = []
    kinds = description["components"]["schemas"]
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            if "requestBody" not in operation:
                continue
            schema = operation["requestBody"]["content"]["application/json"]["schema"]
            whole = {**schema, "components": description["components"]}
            for example in examples(operation, kinds):
                found = jsonschema.Draft202012Validator(whole).iter_errors(example)
                wrong += [f"{method} {path}: {one.json_path}: {one.message}" for one in found]
    assert wrong == []


def test_every_pattern_is_one_in_other_languages_too(description: dict[str, Any]) -> None:
    patterns = set(re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', json.dumps(description)))
    assert len(patterns) > 10
    assert [one for one in map(json.loads, patterns) if ESCAPES.search(one)] == []


def test_no_two_paths_can_be_meant_by_one(description: dict[str, Any]) -> None:
    parts = {path: path.split("/") for path in description["paths"]}
    twins = [
        (one, other)
        for one in parts
        for other in parts
        if one < other
        and len(parts[one]) == len(parts[other])
        and all(a == b or "{" in a + b for a, b in zip(parts[one], parts[other], strict=True))
        and any("{" in a and "{" not in b for a, b in zip(parts[one], parts[other], strict=True))
        and any("{" in b and "{" not in a for a, b in zip(parts[one], parts[other], strict=True))
    ]
    assert twins == []


def test_every_answer_is_of_a_kind(description: dict[str, Any]) -> None:
    said = [
        (path, status, kind, content.get("schema"))
        for path, methods in description["paths"].items()
        for operation in methods.values()
        for status, answer in operation["responses"].items()
        for kind, content in answer.get("content", {}).items()
    ]
    assert len(said) > 50
    assert [one for one in said if not one[3]] == []

"""The description of the API: valid OpenAPI 3.1 with examples that work, and a page that needs no other server."""

import re

import pytest

from tests.api.http import API, shop

pytestmark = pytest.mark.anyio


async def test_the_page_works_offline(database: str) -> None:
    async with shop(database) as desk:
        page = await desk.nobody.get("/docs")
        assert page.status_code == 200
        assert not re.findall(r"(?:https?:)?//[a-z]", page.text.replace("// this", ""))
        for asset in re.findall(r'(?:src|href)="([^"]+)"', page.text):
            answer = await desk.nobody.get(f"/{asset}")
            assert (answer.status_code, len(answer.content) > 10_000) == (200, True), asset
        assert (await desk.nobody.get("/docs/index.html")).status_code == 404


async def test_every_operation_is_described(database: str) -> None:
    async with shop(database) as desk:
        schema = (await desk.nobody.get(f"{API}/openapi.json")).json()
        assert schema["openapi"].startswith("3.1")
        for path, methods in schema["paths"].items():
            for method, operation in methods.items():
                assert operation["summary"], (path, method)
                if path.startswith(API):
                    assert operation["security"] == [{"key": []}]
                    assert {"401", "403", "422", "503"} <= set(operation["responses"])
        names = [operation["operationId"] for methods in schema["paths"].values() for operation in methods.values()]
        assert len(names) == len(set(names))


async def test_the_examples_work(database: str) -> None:
    async with shop(database) as desk:
        schema = (await desk.nobody.get(f"{API}/openapi.json")).json()
        tried = 0
        for path, methods in schema["paths"].items():
            for method in {"post", "put"} & set(methods):
                reference = methods[method]["requestBody"]["content"]["application/json"]["schema"].get("$ref", "")
                kind = schema["components"]["schemas"].get(reference.rpartition("/")[2], {})
                for example in kind.get("examples", []):
                    operators = path.startswith(f"{API}/accounts")
                    who = desk.operator if operators else desk.alice
                    url = path.replace("{id}", str(desk.desk.account if operators else desk.desk.staff["Anna"]))
                    example |= {"slug": "another"} if "slug" in example else {}
                    example |= {"name": "Another"} if "name" in example else {}
                    answer = await who.request(method, url, json=example)
                    assert answer.status_code in (200, 201), (path, answer.text)
                    tried += 1
        assert tried >= 9


async def test_no_answer_has_a_field_for_a_password(database: str) -> None:
    async with shop(database) as desk:
        made = await desk.alice.post(f"{API}/users", json={"email": "Anna@Salon.example"})
        assert (made.json()["email"], "password" in made.text) == ("anna@salon.example", False)
        assert "password" not in (await desk.nobody.get(f"{API}/openapi.json")).text.replace("of their password", "")

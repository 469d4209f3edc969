"""docs/visits.md is true: every request on it is sent in its order, and answered as the page says."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from tests.api.http import API, monday, shop
from tests.api.test_accounts import NEW

pytestmark = pytest.mark.anyio
PAGE = Path(__file__).parents[2] / "docs" / "visits.md"
REQUEST = re.compile(r"^(GET|POST|PUT|PATCH|DELETE) (\S+)(?: (\{.*\}))? → (\d{3})(?: (\w+))?$", re.M)
NAME = re.compile(r"\{(\w+)\}")


async def test_the_page_of_visits_is_true(database: str) -> None:
    page = PAGE.read_text()
    requests = REQUEST.findall(page)
    assert len(requests) == page.count("→ 2") + page.count("→ 4")
    known = {"monday": str(monday()), "thursday": str(monday() + timedelta(days=3))}
    async with shop(database) as desk:
        opened = await desk.operator.post(f"{API}/accounts", json=NEW)
        issued = await desk.operator.post(f"{opened.headers['location']}/keys", json={"name": "owner", "may": "manage"})
        bearer = {"Authorization": f"Bearer {issued.json()['key']}", "Content-Type": "application/json"}
        for method, path, body, status, name in requests:
            path, body = (NAME.sub(lambda found: known[found[1]], text) for text in (path, body))
            answer = await desk.nobody.request(method, API + path, content=body or None, headers=bearer)
            assert answer.status_code == int(status), f"{method} {path} {body}: {answer.text}"
            if name:
                known[name] = answer.json()["id"]

"""What has not changed need not be sent again, and nothing is kept by a cache: an answer may be old at once."""

from uuid import uuid4

import pytest

from tests.api.http import API, shop

pytestmark = pytest.mark.anyio


async def test_what_is_known_is_not_sent_again(database: str) -> None:
    async with shop(database) as desk:
        for path in (
            f"{API}/appointments/{(await desk.booked())['id']}",
            f"{API}/services/{desk.desk.services['Haircut']}",
            f"{API}/staff/{desk.desk.staff['Anna']}/services",
            f"{API}/hours",
            f"{API}/account",
        ):
            tag = (await desk.alice.get(path)).headers["etag"]
            for known in (tag, f"W/{tag}", f'"99", {tag}', "*"):
                answer = await desk.alice.get(path, headers={"If-None-Match": known})
                assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", tag), (path, known)
                assert "content-type" not in answer.headers
            assert (await desk.alice.head(path, headers={"If-None-Match": tag})).status_code == 304
            for other in ('"99"', "99", ""):
                assert (await desk.alice.get(path, headers={"If-None-Match": other})).status_code == 200


async def test_what_has_changed_is_sent(database: str) -> None:
    async with shop(database) as desk:
        path = f"{API}/services/{desk.desk.services['Haircut']}"
        known = {"If-None-Match": (await desk.alice.get(path)).headers["etag"]}
        await desk.bob.patch(path, json={"price_minor": 4000})
        assert (await desk.alice.get(path, headers=known)).json()["price_minor"] == 4000
        assert (await desk.charlie.get(path, headers=known)).status_code == 404
        assert (await desk.nobody.get(path, headers=known)).status_code == 401
        assert (await desk.alice.get(f"{API}/services", headers={"If-None-Match": "*"})).status_code == 200


async def test_no_answer_is_for_a_cache(database: str) -> None:
    async with shop(database) as desk:
        place = f"{API}/account/keys"
        for answer in (
            await desk.alice.get(f"{API}/hours"),
            await desk.alice.get(f"{API}/hours", headers={"If-None-Match": "*"}),
            await desk.alice.post(place, json={"name": "Till"}),
            await desk.alice.delete(f"{place}/{(await desk.alice.get(place)).json()['items'][2]['id']}"),
            await desk.alice.get(f"{API}/staff/{uuid4()}/hours"),
            await desk.alice.get(f"{API}/nothing"),
            await desk.nobody.get(f"{API}/hours"),
        ):
            assert answer.headers["cache-control"] == "no-store", answer.request.url

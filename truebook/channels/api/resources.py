"""Settings are alike, so their routes are: list, create, get, change, delete, over a table's Records."""

from collections.abc import Awaitable, Callable, Sequence
from copy import copy
from typing import Any, Generic, TypeVar
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import create_model

from truebook.channels.api.keys import Owner
from truebook.channels.api.paging import Cursor, Limit, after_id, id_in
from truebook.channels.api.requests import PREFIX, Id, router
from truebook.channels.api.schema import Strict, View
from truebook.channels.api.versions import Seen, etag
from truebook.tenants.records import Records

V = TypeVar("V", bound=View)
Remove = Callable[..., Awaitable[None]]
"""What deletes a row, as Records.remove does."""


class Fields(Strict):
    """What a client may set of a record."""

    def values(self) -> dict[str, Any]:
        """Return what was sent, by column."""
        return self.model_dump(exclude_unset=True)


class Record(View):
    """What every record has."""

    id: UUID
    version: int


class Page(View, Generic[V]):
    """Some records in the order they were made, and the cursor of the next page."""

    items: list[V]
    next: str | None


def resource(
    path: str,
    one: str,
    records: Records[Any],
    view: type[Record],
    new: type[Fields],
    *,
    remove: Remove | None = None,
    deleting: str | None = None,
) -> APIRouter:
    """Return the routes of a settings table: `one` is what the documentation calls a row of it.

    `remove` deletes one, where that is more than deleting its row; `deleting` says what it does.
    """
    many = path.removeprefix("/")
    routes, name, partial = router(path, many), one.replace(" ", "_"), changes(new)

    async def listing(call: Owner, cursor: Cursor = None, limit: Limit = 100) -> Response:
        found = await records.page(call.db, call.scope, after=id_in(view, cursor), limit=limit + 1)
        return page_of(view, found, limit)

    async def create(call: Owner, body: new) -> Response:  # type: ignore[valid-type]
        made = await records.add(call.db, call.scope, **body.values())  # type: ignore[attr-defined]
        return answer(view, made, 201, Location=f"{PREFIX}{path}/{made.id}")

    async def get(call: Owner, row_id: Id) -> Response:
        return answer(view, await records.get(call.db, call.scope, row_id))

    async def change(call: Owner, row_id: Id, body: partial, seen: Seen) -> Response:  # type: ignore[valid-type]
        values = body.values()  # type: ignore[attr-defined]
        return answer(view, await records.change(call.db, call.scope, row_id, values, version=seen))

    async def delete(call: Owner, row_id: Id, seen: Seen) -> Response:
        await (remove or records.remove)(call.db, call.scope, row_id, version=seen)
        return Response(status_code=204)

    shown: dict[str, Any] = {"response_model": None}
    ok: dict[int | str, dict[str, Any]] = {200: {"model": view}}
    page: dict[int | str, dict[str, Any]] = {200: {"model": Page[view]}}  # type: ignore[valid-type]
    routes.get("", name=f"list_{many}", summary=f"List the {many}", responses=page, **shown)(listing)
    routes.post(
        "", name=f"create_{name}", summary=f"Add a {one}", status_code=201, responses={201: {"model": view}}, **shown
    )(create)
    routes.get("/{id}", name=f"get_{name}", summary=f"Look at a {one}", responses=ok, **shown)(get)
    routes.patch("/{id}", name=f"change_{name}", summary=f"Change fields of a {one}", responses=ok, **shown)(change)
    gone = {"status_code": 204, "description": deleting, **shown}
    routes.delete("/{id}", name=f"delete_{name}", summary=f"Delete a {one}", **gone)(delete)
    return routes


def answer(view: type[View], record: Any, status: int = 200, **headers: str) -> Response:
    """Return a record as a client sees it, with its version as ETag."""
    body = view.model_validate(record).model_dump_json()
    return Response(body, status, {"ETag": etag(record.version), **headers}, "application/json")


def page_of(view: type[View], found: Sequence[Any], limit: int) -> Response:
    """Return a page of at most limit records; one more than that was asked for, to know whether there is another."""
    items = [view.model_validate(one) for one in found[:limit]]
    page = Page[View].model_construct(
        items=items, next=after_id(view, found[limit - 1].id) if len(found) > limit else None
    )
    return Response(page.model_dump_json(serialize_as_any=True), media_type="application/json")


def changes(new: type[Fields]) -> type[Fields]:
    """Return the same fields, each of which may be left out, but be null only where it may be anyway."""
    fields: dict[str, Any] = {}
    for name, given in new.model_fields.items():
        info = copy(given)
        info.default, info.default_factory, info.json_schema_extra = None, None, _without_default
        fields[name] = (info.annotation, info)
    return create_model(f"{new.__name__}Change", __base__=new, __doc__="What to change; the rest stays.", **fields)


def _without_default(schema: dict[str, Any]) -> None:
    schema.pop("default", None)

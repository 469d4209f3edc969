"""The API keys of a business: its owner, or the operator, lists, issues and revokes them."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends, Path, Request, Response
from pydantic import ConfigDict, Field

from truebook.channels.api.keys import FRESH, Call, Operator, Owner
from truebook.channels.api.paging import Cursor, Limit, id_in
from truebook.channels.api.requests import PREFIX, Id, router
from truebook.channels.api.resources import Page, page_of
from truebook.channels.api.schema import Name, Strict, View
from truebook.kernel import ids
from truebook.tenants import access, accounts

REVOKED = (
    "Revoke an API key. It is refused at once by the process that answers, and by others of the installation within"
    f" {FRESH:.0f} seconds. It stays in the list. A key may revoke itself; revoking it again changes nothing."
)
KeyId = Annotated[UUID, Path(alias="key_id")]


class NewKey(Strict):
    """A key to make, named after whoever will use it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Till at the entrance"}]})

    name: Name


class KeyView(View):
    """A key, without what opens anything."""

    id: UUID
    name: str
    role: Literal["operator", "owner"]
    prefix: str = Field(examples=["tb_4Jx0q"], description="how the key begins")
    created_at: datetime
    revoked_at: datetime | None = Field(description="since when it is refused")


class IssuedKey(KeyView):
    """A new key. It can be read this once only: the database keeps its hash."""

    key: str


async def _of_account(call: Operator, account_id: Id) -> Call:
    account = await accounts.get(call.db, call.scope, account_id)
    return replace(call, scope=accounts.within(call.scope, account.id))


OfAccount = Annotated[Call, Depends(_of_account)]
"""The operator, at work on the business that the path names."""
routes = router("/accounts/{id}/keys", "keys")
own = router("/account/keys", "keys")


@routes.get("", response_model=None, responses={200: {"model": Page[KeyView]}})
async def list_keys_of_account(call: OfAccount, cursor: Cursor = None, limit: Limit = 100) -> Response:
    """List the API keys of a business, revoked ones too."""
    return await _list(call, cursor, limit)


@routes.post("", status_code=201, response_model=None, responses={201: {"model": IssuedKey}})
async def issue_key_of_account(call: OfAccount, body: NewKey) -> Response:
    """Make an API key for a business's owner."""
    return await _issue(call, body, f"{PREFIX}/accounts/{call.tenant}/keys")


@routes.get("/{key_id}", response_model=None, responses={200: {"model": KeyView}})
async def get_key_of_account(call: OfAccount, key_id: KeyId) -> Response:
    """Look at an API key of a business."""
    return await _get(call, key_id)


@routes.delete("/{key_id}", response_model=None, status_code=204, description=REVOKED)
async def revoke_key_of_account(call: OfAccount, request: Request, key_id: KeyId) -> Response:
    """Revoke an API key of a business."""
    return await _revoke(call, request, key_id)


@own.get("", response_model=None, responses={200: {"model": Page[KeyView]}})
async def list_keys(call: Owner, cursor: Cursor = None, limit: Limit = 100) -> Response:
    """List the API keys of one's own business, revoked ones too."""
    return await _list(call, cursor, limit)


@own.post("", status_code=201, response_model=None, responses={201: {"model": IssuedKey}})
async def issue_key(call: Owner, body: NewKey) -> Response:
    """Make another API key for one's own business."""
    return await _issue(call, body, f"{PREFIX}/account/keys")


@own.get("/{id}", response_model=None, responses={200: {"model": KeyView}})
async def get_key(call: Owner, key_id: Id) -> Response:
    """Look at an API key of one's own business."""
    return await _get(call, key_id)


@own.delete("/{id}", response_model=None, status_code=204, description=REVOKED)
async def revoke_key(call: Owner, request: Request, key_id: Id) -> Response:
    """Revoke an API key of one's own business."""
    return await _revoke(call, request, key_id)


async def _list(call: Call, cursor: str | None, limit: int) -> Response:
    return page_of(
        KeyView, await access.listing(call.db, call.scope, after=id_in(KeyView, cursor), limit=limit + 1), limit
    )


async def _issue(call: Call, body: NewKey, place: str) -> Response:
    key_id = ids.uuid7()
    key = await access.issue(call.db, call.scope, body.name, key_id=key_id)
    made = KeyView.model_validate(await access.get(call.db, call.scope, key_id))
    return _answer(IssuedKey(**made.model_dump(), key=key), 201, Location=f"{place}/{key_id}")


async def _get(call: Call, key_id: UUID) -> Response:
    return _answer(KeyView.model_validate(await access.get(call.db, call.scope, key_id)))


async def _revoke(call: Call, request: Request, key_id: UUID) -> Response:
    await access.revoke(call.db, call.scope, key_id)
    request.app.state.keyring.forget()
    return Response(status_code=204)


def _answer(view: KeyView, status: int = 200, **headers: str) -> Response:
    return Response(view.model_dump_json(), status, headers, "application/json")

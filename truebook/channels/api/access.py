"""The API keys of a business: its owner, or the operator, lists, issues and revokes them."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends, Path, Query, Request, Response
from pydantic import ConfigDict, Field

from truebook.channels.api import times
from truebook.channels.api.keys import Call, Operator, Owner
from truebook.channels.api.paging import Cursor, Limit, id_in
from truebook.channels.api.requests import PREFIX, Id, router
from truebook.channels.api.resources import Page, page_of
from truebook.channels.api.schema import Moment, Name, Strict, View
from truebook.kernel import clock, ids
from truebook.kernel.errors import Invalid
from truebook.tenants import access, accounts
from truebook.tenants.access import May

REVOKED = (
    "Revoke an API key, and those that it issued. They are refused at once, and stay in the list."
    " A key may revoke itself, what it issued, and what may do less than itself; revoking again changes nothing."
)
KeyId = Annotated[UUID, Path(alias="key_id")]
KeepIssued = Annotated[bool, Query(description="let the keys live that it issued, where it is replaced by another")]


class NewKey(Strict):
    """A key to make, named after whoever will use it. It reaches no further than the one that asks for it."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"name": "Till at the entrance"}, {"name": "Wall calendar", "may": "read"}]}
    )

    name: Name
    may: May = Field("book", description="read; book: appointments and customers too; manage: settings and keys too")
    expires_at: Moment | None = Field(None, description="from when it opens nothing any more; null: never")


class KeyView(View):
    """A key, without what opens anything."""

    id: UUID
    name: str
    role: Literal["operator", "owner"]
    prefix: str = Field(examples=["tb_4Jx0q"], description="how the key begins")
    created_at: datetime
    revoked_at: datetime | None = Field(description="since when it is refused")
    may: May
    issued_by: UUID | None = Field(description="the key that asked for it; null: the command line or the desk")
    made_by: UUID | None = Field(description="the user who made it at the desk, with whom it ends; null: nobody there")
    expires_at: datetime | None
    last_used_at: datetime | None = Field(description="to the minute")


class IssuedKey(KeyView):
    """A new key. It can be read this once only: the database keeps its hash."""

    key: str | None = Field(None, description="left out where the request is sent again with its Idempotency-Key")


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
async def revoke_key_of_account(
    call: OfAccount, request: Request, key_id: KeyId, keep_issued: KeepIssued = False
) -> Response:
    """Revoke an API key of a business."""
    return await _revoke(call, request, key_id, None, keep_issued)


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
async def revoke_key(call: Owner, request: Request, key_id: Id, keep_issued: KeepIssued = False) -> Response:
    """Revoke an API key of one's own business."""
    return await _revoke(call, request, key_id, call.key_id, keep_issued)


async def _list(call: Call, cursor: str | None, limit: int) -> Response:
    return page_of(
        KeyView, await access.listing(call.db, call.scope, after=id_in(KeyView, cursor), limit=limit + 1), limit
    )


async def _issue(call: Call, body: NewKey, place: str) -> Response:
    key_id = ids.uuid7()
    ends = None if body.expires_at is None else _ahead(body.expires_at, call)
    key = await access.issue(
        call.db, call.scope, body.name, key_id=key_id, may=body.may, expires_at=ends, issued_by=call.key_id
    )
    made = KeyView.model_validate(await access.get(call.db, call.scope, key_id))
    return _answer(IssuedKey(**made.model_dump(), key=key), 201, Location=f"{place}/{key_id}")


async def _get(call: Call, key_id: UUID) -> Response:
    return _answer(KeyView.model_validate(await access.get(call.db, call.scope, key_id)))


def _ahead(moment: datetime, call: Call) -> datetime:
    ends = times.instant("expires_at", moment, call.zone)
    if ends <= clock.now():
        raise Invalid("expires_at", "that is over already")
    return ends


async def _revoke(call: Call, request: Request, key_id: UUID, by: UUID | None, keep_issued: bool) -> Response:
    await access.revoke(call.db, call.scope, key_id, by=by, keep_issued=keep_issued)
    request.app.state.keyring.forget()
    return Response(status_code=204)


def _answer(view: KeyView, status: int = 200, **headers: str) -> Response:
    return Response(view.model_dump_json(), status, headers, "application/json")

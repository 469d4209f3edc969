"""The businesses: for the operator all of them, for an owner their own."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import Request, Response
from pydantic import ConfigDict, Field, field_validator

from truebook.channels.api import idempotency
from truebook.channels.api.keys import Operator, Owner
from truebook.channels.api.paging import Cursor, Limit, id_in
from truebook.channels.api.requests import PREFIX, Id, router
from truebook.channels.api.resources import Fields, Page, Record, answer, changes, page_of
from truebook.channels.api.schema import Flag, Locale, Name, Phone, Slug, Spoken, Text, WallMinute, clock_face
from truebook.channels.api.versions import Seen
from truebook.tenants import accounts, contact

Web = Annotated[str, Field(pattern=contact.WEB, examples=["https://salon.example/imprint"])]
Origin = Annotated[
    str,
    Field(
        pattern=contact.ORIGIN,
        description="scheme, host and port, without a path",
        examples=["https://salon.example"],
    ),
]
AccountStatus = Literal["active", "suspended", "closing"]


class Settings(Fields):
    """What an owner may set of their business."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"name": "Salon Alice", "timezone": "Europe/Madrid", "languages": ["es", "en"]}]
        }
    )

    name: Name
    timezone: Annotated[Name, Field(description="IANA time zone", examples=["Europe/Madrid"])] = "UTC"
    locale: Locale = "en"
    languages: Annotated[list[Spoken], Field(min_length=1, max_length=7)] = ["en"]
    phone: Phone | None = None
    address: Text | None = None
    imprint_url: Annotated[Web, Field(description="Where the business tells who it is; linked on its pages")] | None = (
        None
    )
    privacy_url: Annotated[Web, Field(description="Where it tells what becomes of people's data")] | None = None
    framed_by: Annotated[
        list[Origin],
        Field(max_length=contact.MOST_SITES, description="Sites that may show the booking page inside their own"),
    ] = []
    confirms_by_code: Annotated[
        Flag,
        Field(
            description="a booking on the page counts once a code that was sent by e-mail is typed; needs a mail server"
        ),
    ] = False
    series_dates: Annotated[
        int,
        Field(
            strict=True, ge=0, le=52, description="dates of a weekly series that the page lets customers book; 0: none"
        ),
    ] = 0
    tight_offers: Annotated[Flag, Field(description="offer customers starts that leave no gap nobody could book")] = (
        False
    )
    waitlist_undo_seconds: Annotated[
        int, Field(strict=True, ge=0, le=3600, description="how long a freed time may be undone before it is offered")
    ] = 10
    waitlist_hold_minutes: Annotated[
        int, Field(strict=True, ge=5, le=1440, description="how long a time is kept for whom it is offered to")
    ] = 30
    quiet_from: Annotated[
        WallMinute, Field(description="from when nobody is asked to answer an offer; as quiet_until: never")
    ] = 21 * 60
    quiet_until: WallMinute = 8 * 60

    def values(self) -> dict[str, Any]:
        """Return what was sent, the times of day as minutes."""
        return {name: getattr(self, name) for name in self.model_fields_set}

    retention_months: Annotated[
        Annotated[int, Field(ge=1, le=240)] | None,
        Field(description="months after their last visit for which customers are kept; null keeps them"),
    ] = None


class NewAccount(Settings):
    """A business to open, with its place on the web."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"name": "Salon Alice", "slug": "salon-alice", "timezone": "Europe/Madrid"}]}
    )

    slug: Slug
    status: AccountStatus = "active"


class AccountView(Record):
    """A business as it stands."""

    name: str
    slug: str
    timezone: str
    locale: str
    languages: list[str]
    phone: str | None
    address: str | None
    imprint_url: str | None
    privacy_url: str | None
    framed_by: list[str]
    confirms_by_code: bool
    series_dates: int
    status: AccountStatus
    tight_offers: bool
    waitlist_undo_seconds: int
    waitlist_hold_minutes: int
    quiet_from: str = Field(examples=["21:00"])
    quiet_until: str = Field(examples=["08:00"])
    retention_months: int | None
    created_at: datetime

    @field_validator("quiet_from", "quiet_until", mode="before")
    @classmethod
    def from_minutes(cls, value: Any) -> Any:
        """Take the minutes of the day that the database keeps."""
        return clock_face(value)


AccountChange = changes(NewAccount)
SettingsChange = changes(Settings)
routes = router("/accounts", "accounts")
own = router("/account", "account")


@routes.post("", status_code=201, response_model=None, responses={201: {"model": AccountView}})
async def create_account(call: Operator, body: NewAccount) -> Response:
    """Open a business."""
    given = body.values()
    if claim := call.scope.claim:  # the same key is the same business
        given["id"] = idempotency.new_account(call, claim.key)
    made = await accounts.open_account(call.db, call.scope.actor, claim=claim, **given)
    return answer(AccountView, made, 201, Location=f"{PREFIX}/accounts/{made.id}")


@routes.get("", response_model=None, responses={200: {"model": Page[AccountView]}})
async def list_accounts(call: Operator, cursor: Cursor = None, limit: Limit = 100) -> Response:
    """List the businesses of this installation."""
    return page_of(
        AccountView, await accounts.listing(call.db, after=id_in(AccountView, cursor), limit=limit + 1), limit
    )


@routes.get("/{id}", response_model=None, responses={200: {"model": AccountView}})
async def get_account(call: Operator, account_id: Id) -> Response:
    """Look at a business."""
    return answer(AccountView, await accounts.get(call.db, call.scope, account_id))


@routes.patch("/{id}", response_model=None, responses={200: {"model": AccountView}})
async def change_account(
    call: Operator,
    request: Request,
    account_id: Id,
    body: AccountChange,  # type: ignore[valid-type]
    seen: Seen,
) -> Response:
    """Change fields of a business."""
    values = body.values()  # type: ignore[attr-defined]
    changed = await accounts.change_account(call.db, call.scope, account_id, values, version=seen)
    request.app.state.keyring.forget()
    return answer(AccountView, changed)


@routes.delete("/{id}", response_model=None, status_code=204)
async def delete_account(call: Operator, request: Request, account_id: Id, seen: Seen) -> Response:
    """Close a business: everything of it goes, except its appointments, which nobody sees any more."""
    await accounts.close_account(call.db, call.scope, account_id, version=seen)
    request.app.state.keyring.forget()
    return Response(status_code=204)


@own.get("", response_model=None, responses={200: {"model": AccountView}})
async def get_own_account(call: Owner) -> Response:
    """Look at one's own business."""
    return answer(AccountView, await accounts.get(call.db, call.scope, call.tenant))


@own.patch("", response_model=None, responses={200: {"model": AccountView}})
async def change_own_account(
    call: Owner,
    request: Request,
    body: SettingsChange,  # type: ignore[valid-type]
    seen: Seen,
) -> Response:
    """Change fields of one's own business."""
    values = body.values()  # type: ignore[attr-defined]
    changed = await accounts.change_account(call.db, call.scope, call.tenant, values, version=seen)
    request.app.state.keyring.forget()
    return answer(AccountView, changed)

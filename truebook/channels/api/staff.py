"""Members of staff, and the services each of them offers."""

from typing import Annotated
from uuid import UUID

from fastapi import Response
from pydantic import ConfigDict, Field
from pydantic_core import to_json

from truebook.channels.api.keys import Owner
from truebook.channels.api.requests import Id
from truebook.channels.api.resources import Fields, Record, resource
from truebook.channels.api.schema import Flag, Name, Names, Strict
from truebook.channels.api.versions import Seen, etag
from truebook.tenants.staff import STAFF, Offer, services_of, set_services


class NewStaff(Fields):
    """A bookable person (or room, or chair)."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Anna"}]})

    name: Name
    synonyms: Names = []
    user_id: UUID | None = None
    is_active: Flag = True


class StaffRecord(Record):
    """A member of staff as they stand."""

    name: str = Field(examples=["Anna"])
    synonyms: list[str]
    user_id: UUID | None
    is_active: bool


class Offered(Strict):
    """The services that a member of staff offers: these, and no others."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"service_ids": ["019ab0c4-7d00-7000-8000-000000000001"]}]}
    )

    service_ids: Annotated[list[UUID], Field(max_length=1000)]


routes = resource("/staff", "staff member", STAFF, StaffRecord, NewStaff)


@routes.get("/{id}/services", response_model=None, responses={200: {"model": Offered}})
async def get_services_of_staff(call: Owner, staff_id: Id) -> Response:
    """See which services a member of staff offers."""
    return _offered(await services_of(call.db, call.scope, staff_id))


@routes.put("/{id}/services", response_model=None, responses={200: {"model": Offered}})
async def set_services_of_staff(call: Owner, staff_id: Id, body: Offered, seen: Seen) -> Response:
    """Say which services a member of staff offers; the version is the member's own, and grows by it."""
    return _offered(await set_services(call.db, call.scope, staff_id, body.service_ids, version=seen))


def _offered(offer: Offer) -> Response:
    body = to_json({"service_ids": offer.services})
    return Response(body, 200, {"ETag": etag(offer.version)}, "application/json")

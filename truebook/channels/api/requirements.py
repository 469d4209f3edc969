"""What a service needs: who and what, and during which of its minutes."""

from typing import Annotated
from uuid import UUID

from fastapi import Response
from pydantic import ConfigDict, Field
from pydantic_core import to_json

from truebook.channels.api.keys import Owner
from truebook.channels.api.requests import Id, router
from truebook.channels.api.schema import Name, Strict
from truebook.channels.api.versions import Seen, etag
from truebook.tenants import requirements
from truebook.tenants.requirements import Requirement, Requirements

MOST = 20
"""Roles of one service, and ranges of one role."""
Minute = Annotated[int, Field(strict=True)]


class RoleBody(Strict):
    """A role: a member of staff who offers the service (no pool), or a unit of a pool.

    `busy` are ranges of minutes from the service's start; before 0 and after its end they are buffers, and between two
    ranges it is free for others.
    """

    role: Name
    pool_id: UUID | None = None
    busy: Annotated[list[tuple[Minute, Minute]], Field(min_length=1, max_length=MOST)]


class Roles(Strict):
    """Everything a service needs. Without a role for staff, somebody is busy for its length plus its buffers."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "roles": [
                        {"role": "stylist", "pool_id": None, "busy": [[0, 30], [60, 80]]},
                        {"role": "chair", "pool_id": "019ab0c4-7d00-7000-8000-000000000004", "busy": [[0, 80]]},
                    ]
                }
            ]
        }
    )

    roles: Annotated[list[RoleBody], Field(max_length=MOST)]


routes = router("/services", "services")


@routes.get("/{id}/requirements", response_model=None, responses={200: {"model": Roles}})
async def get_requirements(call: Owner, service_id: Id) -> Response:
    """See what a service needs; nothing where it needs no more than somebody who offers it."""
    return _answer(await requirements.get(call.db, call.scope, service_id))


@routes.put("/{id}/requirements", response_model=None, responses={200: {"model": Roles}})
async def set_requirements(call: Owner, service_id: Id, body: Roles, seen: Seen) -> Response:
    """Say what a service needs; the version is the service's own, and grows by it."""
    roles = [Requirement(one.role, one.pool_id, tuple(one.busy)) for one in body.roles]
    return _answer(await requirements.put(call.db, call.scope, service_id, roles, version=seen))


def _answer(found: Requirements) -> Response:
    body = {"roles": [{"role": one.role, "pool_id": one.pool_id, "busy": one.busy} for one in found.roles]}
    return Response(to_json(body), 200, {"ETag": etag(found.version)}, "application/json")

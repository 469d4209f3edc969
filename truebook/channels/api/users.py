"""The people who work with the desk."""

from datetime import datetime
from typing import Literal

from pydantic import ConfigDict, Field

from truebook.channels.api.resources import Fields, Record, resource
from truebook.channels.api.schema import Email, Name, Phone
from truebook.tenants.users import USERS

Role = Literal["owner", "admin", "staff"]


class NewUser(Fields):
    """Somebody who works with the desk, known by their e-mail address."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"email": "anna@salon.example", "role": "staff"}]})

    email: Email
    role: Role = "staff"
    name: Name | None = None
    phone: Phone | None = Field(default=None, description="where they are told on WhatsApp, if they choose so")


class UserView(Record):
    """A user as they stand; nothing of their password."""

    email: str
    name: str | None
    role: Role
    phone: str | None
    created_at: datetime


routes = resource("/users", "user", USERS, UserView, NewUser)

"""The people appointments are for."""

from datetime import datetime

from pydantic import ConfigDict

from truebook.channels.api.resources import Fields, Record, resource
from truebook.channels.api.schema import Email, Locale, Name, Phone, Text
from truebook.people import erasing
from truebook.tenants.customers import CUSTOMERS


class NewCustomerRecord(Fields):
    """A customer; within one business they are known by their phone number."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Carla", "phone": "+43 660 1234567"}]})

    name: Name | None = None
    phone: Phone | None = None
    email: Email | None = None
    locale: Locale | None = None
    notes: Text | None = None


class CustomerRecordView(Record):
    """A customer as they stand."""

    name: str | None
    phone: str | None
    email: str | None
    locale: str | None
    notes: str | None
    created_at: datetime


DELETING = """
Take a customer out of the list to whom nothing points. A 409 while there are appointments, conversations, series or
places on the waitlist of theirs: erase the customer (`POST /customers/{id}/erase`), which takes them out of all of
those, or merge them into another. Needs the right to manage, as erasing does.
"""
routes = resource(
    "/customers", "customer", CUSTOMERS, CustomerRecordView, NewCustomerRecord, remove=erasing.remove, deleting=DELETING
)

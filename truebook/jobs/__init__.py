"""Publish an event inside your transaction: it becomes a job if, and only if, the transaction commits."""

from truebook.jobs.events import EVENTS, AppointmentChanged, Event, MessageReceived, OutcomeOpen
from truebook.jobs.publish import publish

__all__ = ["EVENTS", "AppointmentChanged", "Event", "MessageReceived", "OutcomeOpen", "publish"]

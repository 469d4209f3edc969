"""Publish an event inside your transaction: it becomes a job if, and only if, the transaction commits."""

from truebook.jobs.events import (
    CHORES,
    EVENTS,
    INBOUND,
    OUTBOUND,
    TURNS,
    AppointmentChanged,
    DeliveryOpen,
    Event,
    MailDue,
    MessageDue,
    MessageReceived,
    OutcomeOpen,
    RemindersDue,
    SignInAsked,
    TimeFreed,
    UpdatesStored,
)
from truebook.jobs.publish import DEFER, job, publish

__all__ = [
    "CHORES",
    "DEFER",
    "EVENTS",
    "INBOUND",
    "OUTBOUND",
    "TURNS",
    "AppointmentChanged",
    "DeliveryOpen",
    "Event",
    "MailDue",
    "MessageDue",
    "MessageReceived",
    "OutcomeOpen",
    "RemindersDue",
    "SignInAsked",
    "TimeFreed",
    "UpdatesStored",
    "job",
    "publish",
]

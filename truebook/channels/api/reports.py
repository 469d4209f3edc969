"""What happened in some days, in figures."""

from datetime import date
from typing import Annotated

from fastapi import Query, Response

from truebook.channels.api.keys import Owner
from truebook.channels.api.requests import router
from truebook.channels.api.schema import LocalDate, View
from truebook.kernel import clock
from truebook.reports import figures
from truebook.reports.figures import Figures
from truebook.tenants import accounts

routes = router("/reports", "reports")
First = Annotated[LocalDate, Query(alias="from", description="the first day")]
Last = Annotated[LocalDate, Query(alias="to", description="the last day, at most a year later")]


class FiguresView(View):
    """How many appointments, what became of them, and how full it was (by today's hours) where that can be said."""

    booked: int
    cancelled: int
    no_show: int
    minutes: int
    open_minutes: int | None
    fill: int | None


class ReportView(View):
    """The figures of some days, by the day on which appointments are; weeks are named by their Monday."""

    first: date
    last: date
    total: FiguresView
    new: int
    returning: int
    by_week: dict[str, FiguresView]
    by_channel: dict[str, FiguresView]
    by_service: dict[str, FiguresView]
    by_staff: dict[str, FiguresView]


@routes.get("", response_model=None, responses={200: {"model": ReportView}})
async def get_report(call: Owner, first: First, last: Last) -> Response:
    """Count the appointments of some days, by week, channel, service and staff."""
    account = await accounts.get(call.db, call.scope, call.tenant)
    found = await figures.read(call.db, call.scope, first, last, zone=clock.zone(account.timezone))
    groups = ("by_week", "by_channel", "by_service", "by_staff")
    view = ReportView(
        first=found.first, last=found.last, total=_shown(found.total), new=found.new, returning=found.returning,
        **{name: {key: _shown(one) for key, one in getattr(found, name).items()} for name in groups},
    )  # fmt: skip
    return Response(view.model_dump_json(), media_type="application/json")


def _shown(one: Figures) -> FiguresView:
    return FiguresView.model_validate(one)

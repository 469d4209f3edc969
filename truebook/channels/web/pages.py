"""A page: a template, filled in the reader's language, and sent with the headers that every page has.

Facts that a route raises become pages too: `routes()` makes a router whose routes do that.
"""

from collections.abc import Callable, Coroutine, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.exceptions import HTTPException

from truebook.booking.errors import Refusal
from truebook.channels.web import assets, headers, words
from truebook.channels.web.forms import Elsewhere
from truebook.kernel import log
from truebook.kernel.errors import Conflict, Fact, Invalid, NotFound, Unavailable
from truebook.limits import Exceeded
from truebook.tenants.access import Unauthorized
from truebook.tenants.roles import NotAllowed

TEMPLATES = Path(__file__).parent / "templates"
STATUS: tuple[tuple[type[Fact], int], ...] = (
    (NotFound, 404),
    (Invalid, 422),
    (Conflict, 409),
    (Refusal, 409),
    (Unavailable, 503),
    (Elsewhere, 403),
    (NotAllowed, 403),
)


def page(
    request: Request,
    template: str,
    answered: int = 200,
    *,
    language: str | None = None,
    framed_by: Sequence[str] = (),
    sent: dict[str, str] | None = None,
    **values: object,
) -> Response:
    """Return a template as a page. `language` is the reader's own choice if not given; `sent` are further headers."""
    spoken = language or words.chosen(request)
    html = _environment(spoken).get_template(template).render(path=request.url.path, **values)
    kept = {**headers.of_page(secure=is_secure(request), framed_by=framed_by), **(sent or {})}
    answer = Response(html, answered, {**kept, "Content-Language": spoken}, "text/html")
    if request.query_params.get("lang") == spoken:
        keep(request, answer, words.COOKIE, spoken, seconds=31_536_000, framed_by=framed_by, hidden=False)
    return answer


def part(language: str, template: str, **values: object) -> Markup:
    """Return a template as a part of a page."""
    return Markup(_environment(language).get_template(template).render(**values))


def keep(
    request: Request,
    answer: Response,
    name: str,
    value: str,
    *,
    seconds: int,
    path: str = "/",
    framed_by: Sequence[str] = (),
    hidden: bool = True,
) -> None:
    """Let a browser keep a cookie, hidden from scripts if not said otherwise; for 0 seconds: forget it.

    Where other sites may show the page inside theirs, it is kept there as well, for each such site apart (CHIPS):
    browsers do so only for what comes by HTTPS.
    """
    apart = bool(framed_by) and is_secure(request)
    answer.set_cookie(
        name, value, max_age=seconds, path=path, httponly=hidden, secure=is_secure(request),
        samesite="none" if apart else "lax",
    )  # fmt: skip
    if apart:
        header, told = answer.raw_headers.pop()
        answer.raw_headers.append((header, told + b"; Partitioned"))


def is_secure(request: Request) -> bool:
    """Tell whether people reach this installation by HTTPS, whatever stands in front of it."""
    return str(request.app.state.settings.base_url).startswith("https:")


class PageRoute(APIRoute):
    """A route whose facts are told as pages, not as problems: its callers are people."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler, with what it raises turned into a page."""
        handler = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                return await handler(request)
            except (Fact, HTTPException, RequestValidationError) as error:
                return of_error(request, error)

        return handled


def routes() -> APIRouter:
    """Return a router for pages."""
    return APIRouter(include_in_schema=False, route_class=PageRoute)


def of_error(request: Request, error: Exception) -> Response:
    """Say what happened, what was kept and what to do, as a page; who must sign in first is sent to the door."""
    if isinstance(error, Unauthorized):
        return to_the_door(request)
    if isinstance(error, Exceeded):
        seconds = int(error.data["retry_after"])
        return page(request, "too_often.html", 429, sent={"Retry-After": str(seconds)}, minutes=-(-seconds // 60))
    if isinstance(error, HTTPException):
        status = error.status_code
    elif isinstance(error, RequestValidationError):
        status = 404 if all(each["loc"][0] == "path" for each in error.errors()) else 422
    else:
        status = next((status for kind, status in STATUS if isinstance(error, kind)), 500)
    spoken = words.chosen(request, words.languages())
    if status == 404:
        return page(request, "missing.html", status, language=spoken)
    if status == 403:
        return page(request, "not_allowed.html", status)
    if status == 500:
        log.get(__name__).error("page failed", method=request.method, kind=type(error).__name__)
    detail = error.message if isinstance(error, Fact) and status in (409, 422) else None
    later = {"Retry-After": "2"} if status == 503 else None
    return page(request, "trouble.html", status, language=spoken, sent=later, detail=detail)


def to_the_door(request: Request) -> Response:
    """Send somebody to the sign-in page, and back here afterwards."""
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    back = f"?next={quote(here)}" if request.method == "GET" else ""
    return RedirectResponse(f"/sign-in{back}", 303, headers={"Cache-Control": "no-store"})


@cache
def _environment(language: str) -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    catalog = words.catalog(language)
    made.install_gettext_callables(  # type: ignore[attr-defined]
        catalog.gettext, catalog.ngettext, newstyle=True, pgettext=catalog.pgettext, npgettext=catalog.npgettext
    )
    made.globals.update(
        asset=assets.url,
        language=language,
        direction=words.direction(language),
        languages=[(one, words.own_name(one)) for one in words.EVERYWHERE],
        language_name=words.own_name(language),
    )
    return made

"""A business's page as something to hang up: an A5 sheet with its name, its address on the web, and a QR code of it."""

from io import BytesIO

import segno
from fastapi import Request, Response

from truebook.channels.web import headers, pages
from truebook.channels.web.booking import frame, shop
from truebook.tenants import accounts

PAGE, CODE = "/{slug:business}/poster", "/{slug:business}/code.svg"
QUIET = 4
"""Modules of nothing around the code: without them readers do not find it (ISO/IEC 18004)."""
routes = frame.routes()


@routes.get(PAGE, response_model=None)
async def poster(request: Request, slug: str) -> Response:
    """Show the sheet; the browser prints it."""
    account = await accounts.by_slug(request.app.state.db, slug)
    address = _address(request, account.slug)
    spoken = shop.language(request, account)
    return pages.page(
        request, "booking/poster.html", language=spoken, account=account, address=address,
        shown=address.partition("://")[2],
    )  # fmt: skip


@routes.get(CODE, response_model=None)
async def code(request: Request, slug: str) -> Response:
    """Give the code alone, as a picture that is sharp in any size."""
    account = await accounts.by_slug(request.app.state.db, slug)
    made = segno.make(_address(request, account.slug), micro=False, error="q")
    drawn = BytesIO()
    made.save(drawn, kind="svg", border=QUIET, omitsize=True, dark="#17181c", light="#ffffff", xmldecl=False)
    sent = headers.of_page(secure=pages.is_secure(request))
    return Response(drawn.getvalue(), headers=sent, media_type="image/svg+xml")


def _address(request: Request, slug: str) -> str:
    base = str(request.app.state.settings.base_url).rstrip("/")
    return f"{base}/{slug}"

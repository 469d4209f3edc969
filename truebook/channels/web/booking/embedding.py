"""The script by which another site shows a business's page inside its own."""

from fastapi import APIRouter, Response

from truebook.channels.web import assets, headers

PATH = "/embed.js"
"""It stands on other people's sites, so its name never changes; a browser asks for it again every ten minutes."""
routes = APIRouter(include_in_schema=False)


@routes.get(PATH, response_model=None)
async def script() -> Response:
    """Send the script."""
    found = assets.asset("embed.js")
    sent = {**headers.SHARED, "Cross-Origin-Resource-Policy": "cross-origin", "Cache-Control": "public, max-age=600"}
    return Response(found.body, headers=sent, media_type=found.kind)

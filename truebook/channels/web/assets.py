"""The files that pages load, under names that change with their content, so that browsers may keep them for ever.

One file may import another (`import … from "./swap.js"`): the name it asks for is put in when it is read. A style sheet
may name one of the icons (`url("icons.svg#told")`): it is put in as a picture, to be a mask.
"""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from truebook.channels.web import headers

STATIC = Path(__file__).parent / "static"
KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
ICON = re.compile(r'url\("icons\.svg#([a-z-]+)"\)')
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="none" stroke="#000" stroke-width="1.7"'
    ' stroke-linecap="round" stroke-linejoin="round">{}</svg>'
)
IMPORTED = re.compile(r'(?<=")\./([a-z-]+\.js)(?=")')
routes = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is sent: under its hashed name, plain and packed."""

    name: str
    kind: str
    body: bytes
    packed: bytes


@cache
def asset(name: str) -> Asset:
    """Return a file of the folder `static` by its own name; raise FileNotFoundError where there is none."""
    path = STATIC / name
    body = path.read_bytes()
    if path.suffix == ".js":
        text = IMPORTED.sub(lambda found: f"./{asset(found[1]).name}", body.decode())
        body = text.encode()
    if path.suffix == ".css":
        body = ICON.sub(lambda found: f'url("{_picture(found[1])}")', body.decode()).encode()
    hashed = f"{path.stem}.{hashlib.sha256(body).hexdigest()[:12]}{path.suffix}"
    return Asset(hashed, KINDS[path.suffix], body, gzip.compress(body, mtime=0))


def _picture(name: str) -> str:
    """Return an icon as a picture in the address itself; raise LookupError where there is none."""
    found = re.search(rf'<symbol id="{name}" viewBox="0 0 16 16">(.*?)</symbol>', (STATIC / "icons.svg").read_text())
    if found is None:
        raise LookupError(f"there is no icon {name}")
    return "data:image/svg+xml," + quote(PICTURE.format(found[1]), safe=" =:/'")


def url(name: str) -> str:
    """Return the address of a file of the folder `static`."""
    return f"/static/{asset(name).name}"


@cache
def _by_hashed_name() -> dict[str, Asset]:
    found = [asset(path.name) for path in sorted(STATIC.iterdir()) if path.suffix in KINDS]
    return {one.name: one for one in found}


@routes.get("/static/{name}", response_model=None)
async def file(request: Request, name: str) -> Response:
    """Send a file that pages load."""
    one = _by_hashed_name().get(name)
    if one is None:
        raise HTTPException(404, "there is no such file")
    sent = {**headers.of_asset(), "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(one.packed, headers={**sent, "Content-Encoding": "gzip"}, media_type=one.kind)
    return Response(one.body, headers=sent, media_type=one.kind)

"""The files that pages load, under names that change with their content, so that browsers may keep them for ever.

One file may import another (`import … from "./swap.js"`): the name it asks for is put in when it is read.
"""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from truebook.channels.web import headers

STATIC = Path(__file__).parent / "static"
KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
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
    hashed = f"{path.stem}.{hashlib.sha256(body).hexdigest()[:12]}{path.suffix}"
    return Asset(hashed, KINDS[path.suffix], body, gzip.compress(body, mtime=0))


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

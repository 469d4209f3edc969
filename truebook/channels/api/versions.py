"""ETag, If-Match and If-None-Match (RFC 9110): a change says what it has seen, and is refused when that is not so."""

import re
from typing import Annotated

from fastapi import Depends, Header

from truebook.kernel.errors import Invalid

ETAG = re.compile(r'"([1-9]\d{0,8})"', re.ASCII)


def etag(version: int) -> str:
    """Return the entity tag of a version."""
    return f'"{version}"'


def is_known(tag: str, asked: str) -> bool:
    """Tell whether If-None-Match names a tag; a weak one is as good, for what is looked at only."""
    return asked.strip() == "*" or tag in (one.strip().removeprefix("W/") for one in asked.split(","))


IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        description='The ETag of the version you have seen, such as "3"; 412 where there is a newer one.',
    ),
]
IfNoneMatch = Annotated[str | None, Header(alias="If-None-Match", description="*: only where there is none yet.")]


def _seen(if_match: IfMatch = None) -> int | None:
    if if_match is None or if_match.strip() == "*":
        return None
    if not (tag := ETAG.fullmatch(if_match.strip())):
        raise Invalid("If-Match", 'give one ETag as it was sent, such as "3"')
    return int(tag[1])


Seen = Annotated[int | None, Depends(_seen)]
"""The version a caller says they have seen, or None."""


def _exists(if_match: IfMatch = None, if_none_match: IfNoneMatch = None) -> bool | None:
    if if_none_match is None:
        return None if if_match is None else True
    if if_none_match.strip() != "*":
        raise Invalid("If-None-Match", "give * here, or leave it out")
    return False


Exists = Annotated[bool | None, Depends(_exists)]
"""Whether a caller who puts something says that there is something already, or nothing yet; None: either will do."""

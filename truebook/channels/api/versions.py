"""ETag and If-Match: a change may say which version it has seen, and is refused when there is a newer one."""

import re
from typing import Annotated

from fastapi import Depends, Header

from truebook.kernel.errors import Invalid

ETAG = re.compile(r'"([1-9]\d{0,8})"', re.ASCII)


def etag(version: int) -> str:
    """Return the entity tag of a version."""
    return f'"{version}"'


def _seen(
    if_match: Annotated[
        str | None,
        Header(
            alias="If-Match",
            description='The ETag of the version you have seen, such as "3"; 412 where there is a newer one.',
        ),
    ] = None,
) -> int | None:
    if if_match is None or if_match.strip() == "*":
        return None
    if not (tag := ETAG.fullmatch(if_match.strip())):
        raise Invalid("If-Match", 'give one ETag as it was sent, such as "3"')
    return int(tag[1])


Seen = Annotated[int | None, Depends(_seen)]
"""The version a caller says they have seen, or None."""

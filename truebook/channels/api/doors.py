"""Who may look inside an installation: anybody where it is only for its own machine, else whoever operates it."""

from fastapi import Request

from truebook.channels.api import keys
from truebook.kernel.errors import Fact
from truebook.kernel.settings import Settings
from truebook.tenants.access import Forbidden, Unauthorized


async def expect_operator(request: Request) -> None:
    """Raise Unauthorized or Forbidden, unless the installation is private or an operator's key is sent."""
    settings: Settings = request.app.state.settings
    if not settings.private:
        await keys.operator(request)


async def is_operator(request: Request) -> bool:
    """Tell whether whoever asks may see what is wrong; while no key can be looked up, nobody may."""
    try:
        await expect_operator(request)
    except Fact:
        return False
    return True


async def expect_reader(request: Request) -> None:
    """Raise Unauthorized, unless the documentation is open or a living key is sent, whoever's it is."""
    settings: Settings = request.app.state.settings
    if settings.docs_open:
        return
    try:
        await keys.owner(request)
    except Forbidden:
        return
    except Unauthorized as error:
        raise Unauthorized("the documentation is not open here: send an API key, or set TRUEBOOK_DOCS=open") from error

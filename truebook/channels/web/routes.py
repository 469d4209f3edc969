"""Every page's route, in the order they are matched: those that start with any business's name last."""

from truebook.channels.web import appointment, assets, front
from truebook.channels.web.booking import asking, picker

ROUTES = (
    *assets.routes.routes,
    *front.routes.routes,
    *asking.routes.routes,
    *appointment.routes.routes,
    *picker.routes.routes,
)

"""Every page's route, in the order they are matched: those that start with any business's name last."""

from truebook.channels.web import appointment, assets, front
from truebook.channels.web.booking import asking, chat, moving, picker

ROUTES = (
    *assets.routes.routes,
    *front.routes.routes,
    *chat.routes.routes,
    *asking.routes.routes,
    *moving.routes.routes,
    *appointment.routes.routes,
    *picker.routes.routes,
)

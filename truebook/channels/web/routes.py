"""Every page's route, in the order they are matched: the receipt's, which starts with any business's name, last."""

from truebook.channels.web import appointment, assets, front

ROUTES = (
    *assets.routes.routes,
    *front.routes.routes,
    *appointment.routes.routes,
)

"""Every page's route, in the order they are matched: the receipt's, which starts with any business's name, last."""

from truebook.channels.web import appointment, assets, front, set_up, sign_in
from truebook.channels.web.desk import appointment as desk_appointment
from truebook.channels.web.desk import blocking, booking, calendar, live, me

ROUTES = (
    *assets.routes.routes,
    *front.routes.routes,
    *sign_in.routes.routes,
    *set_up.routes.routes,
    *calendar.routes.routes,
    *live.routes.routes,
    *desk_appointment.routes.routes,
    *booking.routes.routes,
    *blocking.routes.routes,
    *me.routes.routes,
    *appointment.routes.routes,
)

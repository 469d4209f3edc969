"""Every page's route, in the order they are matched: those that start with any business's name last."""

from truebook.channels.web import appointment, assets, front, set_up, sign_in
from truebook.channels.web.booking import asking, chat, embedding, moving, picker, poster
from truebook.channels.web.desk import appointment as desk_appointment
from truebook.channels.web.desk import blocking, calendar, live, me, users
from truebook.channels.web.desk import booking as desk_booking

ROUTES = (
    *assets.routes.routes,
    *front.routes.routes,
    *sign_in.routes.routes,
    *set_up.routes.routes,
    *calendar.routes.routes,
    *live.routes.routes,
    *desk_appointment.routes.routes,
    *desk_booking.routes.routes,
    *blocking.routes.routes,
    *me.routes.routes,
    *users.routes.routes,
    *embedding.routes.routes,
    *chat.routes.routes,
    *poster.routes.routes,
    *asking.routes.routes,
    *moving.routes.routes,
    *appointment.routes.routes,
    *picker.routes.routes,
)
